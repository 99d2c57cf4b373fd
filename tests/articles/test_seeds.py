"""Two real newspaper texts that lie beside the project and are no part of it."""

import pytest

from articles.parsing import parse_text

SEEDS = [
    (
        "000_*.txt",
        "David Cameron and Vladimir Putin ",
        " in Syria",
        "Jon Stone",
        "2015-12-09T17:24",
        "2015-12-09",
        18,
    ),
    (
        "002_*.txt",
        "Theresa May and Donald Trump ",
        " Assad regime",
        "Rachel Roberts",
        "2017-04-10T22:43",
        "2017-04-10",
        20,
    ),
]
FURNITURE = (
    "forum",
    "registering",
    "refresh",
    "Getty",
    "London Olympic",
    "Jon Stone",
    "Rachel Roberts",
    "23:43",
    "17:24",
)


@pytest.mark.parametrize(("name", "begins", "ends", "byline", "moment", "day", "paragraphs"), SEEDS)
def test_seed(shared, name, begins, ends, byline, moment, day, paragraphs):
    [path] = (shared / "seeds").glob(name)
    source = path.read_text(encoding="utf-8")
    article = parse_text(source)
    assert article.title == source.split("\n", 1)[0]
    assert article.title.startswith(begins)
    assert article.title.endswith(ends)
    assert article.standfirst == source.split("\n")[2]
    assert article.byline == byline
    assert article.published_at.strftime("%Y-%m-%dT%H:%M") == moment
    assert str(article.published_on) == day
    assert len(article.paragraphs) == paragraphs
    assert not [word for word in FURNITURE if word in article.text]
    assert all(paragraph in source for paragraph in article.paragraphs)  # nothing is rewritten
