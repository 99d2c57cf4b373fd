"""People who sign in."""

from typing import Any

from django.contrib.auth import get_user_model


def make_user(name: str = "ada", *, administrator: bool = False, **fields: Any):
    """Return the user `name`, whose password is the name; an administrator may do everything in the admin."""
    users = get_user_model().objects
    if known := users.filter(username=name).first():
        return known
    make = users.create_superuser if administrator else users.create_user
    return make(username=name, password=name, **fields)
