"""Accessibility rules (axe-core) on every screen: light, dark, wide, narrow, with much, little and nothing to show."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Article
from tests.browser.conftest import fill, turn
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = {
    "matrix": "/",
    "matrix, narrowed": "/?issue=sanctions&from=2017-01-01",
    "matrix, no match": "/?from=2030-01-01",
    "matrix, compared": "/?then=2017-04-02&sort=uk",
    "position": "/position/uk/assad-departure/",
    "position, nothing": "/position/russia/refugees/",
    "timeline": "/timeline/",
    "timeline, balance": "/timeline/?by=week&show=net&events=0",
    "timeline, silence": "/timeline/?from=2030-01-01",
    "changes": "/shifts/",
    "changes, no match": "/shifts/?from=2030-01-01",
    "articles": "/articles/?q=ministers",
    "search": "/search/?q=ministers",
    "search, nothing": "/search/?q=snowfall",
    "actor": "/actor/uk/",
    "issue": "/issue/assad-departure/",
    "coverage": "/coverage/",
    "methodology": "/methodology/",
    "saved views": "/views/",
    "api": "/api/",
    "bad address": "/?issue=nowhere",
    "not found": "/nothing/",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "for (const details of document.querySelectorAll('details:not(.menu)')) details.open = true"


def violations(page) -> list[str]:
    """One line a violation with the first element at fault."""
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found.response["violations"]]


def check(reader, screens: dict[str, str]) -> None:
    wrong = {}
    for name, path in screens.items():
        page = reader.open(path)
        if page.locator("#chart").count():
            page.wait_for_selector("body[data-chart=ready]")
        page.evaluate(OPEN_ALL)
        if found := violations(page):
            wrong[name] = found
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if width > 0:
            wrong[f"{name}, width"] = [f"{width} px too wide"]
    assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
class TestEveryScreen:
    def options(self, scheme: str, width: int) -> dict:
        return {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}

    def test_full(self, open_reader, scheme, width):
        fill()
        turn()
        reader = open_reader(**self.options(scheme, width))
        articles = {
            f"article {row.pk}": f"/articles/{row.pk}/" for row in Article.objects.order_by("pk")[1:3]
        }
        check(reader, SCREENS | articles)
        page = reader.open("/")
        page.locator("td a.cell").first.click()
        page.wait_for_selector("#drawer[open]")
        assert violations(page) == []
        page.reload()
        page.locator(".scope summary").first.click()
        assert violations(page) == []

    def test_few(self, open_reader, scheme, width):
        fill(1)
        waiting = make_article()
        reader = open_reader(**self.options(scheme, width))
        check(
            reader,
            {
                "matrix": "/",
                "timeline": "/timeline/",
                "changes": "/shifts/",
                "waiting": f"/articles/{waiting.pk}/",
            },
        )

    def test_empty(self, open_reader, scheme, width):
        reader = open_reader(**self.options(scheme, width))
        check(
            reader,
            {
                "matrix": "/",
                "timeline": "/timeline/",
                "changes": "/shifts/",
                "articles": "/articles/",
                "sign-out": "/methodology/",
            },
        )
        reader.page.context.clear_cookies()
        check(reader, {"sign in": "/sign-in/"})
