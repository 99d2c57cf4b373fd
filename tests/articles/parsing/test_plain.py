"""Plain texts, from the well-kept to the bare."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.parsing import BadField, parse_text

BODY = (
    "Envoys from nine countries met in Ankara on Tuesday to discuss a truce.\n\n"
    "The talks went on until midnight and ended without a text.\n\n“We will meet again,” said one of them."
)
PARAGRAPHS = 3

# A page of a fictional paper, copied with all its furniture.
PAGE = f"""Envoys of nine states meet in Ankara over truce

Talks end at midnight without a text

Mary Major
Tuesday 14 March 2017 23:51 BST
Delegates on their way into the hall in Ankara
Delegates on their way into the hall in Ankara (Getty)

{BODY}

Join our commenting forum

Join lively conversations, follow other Courier readers and see all replies


Thank you for registering

Please refresh this page or go back to be logged inThank you for subscribing"""


def test_page_with_all_its_furniture():
    article = parse_text(PAGE)
    assert article.title == "Envoys of nine states meet in Ankara over truce"
    assert article.standfirst == "Talks end at midnight without a text"
    assert article.byline == "Mary Major"
    assert article.published_at.isoformat() == "2017-03-14T22:51:00+00:00"
    assert article.published_original == "Tuesday 14 March 2017 23:51 BST"
    assert article.text == BODY
    assert len(article.paragraphs) == PARAGRAPHS


TITLE, STANDFIRST, DATE = "Envoys meet in Ankara over truce", "Talks end without a text", "14 March 2017"

HEADS = [  # (what stands above the body, standfirst, byline, day)
    (f"{TITLE}\n\n", "", "", None),
    (f"{TITLE}\n\n{STANDFIRST}\n\n", STANDFIRST, "", None),
    (f"{TITLE}\n\nBy Mary Major\n\n", "", "Mary Major", None),
    (f"{TITLE}\n\n{STANDFIRST}\n\nBy Mary Major in Ankara\n\n", STANDFIRST, "Mary Major in Ankara", None),
    (f"{TITLE}\n\n{DATE}\n\n", "", "", DATE),
    (f"{TITLE}\n{DATE}\n\n", "", "", DATE),
    (f"{DATE}\n\n{TITLE}\n\n", "", "", DATE),  # date first
    (f"{TITLE}\n{TITLE}\n{DATE}\n\n", "", "", DATE),  # the title runs on into itself
    (f"{TITLE}\n\n{STANDFIRST}\n\n{DATE}\n\n", STANDFIRST, "", DATE),
    (f"{TITLE}\n{STANDFIRST}\nMary Major\n{DATE}\n\n", STANDFIRST, "Mary Major", DATE),
    (
        f"{TITLE}\n\n{STANDFIRST}\n\nMary Major and Juan de la Cruz\n{DATE}\n\n",
        STANDFIRST,
        "Mary Major and Juan de la Cruz",
        DATE,
    ),
    (f"{TITLE}\n\nMary Major, Diplomatic editor\n{DATE}\n\n", "", "Mary Major, Diplomatic editor", DATE),
    (f"{TITLE}\n\nBy Mary Major | Published {DATE}\n\n", "", "Mary Major", DATE),
    (f"{TITLE}\n\n{DATE}\nBy Mary Major\n\n", "", "Mary Major", DATE),
    (f"{TITLE}\n\n{DATE}\n\nBy a staff writer\n\n", "", "By a staff writer", DATE),
    (f"{TITLE}\n\nShare\n\nPublished {DATE} - Updated 15 March 2017\n\n", "", "", DATE),
    (
        f"{TITLE}\n\n{DATE}\nDelegates on their way into the hall\n\n",
        "",
        "",
        DATE,
    ),  # one caption, no sentence
    (f"{TITLE}\n\n{DATE}\n4 min read\n\n", "", "", DATE),
]


@pytest.mark.parametrize(("head", "standfirst", "byline", "day"), HEADS)
def test_head(head, standfirst, byline, day):
    article = parse_text(head + BODY)
    assert (article.title, article.standfirst, article.byline) == (TITLE, standfirst, byline)
    assert article.published_on == (datetime.date(2017, 3, 14) if day else None)
    assert article.text == BODY


def test_text_without_title_is_called_by_its_first_words():
    article = parse_text(BODY)
    assert article.title == "Envoys from nine countries met in Ankara on Tuesday to discuss a…"
    assert article.text == BODY


@pytest.mark.parametrize("text", [TITLE, f"{TITLE}\n", f"{TITLE}\n\n{DATE}\n"])
def test_title_alone_leaves_no_text(text):
    assert (parse_text(text).title, parse_text(text).text) == (TITLE, "")


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "Advertisement\n\nShare"])
def test_nothing_at_all(text):
    assert (parse_text(text).title, parse_text(text).text) == ("", "")


def test_date_in_the_body_is_no_date_line():
    article = parse_text(f"{TITLE}\n\nOn 14 March 2017 envoys met in Ankara.\n\n14 March 2017 was a Tuesday.")
    assert not article.published_at
    assert len(article.paragraphs) == 2


def test_full_sentence_under_the_date_is_text():
    article = parse_text(f"{TITLE}\n{DATE}\nThe first paragraph follows at once.\n\nThe second comes later.")
    assert article.paragraphs == ("The first paragraph follows at once.", "The second comes later.")


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    article = parse_text(
        f"{TITLE}\n\nEnvoys from nine countries met in Ankara on Tuesday to discuss\n"
        "a truce in the north, and parted at midnight without a text that\nall of them could sign.\n\nThe end."
    )
    assert article.paragraphs[0].endswith("without a text that all of them could sign.")
    assert len(article.paragraphs) == 2


def test_lines_without_blank_lines_are_paragraphs():
    assert parse_text(f"{TITLE}\n{DATE}\nOne short sentence.\nAnother one.").paragraphs == (
        "One short sentence.",
        "Another one.",
    )


def test_characters_that_no_database_stores():
    article = parse_text(
        f"{TITLE}\r\n\r\nA\u00a0NUL\x00 here, a soft\u00adhyphen and half a pair \ud83d.\r\n\r\nEnd."
    )
    assert article.paragraphs == ("A NUL here, a softhyphen and half a pair ?.", "End.")


ODD = [
    "(AFP" + " for a" * 4_000,
    "(AFP for a for a for a for a for a for a for a for a for a for a for a for a for a for",
    "(" * 20_000,
    "(AFP via " * 4_000,
    "Aa " * 10_000,
    "10:00 " * 6_000,
    "By A" + " and A" * 6_000,
    "10:00" + "-" * 20_000,
    "1 May 2016 " * 2_000,
    "---\n" * 10_000,
    "share " * 6_000,
    "[[" * 10_000,
    "a" * 100_000,
]


@pytest.mark.parametrize("line", ODD, ids=[line[:12] for line in ODD])
def test_odd_and_endless_lines_take_no_time(line):
    started = time.perf_counter()
    parse_text(f"{TITLE}\n\n{line}\n\n{line}\n\n{BODY}")
    parse_text(line)
    assert time.perf_counter() - started < 10  # seconds; a hundredth of it on a quiet machine


PIECES = [
    TITLE,
    DATE,
    "By Mary Major",
    "\n",
    "\n\n",
    "Share",
    "(Getty)",
    "---",
    BODY,
    "“",
    "x: y",
    "\r",
    "\x00",
    "\ud800",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40))))
def test_any_text_at_all_is_read_or_refused(pieces):
    try:
        article = parse_text("".join(pieces))
    except BadField:
        return
    assert all(paragraph.strip() for paragraph in article.paragraphs)
    (article.title + article.text).encode()  # nothing that no database stores
    assert "\x00" not in article.title + article.text


def test_words_between_two_rules_are_text():
    assert parse_text(f"---\n{TITLE}\n---\n\n{BODY}").text.endswith(BODY)


FRONT = """---
title: {title}
standfirst: {standfirst}
outlet: Sample Wire
byline: By Mary Major
published: {published}
speaker: {speaker}
---

{body}
"""


def front(published="'2017-03-14T23:51:00+01:00'", speaker=""):
    return FRONT.format(title=TITLE, standfirst=STANDFIRST, published=published, speaker=speaker, body=BODY)


def test_front_matter():
    article = parse_text(front())
    assert (article.title, article.standfirst, article.outlet) == (TITLE, STANDFIRST, "Sample Wire")
    assert article.published_at.isoformat() == "2017-03-14T22:51:00+00:00"
    assert (article.kind, article.text) == ("", BODY)


def test_front_matter_with_a_speaker_is_official():
    article = parse_text(front(speaker="Ministry of Testing"))
    assert (article.kind, article.speaker) == ("official", "Ministry of Testing")


def test_front_matter_with_a_bare_date():
    assert str(parse_text(front(published="2017-03-14")).published_on) == "2017-03-14"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (front(published="soon"), "published 'soon' is no date"),
        ("---\ntitle: [open\n---\n\nText.", "no YAML"),
        ("---\ntitle: {a: b}\n---\n\nText.", "title must be text"),
    ],
)
def test_bad_front_matter_says_why(text, message):
    with pytest.raises(BadField, match=message):
        parse_text(text)
