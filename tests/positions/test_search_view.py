"""The search screen: what it finds, marks, moves into the address, suggests and costs."""

import datetime
import json
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.factories import make_actor, make_article, make_issue, make_source, make_statement, make_user
from tests.positions.test_views import text_of

pytestmark = pytest.mark.django_db

STRIKES = "Daesh must be struck from the air, the minister said. Refugees & aid, 1 < 2, came second."
ISIS = "Isis is beaten, Moscow's envoy told members. He left at noon."


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


@pytest.fixture
def corpus():
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_issue("sanctions")
    first = make_article(
        make_source("the-courier"), day=datetime.date(2015, 12, 9), text=STRIKES, title="Air raids"
    )
    make_statement(first, issue="strikes-on-isis", evidence=(0, 53), speaker="Ann Example")
    second = make_article(
        make_source("sample-wire"), day=datetime.date(2017, 4, 10), text=ISIS, title="Talks end"
    )
    make_statement(second, actor="RU", issue="strikes-on-isis", evidence=(0, 44), speaker="Sergei Lavrov")


def found(response) -> list[str]:
    """Titles of what was found, in order: of the statements' articles, then of the articles."""
    return re.findall(r'<a href="/articles/\d+/[^"]*">([^<]+)</a>', response.content.decode())


BOTH = ["Talks end", "Air raids"]
SEARCHES = [
    ("q=isil", {*BOTH}, 2),  # in every spelling
    ('q="isis"', {"Talks end"}, 1),  # as it is written
    ("q=isil -moscow", {"Air raids"}, 1),
    ("q=beaten OR struck", {*BOTH}, 2),
    ("q=refugees", {"Air raids"}, 0),  # in the article, in no statement's sentence
    ("q=lavrov", {"Talks end"}, 0),  # the speaker is found where the article names him: this one does not
    ("q=envoy", {"Talks end"}, 1),
    ("speaker=lavrov", {"Talks end"}, 1),
    ("q=isil&actor=uk", {"Air raids"}, 1),
    ("q=isil&to=2016-12-31", {"Air raids"}, 1),
    ("q=isil&outlet=sample-wire", {"Talks end"}, 1),
    ("q=isil&in=articles", {*BOTH}, 0),
]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(("query", "titles", "statements"), SEARCHES)
def test_finds(reader, query, titles, statements):
    response = reader.get(f"/search/?{query}", follow=True)
    html = response.content.decode()
    assert html.count("<blockquote") == statements
    assert set(found(response)) == (titles if query != "q=lavrov" else set())


MOVED = [
    ("actor:UK isil", "actor=uk&q=isil"),
    ('actor:"united kingdom" isil', "actor=uk&q=isil"),
    ("actor:uk,russia isil", "actor=uk~russia&q=isil"),
    ("outlet:courier isil", "outlet=the-courier&q=isil"),
    ("before:2016 isil", "to=2015-12-31&q=isil"),
    ("after:2015-02 isil", "from=2015-03-01&q=isil"),
    ("speaker:Lavrov", "speaker=Lavrov"),
    ("issue:sanctions isil", "issue=sanctions&q=isil"),
]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(("typed", "query"), MOVED)
def test_typed_fields_become_part_of_the_scope(reader, typed, query):
    response = reader.get("/search/", {"q": typed}, follow=True)
    assert response.status_code == 200
    assert unquote(response.redirect_chain[-1][0]) == f"/search/?{query}"


@pytest.mark.usefixtures("corpus")
class TestAnswers:
    def test_hits_are_marked_and_the_text_around_them_escaped(self, reader):
        html = reader.get("/search/?q=isil").content.decode()
        assert "<mark>Daesh</mark> must be struck" in html
        html = reader.get("/search/?q=refugees").content.decode()
        assert "<mark>Refugees</mark> &amp; aid, 1 &lt; 2," in html

    def test_other_spellings_are_told(self, reader):
        assert "Searched: isil, also as Isis, Daesh" in text_of(
            reader.get("/search/?q=isil").content.decode()
        )

    def test_scope_stays_with_links_and_box(self, reader):
        html = reader.get("/search/?actor=uk&q=isil").content.decode()
        assert '<input type="hidden" name="actor" value="uk">' in html
        assert "/?actor=uk#s-" in html
        assert 'href="/search/?q=isil"' in html  # the chip drops the actor and keeps the words

    def test_unknown_field_value_is_named(self, reader):
        response = reader.get("/search/", {"q": "actor:france x"}, follow=True)
        assert response.status_code == 400
        assert "actor: “france” is not known here." in response.content.decode()

    def test_number_leads_to_the_statement(self, reader):
        statement = make_statement()
        response = reader.get(f"/search/?q=s-{statement.pk}")
        assert response["Location"] == f"/articles/{statement.article_id}/#s-{statement.pk}"
        assert "There is no statement S-999999." in text_of(
            reader.get("/search/?q=S-999999").content.decode()
        )

    def test_nothing_found_suggests(self, reader):
        words = text_of(reader.get("/search/?actor=us&q=isil+snowfall").content.decode())
        assert "Nothing found for “isil snowfall”" in words
        for suggestion in ("Any of the words", "without the filters", "other politicians", "in review"):
            assert suggestion in words
        assert "Did you mean “Lavrov”?" in text_of(reader.get("/search/?q=lawrov").content.decode())

    @pytest.mark.parametrize(
        "query", ["q=", "q=-", "q=the", "q=%00", "in=poems&q=x", "q=x&page=9", "q=%26|!(", "q=x&page=z"]
    )
    def test_odd_searches_are_answered(self, reader, query):
        assert reader.get(f"/search/?{query}", follow=True).status_code == 200

    def test_fragment_for_htmx(self, reader):
        part = reader.get("/search/?q=isil", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert 'id="search"' in part


def test_fragments_tell_the_header_which_scope_it_is_now(reader):
    make_actor()
    make_issue("sanctions")
    response = reader.get("/?issue=sanctions", headers={"HX-Request": "true"})
    assert json.loads(response["HX-Trigger"]) == {"scope": {"query": "?issue=sanctions"}}


def test_pages_of_one_kind(reader):
    for day in range(1, 29):
        make_statement(make_article(day=datetime.date(2016, 2, day), title=f"Day {day}"))
    html = reader.get("/search/?q=ministers").content.decode()
    assert html.count("<blockquote") == 10
    assert "28 statements; 28 articles." in text_of(html)
    html = reader.get("/search/?q=ministers&in=statements").content.decode()
    assert html.count("<blockquote") == 25
    html = reader.get("/search/?q=ministers&in=statements&page=2").content.decode()
    assert html.count("<blockquote") == 3


@pytest.mark.parametrize("query", ["q=isil", "q=isil&actor=uk&in=statements", "q=nowhere"])
def test_queries_do_not_grow(reader, corpus, query, django_assert_max_num_queries):
    for number in range(12):
        make_statement(
            make_article(make_source(f"outlet-{number}"), text=f"Isis left {number} towns."), evidence=(0, 10)
        )
    with django_assert_max_num_queries(8):
        reader.get(f"/search/?{query}")
