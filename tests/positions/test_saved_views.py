"""Saved views: kept per reader, changed by POST alone, and only screens of this site."""

import pytest
from django.db import IntegrityError
from django.test import Client

from positions import saved_views
from positions.models import SavedView
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user())
    return client


def save(name: str = "Mine", address: str = "/?actor=uk", user: str = "ada") -> SavedView:
    return saved_views.save(user=make_user(user), name=name, address=address)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", "/"),
        ("/?actor=uk&from=2015-01-01", "/?actor=uk&from=2015-01-01"),
        ("/timeline/?issue=sanctions#data", "/timeline/?issue=sanctions"),
        ("/position/uk/sanctions/?page=2", "/position/uk/sanctions/?page=2"),
        ("/articles/?q=ministers", "/articles/?q=ministers"),
    ],
)
def test_screens_are_kept(address, kept):
    assert save(address=address).address == kept


@pytest.mark.parametrize(
    "address",
    [
        "", "//example.org/", "https://example.org/", "javascript:alert(1)", "/nothing/", "/admin/", "/sign-out/",
        "/theme/", "/matrix.csv", "actor=uk", "/?q=" + "x" * 2000, "/\\example.org",
    ],
)  # fmt: skip
def test_nothing_else_is(address):
    with pytest.raises(saved_views.ViewRefused, match="Only a screen"):
        save(address=address)


@pytest.mark.parametrize(
    ("name", "says"), [("", "a name"), ("  ", "a name"), ("x" * 81, "longer than 80"), (" Mine ", "already")]
)
def test_names(name, says):
    save("Mine")
    with pytest.raises(saved_views.ViewRefused, match=says):
        save(name)


def test_two_readers_may_use_one_name_and_see_their_own(reader):
    save("Mine")
    save("Theirs", user="bob")
    save("Mine", user="bob")
    html = reader.get("/views/").content.decode()
    assert "1 saved by you" in html
    assert "Theirs" not in html


def test_limit(settings):
    settings.DIPWATCH_SAVED_VIEWS = 2
    save("One")
    save("Two")
    with pytest.raises(saved_views.ViewRefused, match="You have 2 saved views"):
        save("Three")


class TestForms:
    def test_save_rename_delete(self, reader):
        done = reader.post("/views/save/", {"name": "Mine", "address": "/?actor=uk"}, follow=True)
        assert "Saved as “Mine”." in done.content.decode()
        assert '<a href="/?actor=uk">Mine</a>' in done.content.decode()
        (view,) = SavedView.objects.all()
        reader.post(f"/views/{view.pk}/rename/", {"name": "Better"})
        assert SavedView.objects.get().name == "Better"
        done = reader.post(f"/views/{view.pk}/delete/", follow=True)
        assert "Deleted “Better”." in done.content.decode()
        assert not SavedView.objects.exists()

    def test_refusal_is_told(self, reader):
        done = reader.post("/views/save/", {"name": "Mine", "address": "https://example.org/"}, follow=True)
        assert "Only a screen of this site can be saved." in done.content.decode()

    @pytest.mark.parametrize("what", ["rename", "delete"])
    def test_not_those_of_others(self, reader, what):
        view = save(user="bob")
        assert reader.post(f"/views/{view.pk}/{what}/", {"name": "Taken"}).status_code == 404
        view.refresh_from_db()
        assert view.name == "Mine"

    @pytest.mark.parametrize("path", ["/views/save/", "/views/1/rename/", "/views/1/delete/"])
    def test_only_by_post_with_the_token_of_the_form(self, path):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(make_user())
        assert strict.get(path).status_code == 405
        assert strict.post(path, {"name": "x", "address": "/"}).status_code == 403


@pytest.mark.parametrize(
    "fields",
    [{"address": "https://example.org/"}, {"address": "//example.org"}, {"name": ""}, {"name": "Mine"}],
)
def test_database_holds_what_must_be_true(fields):
    save("Mine")
    with pytest.raises(IntegrityError):
        SavedView.objects.create(**{"user": make_user(), "name": "Other", "address": "/", **fields})
