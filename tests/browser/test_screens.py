"""What a person does on the screens, in a real browser."""

import datetime

import pytest
from playwright.sync_api import expect

from positions.models import Statement
from tests.browser.conftest import Reader, fill
from tests.factories import make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CELL = "td a.cell >> nth=0"


class TestDrawer:
    def test_opens_beside_the_matrix_with_its_own_address(self, reader: Reader):
        page = reader.open("/?from=2017-01-01")
        page.click(CELL)
        expect(page.locator("#position-title")).to_be_focused()
        assert reader.at() == "/position/uk/assad-departure/?from=2017-01-01"
        assert page.title() == "UK on Assad departure · dipwatch"
        expect(page.locator("table.matrix")).to_be_visible()

    def test_escape_closes_it_and_returns_to_the_cell(self, reader: Reader):
        page = reader.open("/")
        title = page.title()
        page.locator(CELL).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#position-title")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#drawer")).to_be_hidden()
        expect(page.locator(CELL)).to_be_focused()
        page.wait_for_url(reader.server + "/")
        assert page.title() == title

    def test_back_closes_it_and_forward_shows_the_page(self, reader: Reader):
        page = reader.open("/")
        page.evaluate("window.same = true")
        page.click(CELL)
        expect(page.locator("#drawer")).to_be_visible()
        page.go_back()
        expect(page.locator("#drawer")).to_be_hidden()
        assert page.evaluate("window.same") is True  # the matrix was not loaded again
        page.go_forward()
        expect(page.locator("main > article.position")).to_be_visible()
        page.go_back()
        expect(page.locator("table.matrix")).to_be_visible()
        assert reader.at() == "/"

    def test_closing_after_paging_leads_back_to_the_matrix(self, reader: Reader):
        for day in range(30):
            make_statement(day=datetime.date(2016, 1, 1) + datetime.timedelta(days=day))
        page = reader.open("/")
        page.click(CELL)
        page.get_by_role("link", name="Older").click()
        expect(page.locator(".pager span")).to_contain_text("26–38 of 38")
        page.get_by_role("button", name="Close").click()
        page.wait_for_url(reader.server + "/")
        expect(page.locator("#drawer")).to_be_hidden()
        expect(page.locator("table.matrix")).to_be_visible()

    def test_refresh_and_shared_link_show_the_same_as_a_page(self, reader: Reader):
        page = reader.open("/")
        page.click(CELL)
        expect(page.locator("#drawer .quote")).to_have_count(8)
        page.reload()
        expect(page.locator("main > article.position .quote")).to_have_count(8)
        expect(page.locator("h1")).to_have_text("UK on Assad departure")

    def test_opens_in_a_new_tab_when_asked(self, reader: Reader):
        page = reader.open("/")
        with page.context.expect_page() as opened:
            page.click(CELL, modifiers=["ControlOrMeta"])
        expect(opened.value.locator("h1")).to_have_text("UK on Assad departure")
        expect(page.locator("#drawer")).to_be_hidden()

    def test_leads_to_the_sentence_in_the_article(self, reader: Reader):
        page = reader.open("/")
        page.click(CELL)
        page.locator("#drawer .where a").first.click()
        expect(page.locator("h1")).to_have_text("Headline number 7")
        assert "#s-" in reader.at()


