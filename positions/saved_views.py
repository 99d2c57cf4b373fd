"""Keeps a reader's saved views; the only writer of them. Every verb touches the reader's own alone."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.urls import Resolver404, resolve

from positions.models import SavedView

# Screens that have filters, by the names of their addresses.
SCREENS = frozenset(
    f"positions:{name}"
    for name in ("matrix", "timeline", "position", "shifts", "search", "actor", "issue", "coverage")
) | {"articles:list"}
_LONGEST = SavedView._meta.get_field("address").max_length
_LONGEST_NAME = SavedView._meta.get_field("name").max_length


class ViewRefused(ValueError):
    """The view was not kept; the message says why and what to do."""


def save(*, user: AbstractBaseUser, name: str, address: str) -> SavedView:
    """Keep the address under the name. Raises ViewRefused."""
    address = _screen(address)
    if SavedView.objects.filter(user=user).count() >= settings.DIPWATCH_SAVED_VIEWS:
        raise ViewRefused(f"You have {settings.DIPWATCH_SAVED_VIEWS} saved views. Delete one first.")
    return _kept(SavedView(user=user, name=_name(name), address=address))


def rename(*, user: AbstractBaseUser, pk: int, name: str) -> SavedView:
    """Give the view another name. Raises ViewRefused, and SavedView.DoesNotExist for what is not the reader's."""
    view = SavedView.objects.get(user=user, pk=pk)
    view.name = _name(name)
    return _kept(view)


def delete(*, user: AbstractBaseUser, pk: int) -> SavedView:
    """Forget the view and return it, so that it can be saved again. Raises SavedView.DoesNotExist."""
    view = SavedView.objects.get(user=user, pk=pk)
    view.delete()
    return view


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ViewRefused("Give the view a name.")
    if len(name) > _LONGEST_NAME:
        raise ViewRefused(f"The name is longer than {_LONGEST_NAME} characters.")
    return name


def _screen(address: str) -> str:
    """The address without its fragment, if it is a screen of this site."""
    parts = urlsplit(address)
    try:
        known = not parts.scheme and not parts.netloc and resolve(parts.path).view_name in SCREENS
    except Resolver404:
        known = False
    if not known or len(address) > _LONGEST:
        raise ViewRefused("Only a screen of this site can be saved. Open it and save it from there.")
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kept(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise ViewRefused(f"You have a view called “{view.name}” already. Choose another name.") from error
    return view
