"""The three users of a demonstration."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    settings.DIPWATCH_VAR = tmp_path
    return tmp_path


def printed() -> dict[str, str]:
    out = io.StringIO()
    call_command("make_demo_users", stdout=out)
    return dict(line.split(maxsplit=1) for line in out.getvalue().splitlines())


def test_the_printed_passwords_work(client) -> None:
    passwords = printed()
    assert list(passwords) == ["analyst", "editor", "admin"]
    assert len(set(passwords.values())) == 3
    assert all(client.login(username=name, password=word) for name, word in passwords.items())


def test_a_second_run_prints_the_same_and_changes_nothing(var: Path) -> None:
    first = printed()
    hashes = list(User.objects.order_by("pk").values_list("password", flat=True))
    assert printed() == first
    assert list(User.objects.order_by("pk").values_list("password", flat=True)) == hashes
    assert oct((var / "demo-passwords.json").stat().st_mode & 0o777) == "0o600"


def test_a_password_that_was_changed_stays() -> None:
    printed()
    user = User.objects.get(username="analyst")
    user.set_password("their own")
    user.save()
    assert printed()["analyst"] == "(password was changed)"
    user.refresh_from_db()
    assert user.check_password("their own")


def test_a_lost_file_does_not_reset_passwords(var: Path) -> None:
    printed()
    (var / "demo-passwords.json").unlink()
    assert set(printed().values()) == {"(password was changed)"}


RIGHTS = [
    # user, permission, granted
    ("analyst", "positions.view_review", False),
    ("editor", "positions.change_review", True),
    ("editor", "positions.add_issue", True),
    ("editor", "positions.view_stance", True),
    ("editor", "positions.change_stance", False),
    ("editor", "positions.delete_review", False),
    ("editor", "auth.change_user", False),
    ("admin", "auth.change_user", True),
]


@pytest.mark.parametrize(("name", "permission", "granted"), RIGHTS)
def test_rights(name: str, permission: str, granted: bool) -> None:
    printed()
    assert User.objects.get(username=name).has_perm(permission) is granted


def test_production_refuses(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("make_demo_users")
    assert not User.objects.exists()
