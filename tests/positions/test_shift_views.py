"""The page of changes and its Atom feed."""

import datetime
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from positions import feeds
from tests.factories import make_actor, make_issue, make_source, make_statement, make_user
from tests.positions.tables.scopes import scope_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


@pytest.fixture
def change():
    """The UK goes from support to opposition on 4 April 2017."""
    make_actor("RU")
    for number in range(6):
        make_statement(
            day=datetime.date(2017, 4, 1 + number),
            source=make_source(f"outlet-{number % 2}"),
            stance="support" if number < 3 else "oppose",
        )


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestPage:
    def test_shows_both_sides_with_a_sentence_each_and_the_rule(self, reader, change):
        html = reader.get("/shifts/").content.decode()
        words = text_of(html)
        assert "UK on Assad departure" in words
        assert "▲ Supports until 3 Apr 2017 → ▼ Opposes since 4 Apr 2017 ." in words
        assert words.count("3 of 3 statements, 2 outlets") == html.count("<blockquote>") == 2
        assert "within 180 days, at least 3 statements from at least 2 outlets" in words

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?from=2018-01-01", "No change of position within these filters."),
            ("?actor=russia", "No change of position within these filters."),
            ("?outlet=outlet-0", "the rule asks for more outlets than are chosen"),
        ],
    )
    def test_nothing_in_the_scope(self, reader, change, query, words):
        assert words in text_of(reader.get("/shifts/" + query).content.decode())

    def test_nothing_at_all(self, reader):
        make_issue()
        assert "No change of position found yet." in text_of(reader.get("/shifts/").content.decode())

    def test_bad_address(self, reader, change):
        assert reader.get("/shifts/?actor=france").status_code == 400

    def test_fragment_for_htmx(self, reader, change):
        part = reader.get("/shifts/?from=2017", headers={"HX-Request": "true"})
        assert part["HX-Push-Url"] == "/shifts/?from=2017-01-01"
        assert b"<html" not in part.content
        assert b'id="shifts"' in part.content

    def test_queries(self, reader, change, django_assert_num_queries):
        with django_assert_num_queries(6):
            reader.get("/shifts/")

    def test_links_to_the_feed_of_the_scope(self, reader, change):
        html = reader.get("/shifts/?actor=uk").content.decode()
        assert '<link rel="alternate" type="application/atom+xml"' in html
        assert html.count('href="/shifts.atom?actor=uk&amp;token=') == 2


class TestFeed:
    def entries(self, response) -> list[ET.Element]:
        return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own

    def test_entry_has_sides_sentences_and_link(self, reader, change):
        response = reader.get("/shifts.atom?actor=uk")
        assert response["Content-Type"].startswith("application/atom+xml")
        (entry,) = self.entries(response)
        assert entry.find(f"{ATOM}title").text == "UK on Assad departure: Supports → Opposes"
        assert entry.find(f"{ATOM}link").get("href") == "http://testserver/position/uk/assad-departure/"
        body = entry.find(f"{ATOM}summary").text
        assert "Before (3 of 3 statements, 2 outlets): “Ministers want" in body
        assert body.count("Ministers want") == 2

    def test_ids_stay(self, reader, change):
        def ids(host: str) -> list[str]:
            return [
                entry.find(f"{ATOM}id").text
                for entry in self.entries(reader.get("/shifts.atom", headers={"host": host}))
            ]

        before = ids("localhost")
        make_statement(day=datetime.date(2017, 4, 20), stance="oppose", source=make_source("outlet-5"))
        assert ids("127.0.0.1") == before == [before[0]]
        assert before[0].startswith("urn:uuid:")

    def test_asks_to_sign_in(self, change):
        assert Client().get("/shifts.atom")["Location"].startswith("/sign-in/?next=/shifts.atom")

    def test_token_lets_a_feed_reader_in_to_the_feed_alone(self, change):
        address = feeds.feed_address(scope_of("actor=uk"), make_user())
        assert len(self.entries(Client().get(address))) == 1
        query = address.partition("?")[2]
        assert Client().get("/shifts/?" + query).status_code == 302
        assert "token=" not in Client().get(address).content.decode()

    @pytest.mark.parametrize("token", ["", "x", "abc:def:ghi"])
    def test_made_up_token(self, change, token):
        assert Client().get("/shifts.atom", {"token": token}).status_code == 403

    @pytest.mark.parametrize("ended", ["password", "account"])
    def test_token_ends_with_password_and_account(self, change, ended):
        user = make_user()
        address = feeds.feed_address(scope_of(), user)
        if ended == "password":
            user.set_password("another")
        else:
            user.is_active = False
        user.save()
        assert Client().get(address).status_code == 403

    def test_bad_scope(self, reader, change):
        assert reader.get("/shifts.atom?issue=weather").status_code == 400

    def test_empty_feed_is_valid(self, reader):
        make_issue()
        assert self.entries(reader.get("/shifts.atom")) == []
