"""Breaking lines before they are drawn."""

import pytest

from positions.exports.pictures.text import clipped, width, wrapped


def test_wide_letters_are_wider():
    assert width("WWW", 10) > width("iii", 10) > 0
    assert width("Supports", 10, bold=True) > width("Supports", 10)
    assert width("Supports", 20) == 2 * width("Supports", 10)


@pytest.mark.parametrize("room", [40, 90, 200, 1000])
def test_lines_fit_and_lose_nothing(room):
    words = "The United Kingdom should take in more refugees from Syria than it has until now"
    lines = wrapped(words, room, 12)
    if room > 60:
        assert " ".join(lines) == words
    assert all(width(line, 12) <= room for line in lines)


def test_too_many_lines_end_in_an_ellipsis():
    lines = wrapped("one two three four five six seven", 40, 12, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(("room", "shown"), [(1000, "Some text"), (30, "So…"), (0, "…")])
def test_clipping(room, shown):
    assert clipped("Some text", room, 12) == shown


def test_nothing_is_no_line():
    assert wrapped("", 100, 12) == ()
