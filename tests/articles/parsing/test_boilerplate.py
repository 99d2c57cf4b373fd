"""What is no text: forum lines, notices, captions. And what is, though it looks alike."""

import pytest

from articles.parsing.boilerplate import Line, is_boilerplate, without_captions

NOTICES = [
    "Join our commenting forum",
    "JOIN THE COMMENTS SECTION",
    "Join lively conversations, follow other Courier readers and see all replies",
    "Thank you for registering",
    "Please refresh this page to be logged in",
    "Please refresh your browser to be logged in automatically.",
    "Please refresh the page to be logged inThank you for subscribing",  # run together
    "Log in to comment",
    "Show all comments (14)",
    "Comments (3)",
    "27 comments",
    "Sign up to our Morning Letter newsletter",
    "Advertisement",
    "Share on Facebook",
    "Email this article",
    "Read more: Ministers meet in Ankara",
    "Related articles",
    "Most read",
    "© 2016 The Harbour Gazette",
    "All rights reserved.",
    "We use cookies to make this site work",
    "Article bookmarked",
]

TEXT = [
    "Join us or stay out of it, the minister told them.",
    "Thank you for coming, she said.",
    "Comments by the ambassador were met with silence.",
    "Share prices fell in Moscow.",
    "Read more widely, the general advised.",
    "Related talks on aid broke down in March.",
    "Video of the attack was shown to the council.",
    "Advertising for the army was stopped.",
    "Please refresh your memory of resolution 2118, the envoy said.",
    "",
]

CAPTION = "A convoy waits at the crossing"
SENTENCE = "The convoy waited for two days at the crossing."


@pytest.mark.parametrize("line", NOTICES)
def test_notice_is_no_text(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", TEXT)
def test_prose_is_text(line):
    assert not is_boilerplate(line)


def test_endless_line_is_decided_at_once():
    assert not is_boilerplate("Share " * 100_000)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([(CAPTION, 0), (CAPTION, 0), ("Body.", 1)], ["Body."]),
        ([(CAPTION, 0), (f"{CAPTION} (Getty)", 0), ("Body.", 1)], ["Body."]),
        (
            [(CAPTION, 0), (f"{CAPTION} (AFP/Getty Images)", 1), ("Body.", 2)],
            ["Body."],
        ),  # in blocks of their own
        ([(f"{CAPTION} (Photo: Reuters)", 0), (f"{CAPTION}.", 0), ("Body.", 1)], ["Body."]),
        ([(SENTENCE, 0), (f"{SENTENCE} (AP)", 0), ("Body.", 1)], ["Body."]),
        ([(CAPTION, 0)] * 3 + [("Body.", 1)], ["Body."]),
        ([(f"{CAPTION} (Sana via Reuters)", 0), ("Body.", 1)], ["Body."]),  # alone, but with its agency
        ([(CAPTION, 0), ("Body.", 1)], [CAPTION, "Body."]),  # alone it may be a subheading
        ([(SENTENCE, 0), (SENTENCE, 1)], [SENTENCE]),  # a paragraph printed twice is kept once
        ([("He left. (Reuters)", 0)], ["He left. (Reuters)"]),  # the agency of the text, not of a picture
        ([("(Applause)", 0), ("(Applause)", 1)], ["(Applause)", "(Applause)"]),
        ([("Thank you.", 0), ("Thank you.", 0)], ["Thank you.", "Thank you."]),
        ([(CAPTION, 0), ("Body.", 1), (CAPTION, 2)], [CAPTION, "Body.", CAPTION]),
        ([], []),
    ],
)
def test_captions(lines, kept):
    assert [line.text for line in without_captions([Line(text, block) for text, block in lines])] == kept
