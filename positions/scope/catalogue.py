"""What a scope can name: actors, issues and outlets, read in one query for every screen."""

import json
from typing import Any

from django.db import connection
from django.db.models import Model

from articles.models import Source
from positions.models import Actor, Issue

KINDS: dict[str, type[Model]] = {"actor": Actor, "issue": Issue, "outlet": Source}

type Catalogue = dict[str, dict[str, Any]]


def read_catalogue() -> Catalogue:
    """Return the rows of each kind by their slugs, in their own order. One query."""
    sql = " union all ".join(
        f"select '{kind}', to_jsonb(r) from {model._meta.db_table} r"  # noqa: S608 - names of our own tables
        for kind, model in KINDS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = [(kind, json.loads(values)) for kind, values in cursor.fetchall()]
    catalogue: Catalogue = {}
    for kind, model in KINDS.items():
        rows = [_row(model, values) for name, values in found if name == kind]
        catalogue[kind] = {row.slug: row for row in sorted(rows, key=_order)}
    return catalogue


def _row(model: type[Model], values: dict[str, Any]) -> Model:
    """The row as the ORM would have made it."""
    fields = model._meta.concrete_fields
    made = [field.to_python(values[field.column]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], made)


def _order(row: Any) -> Any:
    return row.order if hasattr(row, "order") else row.name
