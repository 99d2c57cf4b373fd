"""Makes the three users of a demonstration, once, and prints how they sign in."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

# What editors may do in the admin; analysts read the screens and need no permission.
EDITED = ("review", "issue", "person", "tenure", "event", "source")
USERS = {
    "analyst": {},
    "editor": {"is_staff": True},
    "admin": {"is_staff": True, "is_superuser": True},
}


class Command(BaseCommand):
    help = "Makes the users analyst, editor and admin if they are missing, and prints their passwords."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo users are not for production: use createsuperuser.")
        place = settings.DIPWATCH_VAR / "demo-passwords.json"
        passwords = read_passwords(place)
        for name, rights in USERS.items():
            user, password = ensure_user(name, rights, passwords.get(name))
            passwords[name] = password
            known = user.check_password(password)
            self.stdout.write(f"{name:8} {password if known else '(password was changed)'}")
        write_passwords(place, passwords)


def read_passwords(place: Path) -> dict[str, str]:
    return json.loads(place.read_text()) if place.exists() else {}


def write_passwords(place: Path, passwords: dict[str, str]) -> None:
    """Writes a file that only its owner can read."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_text(json.dumps(passwords, indent=1))


@transaction.atomic
def ensure_user(name: str, rights: dict[str, bool], password: str | None) -> tuple[User, str]:
    """The user and the password it was made with. A user that exists keeps what it has."""
    user = User.objects.filter(username=name).first()
    if user is None:
        password = password or secrets.token_urlsafe(9)
        user = User.objects.create_user(name, password=password, **rights)
        if name == "editor":
            user.groups.add(editors())
    return user, password or ""


def editors() -> Group:
    """The group of those who correct what was extracted and keep the reference data."""
    group, made = Group.objects.get_or_create(name="Editors")
    if made:
        ours = Permission.objects.filter(content_type__app_label__in=("articles", "positions"))
        changes = [f"{verb}_{model}" for verb in ("add", "change") for model in EDITED]
        group.permissions.set(ours.filter(Q(codename__startswith="view_") | Q(codename__in=changes)))
    return group
