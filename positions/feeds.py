"""Atom feeds. Feed readers cannot sign in, so the address carries a token that stands for its user and nothing else.

The token is signed, not stored: it opens the feed alone, and ends with the password or the account it was made for.
"""

import datetime
import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.syndication.views import Feed
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.feedgenerator import Atom1Feed

from positions import tables
from positions.scope import Scope
from positions.tables import Shift

SALT = "positions.feeds"
ITEMS = 50
_NAMES = uuid.UUID("6a0f3d9e-3f0b-5a53-9c55-0f2b7c3b8d11")


def token(user: AbstractBaseUser) -> str:
    """What lets a feed reader in as this user, until their password changes."""
    return signing.dumps([user.pk, _seal(user)], salt=SALT)


def user_of(text: str) -> AbstractBaseUser | None:
    """The active user whose token this is, if it is one."""
    try:
        pk, seal = signing.loads(text, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(seal, _seal(user)) else None


def _seal(user: AbstractBaseUser) -> str:
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:16]


def feed_address(scope: Scope, user: AbstractBaseUser) -> str:
    """Where this user follows the changes of this scope."""
    query = scope.query()
    return reverse("positions:shifts-feed") + (query + "&" if query else "?") + "token=" + token(user)


class ShiftFeed(Feed):
    """The newest changes of a scope: old and new side, both sentences, what they rest on."""

    feed_type = Atom1Feed
    author_name = "dipwatch"
    description_template = "positions/_shift_entry.html"

    def get_object(self, request: HttpRequest, scope: Scope) -> Scope:
        return scope

    def title(self, scope: Scope) -> str:
        return f"Changes of position: {scope.title()}"

    def link(self, scope: Scope) -> str:
        return reverse("positions:shifts") + scope.query()

    def feed_url(self, scope: Scope) -> str:
        """Without the token: entries are passed on."""
        return reverse("positions:shifts-feed") + scope.query()

    def feed_guid(self, scope: Scope) -> str:
        return _identity(self.link(scope))

    def subtitle(self, scope: Scope) -> str:
        return scope.words()

    def items(self, scope: Scope) -> tuple[Shift, ...]:
        return tables.shifts(scope, most=ITEMS)

    def item_title(self, item: Shift) -> str:
        return item.text

    def item_link(self, item: Shift) -> str:
        return item.url

    def item_guid(self, item: Shift) -> str:
        return _identity(item.key)

    def item_pubdate(self, item: Shift) -> datetime.datetime:
        return datetime.datetime.combine(item.day, datetime.time(12), tzinfo=datetime.UTC)

    item_updateddate = item_pubdate

    def item_categories(self, item: Shift) -> tuple[str, ...]:
        return (item.actor.label, item.issue.label)


def _identity(name: str) -> str:
    """The same wherever the site is reached: feed readers tell entries apart by it."""
    return uuid.uuid5(_NAMES, name).urn
