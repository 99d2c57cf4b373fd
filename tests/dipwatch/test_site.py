"""What holds for every page: who may see it and what its headers forbid."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/admin/", "/articles/"])
def test_pages_ask_strangers_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].split("?")[0] in {"/sign-in/", "/admin/login/"}


@pytest.mark.parametrize("path", ["/healthz", "/sign-in/", "/admin/login/"])
def test_policy_forbids_inline_and_evaluated_scripts(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert answer.status_code == 200
    assert policy["script-src"] == policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


def test_signing_in_and_out(client: Client, django_user_model) -> None:
    django_user_model.objects.create_user("ann", password="a pass phrase")
    answer = client.post("/sign-in/", {"username": "ann", "password": "a pass phrase"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/").status_code == 302
