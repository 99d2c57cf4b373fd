"""A signed-in reader in a real browser, who takes note of everything that goes wrong on a page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from positions import recording
from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_finding,
    make_issue,
    make_source,
    make_user,
    record,
)

OUTLETS = (
    "outlet-0",
    "outlet-1",
    "the-provincial-evening-advertiser-and-commercial-gazette",
)  # short and long names
# A machine that is busy with other tests may take long to answer.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)

TEXT = (
    "Ministers want the Syrian leader to step down, the foreign secretary said on Monday.\n\n"
    "Moscow says that his future is for Syrians to decide, and London disagrees. Washington declined to comment."
)


def fill(articles: int = 8) -> None:
    """Three actors, three issues and a few articles, in several of which two actors share a sentence."""
    editor = make_user("editor")
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_issue("assad-departure", order=0, theme="The end of the war")
    make_issue("sanctions", order=1)
    make_issue("refugees", order=2)
    make_event(issues=("assad-departure",), date=datetime.date(2017, 4, 7), title="A strike")
    for number in range(articles):
        article = make_article(
            make_source(OUTLETS[number % 3]),
            day=datetime.date(2017, 4, 1) + datetime.timedelta(days=9 * number),
            text=TEXT,
            title=f"Headline number {number}",
            standfirst="What it says below the headline",
        )
        sides = ("support", "oppose") if number % 4 else ("oppose", "support")
        statements = record(
            article,
            make_finding(evidence=(0, 84), stance=sides[0]),
            make_finding(actor="RU", evidence=(86, 161), stance=sides[1], speaker="Sergei Lavrov"),
            make_finding(evidence=(140, 161), issue="sanctions", stance="support"),
            make_finding(
                actor="US", evidence=(162, 193), stance="neutral", declined=True, speaker="White House"
            ),
            make_finding(actor="US", evidence=(162, 193), issue="sanctions", confidence=0.5, published=False),
        )
        if number % 2:
            recording.accept(statement=statements[0], by=editor)
        if number == 2:
            recording.reject(statement=statements[1], by=editor, reason="a rival's claim", version=0)


def turn() -> None:
    """The US goes from support to opposition on refugees."""
    for number in range(6):
        record(
            make_article(
                make_source(OUTLETS[number % 2]), day=datetime.date(2017, 4, 10 + number), text=TEXT
            ),
            make_finding(
                actor="US", issue="refugees", evidence=(0, 84), stance="support" if number < 3 else "oppose"
            ),
        )


class Reader:
    """A signed-in person at a browser window. `faults` collects console errors and requests that leave the site."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(2 * PATIENCE)
        page.on("console", lambda message: self._note(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        page.on("request", lambda request: self._request(request.url))

    def _note(self, wrong: bool, text: str) -> None:
        if wrong:
            self.faults.append(text)

    def _request(self, url: str) -> None:
        self.requests.append(url)
        self._note(not url.startswith((self.server, "data:", "blob:")), f"request to {url}")

    def open(self, path: str) -> Page:
        self.requests.clear()
        self.page.goto(self.server + path)
        return self.page

    def at(self) -> str:
        """The address, from the path on."""
        return self.page.url.removeprefix(self.server)

    def close(self) -> None:
        self.page.context.close()


@pytest.fixture
def open_reader(
    browser: Browser, live_server: LiveServer, transactional_db, client
) -> Iterator[Callable[..., Reader]]:
    """Open a window for the signed-in user; options are those of a browser context."""
    readers = []

    def start(**options) -> Reader:
        client.force_login(make_user())
        context = browser.new_context(**options)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        readers.append(Reader(context.new_page(), live_server.url))
        return readers[-1]

    yield start
    for reader in readers:
        reader.close()


@pytest.fixture
def reader(open_reader: Callable[..., Reader]) -> Iterator[Reader]:
    """A signed-in reader of a filled site; whatever went wrong on the way fails the test."""
    fill()
    one = open_reader()
    yield one
    assert one.faults == []
