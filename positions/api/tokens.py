"""Tokens that let a reader's own programs in. The only writer of them."""

import hashlib
import secrets

from django.contrib.auth.models import AbstractBaseUser

from positions.models import ApiToken

MOST = 10  # tokens of one reader
_START = "dw_"


class TooManyTokens(ValueError):
    """You have as many tokens as one may have. Revoke one first."""


def make(*, user: AbstractBaseUser, name: str) -> str:
    """Make a token and return it, the only time that it can be seen. Raises TooManyTokens."""
    if ApiToken.objects.filter(user=user).count() >= MOST:
        raise TooManyTokens(TooManyTokens.__doc__)
    token = _START + secrets.token_urlsafe(32)
    longest = ApiToken._meta.get_field("name").max_length
    name = " ".join(name.split())[:longest] or "Token"
    ApiToken.objects.create(user=user, name=name, digest=_digest(token))
    return token


def revoke(*, user: AbstractBaseUser, pk: int) -> None:
    """Let nobody in with it any more; does nothing if it is not the reader's."""
    ApiToken.objects.filter(user=user, pk=pk).delete()


def owner(header: str) -> AbstractBaseUser | None:
    """Whose token an Authorization header carries; None for none, an unknown one or one of a closed account."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    # A token has 256 random bits, so a plain digest cannot be guessed back.
    row = ApiToken.objects.filter(digest=_digest(token.strip()), user__is_active=True)
    found = row.select_related("user").first()
    return found and found.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
