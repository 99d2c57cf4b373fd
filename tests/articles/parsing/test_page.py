"""Web pages: what they say of themselves comes before what can be read off them."""

import json

import pytest

from articles.parsing import parse_html

PARAGRAPHS = (
    "Envoys from nine countries met in Ankara on Tuesday to discuss a truce in the north of Syria, officials said.",
    "The talks went on until midnight and ended without a text that all of the delegations were able to sign.",
    "A second round is planned for April, according to the ministry, which gave no place and named no delegations.",
)
TITLE = "Envoys of nine states meet in Ankara over truce"
NEWS = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2017-03-14T23:51:00+01:00"}


def page(head="", body_head="", *, lang="en", after=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
    <nav><a href="/">Home</a><a href="/world">World</a></nav>
    <article><h1>{TITLE}</h1>{body_head}{text}{after}</article><footer>© 2017 The Courier</footer></body></html>"""


def ld(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


BROKEN_LD = "<script type='application/ld+json'>{broken</script>"

DATES = [  # (what the page says, the moment in UTC, precision)
    (ld(NEWS), "", "2017-03-14T22:51", "minute"),
    (ld({"@graph": [{"@type": "WebSite"}, NEWS]}), "", "2017-03-14T22:51", "minute"),
    (ld([{"@type": "BreadcrumbList"}, NEWS]), "", "2017-03-14T22:51", "minute"),
    (
        BROKEN_LD + '<meta property="article:published_time" content="2017-03-14T22:51:00Z">',
        "",
        "2017-03-14T22:51",
        "minute",
    ),
    ('<meta property="article:published_time" content="2017-03-14">', "", "2017-03-14T00:00", "day"),
    ("", '<time datetime="2017-03-14T22:51:00Z">yesterday</time>', "2017-03-14T22:51", "minute"),
    ("", "<p>Published 14 March 2017</p>", "2017-03-14T00:00", "day"),
    # The page's own word on itself beats the tag, the tag beats <time>.
    (
        ld(NEWS) + '<meta property="article:published_time" content="2001-01-01">',
        "",
        "2017-03-14T22:51",
        "minute",
    ),
    (
        '<meta property="article:published_time" content="2017-03-14">',
        '<time datetime="2001-01-01">x</time>',
        "2017-03-14T00:00",
        "day",
    ),
]


@pytest.mark.parametrize(("head", "body_head", "moment", "precision"), DATES)
def test_date(head, body_head, moment, precision):
    article = parse_html(page(head, body_head))
    assert article.published_at.strftime("%Y-%m-%dT%H:%M") == moment
    assert article.published_precision == precision


def test_text_without_furniture():
    caption = "<figure><img src=a.jpg><figcaption>Delegates on their way (Getty)</figcaption></figure>"
    article = parse_html(page(after=f"{caption}<p>Join our commenting forum</p>"))
    assert article.paragraphs == PARAGRAPHS
    assert article.title == TITLE


def test_names_of_author_outlet_and_address():
    data = {
        **NEWS,
        "author": [{"name": "Mary Major"}, {"name": "Juan Minor"}],
        "publisher": {"name": "The Courier"},
    }
    link = '<link rel="canonical" href="https://courier.example/ankara">'
    article = parse_html(page(ld(data) + link), url="https://courier.example/ankara?from=home")
    assert (article.byline, article.outlet) == ("Mary Major, Juan Minor", "The Courier")
    assert article.url == "https://courier.example/ankara"


def test_description_that_only_repeats_the_text_is_no_standfirst():
    own, cut = "Talks end without a text", PARAGRAPHS[0][:60] + "…"
    assert parse_html(page(f'<meta property="og:description" content="{own}">')).standfirst == own
    assert parse_html(page(f'<meta property="og:description" content="{cut}">')).standfirst == ""


@pytest.mark.parametrize(
    "title",
    [f"{TITLE} | The Courier", f"{TITLE} - The Courier", TITLE],
)
def test_title_without_the_outlets_name(title):
    site = '<meta property="og:site_name" content="The Courier">'
    html = page(f'<title>x</title><meta property="og:title" content="{title}">{site}')
    assert parse_html(html.replace(f"<h1>{TITLE}</h1>", "<h1>Menu</h1>")).title == TITLE


def test_opinion_and_language():
    article = parse_html(page(ld({**NEWS, "@type": "OpinionNewsArticle"}), lang="en-GB"))
    assert (article.kind, article.language) == ("opinion", "en")
    assert parse_html(page(lang="fr")).language == "fr"


def test_bytes_in_an_old_encoding():
    html = page().replace("utf-8", "windows-1252").replace("truce in", "“truce” in")
    assert "“truce”" in parse_html(html.encode("cp1252")).text


@pytest.mark.parametrize("html", ["", b"", "<html></html>", b"\x00\x01\x02", "plain words", "<" * 5000])
def test_no_article_leaves_no_text(html):
    assert parse_html(html).text == ""