class TestScope:
    def test_filters_as_it_is_ticked_and_keeps_the_focus(self, reader: Reader):
        page = reader.open("/")
        page.locator(".scope summary", has_text="Issues").click()
        page.get_by_label("Sanctions").check()
        expect(page.locator("table.matrix th[scope=row]")).to_have_count(1)
        assert reader.at() == "/?issue=sanctions"
        expect(page.get_by_label("Sanctions")).to_be_focused()
        expect(page.locator("#announce")).to_contain_text("1 issue")
        page.get_by_label("Refugees").check()
        expect(page.locator("table.matrix th[scope=row]")).to_have_count(2)
        page.go_back()
        expect(page.locator("table.matrix th[scope=row]")).to_have_count(1)
        expect(page.get_by_label("Sanctions")).to_be_checked()
        expect(page.get_by_label("Refugees")).not_to_be_checked()
        page.go_back()
        expect(page.locator("table.matrix th[scope=row]")).to_have_count(3)

    def test_wrong_day_is_told_beside_the_form_and_then_forgotten(self, reader: Reader):
        page = reader.open("/")
        field = page.get_by_label("From")
        field.fill("09/12/2015")
        field.press("Enter")
        expect(page.locator("#problems")).to_contain_text("from: “09/12/2015” is not a day")
        expect(page.locator("table.matrix")).to_be_visible()
        assert reader.at() == "/"
        field.fill("2017-04")
        field.press("Enter")
        expect(page.locator(".chips")).to_contain_text("From: 1 Apr 2017")
        expect(page.locator("#problems")).to_be_empty()
        reader.faults.clear()  # the browser itself reports the 400

    def test_goes_along_to_the_other_screens(self, reader: Reader):
        page = reader.open("/?issue=sanctions")
        page.get_by_role("link", name="Timeline", exact=True).click()
        assert reader.at() == "/timeline/?issue=sanctions"

    def test_ended_session_leads_to_the_sign_in_page(self, reader: Reader):
        page = reader.open("/")
        page.context.clear_cookies()
        page.click(CELL)
        page.wait_for_url("**/sign-in/?next=/position/uk/assad-departure/")


class TestArticle:
    def test_anchors_lead_both_ways(self, reader: Reader):
        statement = Statement.objects.published().order_by("pk").first()
        page = reader.open(f"/statement/{statement.pk}/")
        assert reader.at() == f"/articles/{statement.article_id}/#s-{statement.pk}"
        page.locator(f'a.ref[href="#n-{statement.pk}"]').click()
        assert reader.at().endswith(f"#n-{statement.pk}")
        page.locator(f"#n-{statement.pk}").get_by_role("link", name="in the text").click()
        assert reader.at().endswith(f"#s-{statement.pk}")

    def test_pointing_at_a_statement_marks_its_sentence(self, reader: Reader):
        statement = Statement.objects.published().order_by("pk").first()
        page = reader.open(f"/articles/{statement.article_id}/")
        page.hover(f"#n-{statement.pk}")
        expect(page.locator(f'mark[data-s~="{statement.pk}"]').first).to_have_class("oppose lit")


class TestWithoutScript:
    @pytest.mark.parametrize("path", ["/", "/timeline/", "/position/uk/assad-departure/", "/articles/"])
    def test_screens_are_complete(self, open_reader, path):
        fill()
        reader = open_reader(java_script_enabled=False)
        page = reader.open(path)
        expect(page.locator("h1")).to_be_visible()
        assert reader.faults == []

    def test_filter_and_cell_work_as_form_and_link(self, open_reader):
        fill()
        reader = open_reader(java_script_enabled=False)
        page = reader.open("/")
        page.locator(".scope summary", has_text="Issues").click()
        page.get_by_label("Sanctions").check()
        page.get_by_role("button", name="Apply").click()
        assert reader.at() == "/?issue=sanctions"
        page.click(CELL)
        assert reader.at() == "/position/uk/sanctions/"
        expect(page.locator(".quote")).to_have_count(8)
        reader.open("/timeline/")
        assert page.locator("svg.lanes use").count() > 20


def test_theme_is_chosen_in_the_menu(reader: Reader):
    page = reader.open("/methodology/")
    page.locator(".top .menu summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 18, 18)"


@pytest.mark.parametrize(
    ("path", "most"), [("/", 5), ("/articles/", 5), ("/timeline/", 7), ("/shifts/", 5)]
)  # of the timeline, five before the chart
def test_few_requests_and_nothing_moves(reader: Reader, path: str, most: int):
    reader.page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page = reader.open(path)
    if "timeline" in path:
        page.wait_for_selector("body[data-chart=ready]")
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.001
    assert len(reader.requests) <= most, reader.requests
