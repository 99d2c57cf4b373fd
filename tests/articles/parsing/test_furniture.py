"""Parts of a page that are no text, one small page for each rule; and the text beside them that must stay."""

import pytest

from articles.parsing import parse_html

TITLE = "Envoys of nine states meet in Ankara over truce"
FIRST = "Envoys from nine countries met in Ankara on Tuesday to discuss a truce in the north of Syria, officials said."
SECOND = (
    "The talks went on until midnight and ended without a text that all of the delegations were able to sign."
)
THIRD = "A second round is planned for April, according to the ministry, which gave no place and named no delegations."
STRAY = "Harbour fees rise for the third year"


def page(*blocks: str, above: str = "", title: str = TITLE) -> str:
    return f"""<!doctype html><html lang="en"><head><title>{title}</title></head><body>
    <article><h1>{title}</h1>{above}{"".join(blocks)}</article></body></html>"""


def with_between(block: str) -> str:
    return page(f"<p>{FIRST}</p>", block, f"<p>{SECOND}</p><p>{THIRD}</p>")


FURNITURE = [
    f'<p class="image-caption">{STRAY}</p>',
    f'<div class="photoCredit">{STRAY}</div>',
    f'<div class="wp__caption_text"><p>{STRAY}.</p></div>',
    f"<figure><img src=a.jpg><p>{STRAY}.</p></figure>",
    f'<div id="related-stories"><h3>Related</h3><p><a href="/f">{STRAY}</a></p></div>',
    f'<a class="readMore-big" href="/f"><span>Also here</span><span>{STRAY}</span></a>',
    f'<aside class="pullQuote">{STRAY}</aside>',
    f'<div class="newsletter-box"><p>{STRAY}.</p></div>',
    f'<ul class="shareLinks"><li>{STRAY}</li></ul>',
    f'<p><a href="/f">{STRAY}</a></p>',
    f'<p>Read more: <a href="/f">{STRAY}</a></p>',
    f'<p><strong>DON\'T MISS</strong></p><ul><li><a href="/f">{STRAY}</a> [NEWS]</li></ul>',
    f'<p>{STRAY}, a report says. <a href="/f">Full Article</a></p>',
    f"<textarea>{STRAY}</textarea>",
    f"<p hidden>{STRAY}.</p>",
]


@pytest.mark.parametrize("block", FURNITURE)
def test_furniture_is_no_text(block):
    article = parse_html(with_between(block))
    assert article.paragraphs == (FIRST, SECOND, THIRD)


TEXT = [  # (a block, the text it leaves)
    (f'<p><a href="/f">{STRAY}.</a></p>', f"{STRAY}."),  # a sentence that is a link as a whole
    (
        f'<p>The <a href="/f">ministry</a> said that {STRAY.lower()}.</p>',
        f"The ministry said that {STRAY.lower()}.",
    ),
    (f'<p class="incredible">{STRAY}.</p>', f"{STRAY}."),  # "credit" is no word of its own here
]


@pytest.mark.parametrize(("block", "left"), TEXT)
def test_text_stays(block, left):
    assert left in parse_html(with_between(block)).paragraphs


def test_what_holds_most_of_the_text_is_the_article_whatever_its_name():
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (FIRST, LEAD, SECOND, THIRD))
    assert parse_html(page(f'<div class="pq">{text}</div>')).paragraphs == (FIRST, LEAD, SECOND, THIRD)


SIGNED_OFF = [
    "Additional reporting by Mary Major; editing by Juan Minor",
    "(Reporting by Mary Major in Ankara; Writing by Juan Minor)",
    "Editing by Juan Minor",
    "Mary Major contributed to this report.",
    "Liked this article? Tell your neighbours.",
    "Follow The Courier on Instagram, Facebook and Twitter.",
    "The-Courier-Wire ™ & © 2017 Courier Media. All rights reserved.",
]


@pytest.mark.parametrize("line", SIGNED_OFF)
def test_signing_off_is_no_text(line):
    assert parse_html(page(*(f"<p>{p}</p>" for p in (FIRST, SECOND, THIRD, line)))).paragraphs == (
        FIRST,
        SECOND,
        THIRD,
    )


LEAD = (
    "Nine governments that back different sides of the war in Syria sent envoys to Ankara this week, yet after three "
    "days of talks in two hotels none of them would say what had been agreed."
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in (FIRST, SECOND, THIRD))
OPENINGS = [  # (what stands between headline and text, first paragraph)
    (f'<div class="story-teaser"><p>{LEAD}</p></div>', LEAD),  # a first paragraph in a box of its own
    (f'<div class="article__summary">{LEAD}</div>', LEAD),
    ("<h2>Three days of talks in two hotels bring no text</h2>", FIRST),  # a standfirst as a heading
    (
        f'<div class="lead-media"><img src="a.jpg"><div class="meta">{LEAD}</div></div>',
        FIRST,
    ),  # a long caption
]


@pytest.mark.parametrize(("above", "first"), OPENINGS)
def test_opening(above, first):
    article = parse_html(page(f"<div class='story-body'>{BODY}</div>", above=above))
    assert article.paragraphs[0] == first
    assert article.paragraphs[-3:] == (FIRST, SECOND, THIRD)
