import pytest
from django.test import Client

from dipwatch import health

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "queue": {"due": 0, "oldest_seconds": 0}}
