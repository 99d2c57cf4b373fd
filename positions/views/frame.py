"""What every screen with a scope bar shows around its own table."""

from typing import Any

from positions import tables
from positions.scope import ScopeForm


def frame(form: ScopeForm) -> dict[str, Any]:
    """What the scope bar and the links between screens need."""
    return {
        "form": form,
        "scope_query": form.scope.query(),
        "seen_query": form.with_kept(form.scope.query()),  # with what the page itself is asked for
        "scope_chosen": form.scope.chosen,
        "address": form.address,
        "thresholds": tables.thresholds(),
    }
