"""The article list: what it shows, finds, refuses and costs."""

import datetime
import re

import pytest

from articles.models import Article
from tests.factories import make_article, make_source, make_user

pytestmark = pytest.mark.django_db
QUERIES = 6  # session, user, outlets of the form, number of articles, articles of the page, their first words


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def three():
    """Articles of two outlets and three days, each with a word of its own."""
    wire, courier = make_source("sample-wire"), make_source("the-courier")
    make_article(
        wire,
        day=datetime.date(2015, 12, 9),
        title="Envoys meet",
        text="They spoke of sanctions & aid, 1 < 2.",
    )
    make_article(courier, day=datetime.date(2017, 4, 10), title="Envoys part", text="They spoke of refugees.")
    make_article(
        courier, day=datetime.date(2018, 4, 14), title="Minister writes", text="I spoke.", kind="opinion"
    )


def titles(response):
    return re.findall(r"<h2><a [^>]*>([^<]*)</a></h2>", response.content.decode())


def test_signed_in_readers_only(client):
    response = client.get("/articles/")
    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/articles/"


@pytest.mark.usefixtures("three")
def test_newest_first_with_outlet_date_and_first_words(reader):
    response = reader.get("/articles/")
    html = response.content.decode()
    assert titles(response) == ["Minister writes", "Envoys part", "Envoys meet"]
    assert '<time datetime="2015-12-09">9 Dec 2015</time>' in html
    assert "Sample Wire" in html
    assert "They spoke of sanctions &amp; aid, 1 &lt; 2." in html
    assert f'href="/articles/{Article.objects.get(title="Envoys part").pk}/"' in html
    assert "1 to 3 of 3 articles" in html


FILTERS = [
    ("?q=sanctions", ["Envoys meet"]),
    ("?q=sanction", ["Envoys meet"]),  # by stem
    ("?q=envoys+-refugees", ["Envoys meet"]),
    ("?q=%22spoke+of+refugees%22", ["Envoys part"]),
    ("?q=refugees+OR+sanctions&from=2016-01-01", ["Envoys part"]),
    ("?source=the-courier", ["Minister writes", "Envoys part"]),
    ("?kind=opinion", ["Minister writes"]),
    ("?from=2017-04-10", ["Minister writes", "Envoys part"]),  # both days are included
    ("?to=2017-04-10", ["Envoys part", "Envoys meet"]),
    ("?from=2017-04-10&to=2017-04-10", ["Envoys part"]),
    ("?q=++&source=&from=&to=&kind=", ["Minister writes", "Envoys part", "Envoys meet"]),
    ("?page=99", ["Minister writes", "Envoys part", "Envoys meet"]),  # the last there is
]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_filters(reader, query, found):
    assert titles(reader.get(f"/articles/{query}")) == found


@pytest.mark.usefixtures("three")
def test_hits_are_marked_and_the_text_around_them_escaped(reader):
    html = reader.get("/articles/?q=sanctions").content.decode()
    assert "They spoke of <mark>sanctions</mark> &amp; aid, 1 &lt; 2." in html
    assert 'value="sanctions"' in html


REFUSED = [
    ("?from=2015-13-01", "from: is no date; write it like 2015-09-30."),
    ("?to=yesterday", "to: is no date; write it like 2017-04-10."),
    ("?from=2017-01-02&to=2017-01-01", "from: lies after the end, 2017-01-01."),
    ("?source=gone", "source: "),
    ("?kind=poem", "kind: "),
    ("?page=0", "page: "),
    ("?page=x", "page: "),
    ("?q=%00", "q: "),
    ("?q=" + "x" * 201, "q: "),
]


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_bad_parameter_is_named(reader, query, message):
    response = reader.get(f"/articles/{query}")
    assert response.status_code == 400
    assert message in response.content.decode()
    partial = reader.get(f"/articles/{query}", headers={"HX-Request": "true"})
    assert (partial.status_code, partial["HX-Retarget"]) == (400, "#problems")
    assert message in partial.content.decode()


def test_markup_in_a_text_stays_text(reader):
    make_article(text="They spoke of <script>alert(1)</script> sanctions \ue000 \ue001 <mark>.")
    for query in ("", "?q=sanctions"):
        html = reader.get(f"/articles/{query}").content.decode()
        assert "<script>alert" not in html
        assert html.count("<mark>") == html.count("</mark>")


def test_fragment_for_htmx_at_the_same_address(reader, three):
    page = reader.get("/articles/?source=the-courier")
    rows = reader.get("/articles/?source=the-courier", headers={"HX-Request": "true"})
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in page.content.decode()
    assert "<html" not in rows.content.decode()
    assert rows.content.decode().strip() in page.content.decode()
    assert "<html" in reader.get("/articles/?source=the-courier", headers=back).content.decode()
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in rows["Vary"]


def test_pages_keep_the_filters(reader):
    for day in range(1, 29):
        make_article(day=datetime.date(2016, 2, day), title=f"Day {day}")
    make_article(title="Elsewhere", source=make_source("sample-wire"))
    first = reader.get("/articles/?source=the-courier")
    html = first.content.decode()
    assert "1 to 25 of 28 articles" in html
    assert 'href="?source=the-courier&amp;page=2"' in html
    assert "Previous" not in html
    second = reader.get("/articles/?source=the-courier&page=2")
    assert titles(second) == ["Day 3", "Day 2", "Day 1"]
    assert 'href="?source=the-courier"' in second.content.decode()
    assert "Next" not in second.content.decode()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"published_precision": "month"}, '<time datetime="2011-09">Sep 2011</time>'),
        ({"published_precision": "year"}, '<time datetime="2011">2011</time>'),
        ({"published_precision": "unknown", "published_at": None}, "no date"),
    ],
)
def test_dates_no_more_exact_than_known(reader, fields, shown):
    moment = datetime.datetime(2011, 9, 1, tzinfo=datetime.UTC)
    make_article(day=None, **{"published_at": moment, **fields})
    assert shown in reader.get("/articles/").content.decode()


def test_empty_database_says_what_to_do(reader):
    assert "./run ingest PATH" in reader.get("/articles/").content.decode()


@pytest.mark.usefixtures("three")
def test_no_match_offers_to_drop_the_filters(reader):
    html = reader.get("/articles/?q=nowhere").content.decode()
    assert "No article matches." in html
    assert 'href="/articles/">Drop all filters' in html


@pytest.mark.parametrize(
    "query", ["", "?q=spoke", "?q=spoke&source=the-courier&from=2015-01-01&kind=news&page=2"]
)
def test_queries_do_not_grow_with_the_articles(reader, three, query, django_assert_num_queries):
    for number in range(30):
        make_article(make_source(f"outlet-{number}"), text=f"They spoke {number} times.")
    with django_assert_num_queries(QUERIES):
        reader.get(f"/articles/{query}")
