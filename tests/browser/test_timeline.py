"""The timeline in a real browser: the chart that takes the drawing's place, zooming, the keyboard, narrow screens."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, fill, turn
from tests.factories import make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READY = "body[data-chart=ready]"
MARKS = "[...document.getElementById('plot').data].filter(trace => trace.customdata?.[0]?.startsWith('/statement/'))"
ZOOM = {"xaxis.range[0]": "2017-04-05 10:00", "xaxis.range[1]": "2017-05-20 02:00:00.5"}


def emit(page: Page, event: str, detail: object) -> None:
    page.evaluate("([name, detail]) => document.getElementById('plot').emit(name, detail)", [event, detail])


class TestChart:
    def test_takes_the_place_of_the_drawing(self, reader: Reader):
        page = reader.open("/timeline/")
        height = page.locator("#chart").bounding_box()["height"]
        page.wait_for_selector(READY)
        assert page.locator("#chart").bounding_box()["height"] == height
        assert page.locator("#plot .main-svg").first.bounding_box()["height"] == height
        drawn = page.evaluate(f"{MARKS}.reduce((sum, trace) => sum + trace.x.length, 0)")
        assert drawn == page.locator("#data tbody tr").count() > 20
        assert page.locator("#plot [data-title*=loud]").count() == 0  # no upload to a cloud

    def test_mark_leads_to_its_sentence(self, reader: Reader):
        page = reader.open("/timeline/")
        page.wait_for_selector(READY)
        first = page.evaluate(f"{MARKS}[0].customdata[0]")
        emit(page, "plotly_click", {"points": [{"customdata": first}]})
        page.wait_for_url("**/articles/*/#s-*")
        assert reader.at().endswith(f"#s-{first.split('/')[2]}")

    def test_filtering_draws_it_anew(self, reader: Reader):
        page = reader.open("/timeline/")
        page.wait_for_selector(READY)
        page.locator(".scope summary", has_text="Issues").click()
        page.get_by_label("Sanctions").check()
        expect(page.locator("#chart .heading")).to_have_count(1)
        page.wait_for_function(f"document.getElementById('plot').data && {MARKS}.length === 1")

    def test_page_is_complete_if_it_cannot_load(self, open_reader):
        fill()
        reader = open_reader()
        reader.page.route("**/plotly-cartesian*", lambda route: route.abort())
        page = reader.open("/timeline/")
        expect(page.locator("#chart-note")).to_contain_text("The chart and table below are complete.")
        assert page.locator("svg.lanes use").count() > 20


class TestZoom:
    def test_goes_into_the_address_and_back(self, reader: Reader):
        page = reader.open("/timeline/?by=week")
        page.wait_for_selector(READY)
        emit(page, "plotly_relayouting", {**ZOOM, "xaxis.range[0]": "2017-04-02"})
        assert reader.at() == "/timeline/?by=week&from=2017-04-02&to=2017-05-20"
        before = page.evaluate("history.length")
        emit(page, "plotly_relayout", ZOOM)
        expect(page.locator(".chips")).to_contain_text("From: 5 Apr 2017")
        assert reader.at() == "/timeline/?from=2017-04-05&to=2017-05-20&by=week"
        assert page.evaluate("history.length") == before + 1
        expect(page.get_by_label("From")).to_have_value("2017-04-05")
        page.go_back()
        expect(page.locator(".chips")).to_have_count(0)
        assert reader.at() == "/timeline/?by=week"

    def test_reset(self, reader: Reader):
        page = reader.open("/timeline/?from=2017-04-05")
        page.wait_for_selector(READY)
        page.get_by_role("link", name="Reset zoom").click()
        page.wait_for_url("**/timeline/")

    def test_drag(self, reader: Reader):
        page = reader.open("/timeline/")
        page.wait_for_selector(READY)
        box = page.locator("#plot .nsewdrag").first.bounding_box()
        middle = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * 0.3, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=5)
        page.mouse.up()
        page.wait_for_url("**/timeline/?from=2017-*&to=2017-*")
        expect(page.locator(".chips li")).to_have_count(3)


class TestKeyboard:
    def test_arrows_go_along_the_lanes_and_enter_opens(self, reader: Reader):
        page = reader.open("/timeline/")
        page.wait_for_selector(READY)
        page.locator(".marks a[tabindex='0']").focus()
        assert page.locator(".marks a[tabindex='0']").count() == 1
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        second = page.locator(".marks").first.locator("a").nth(1)
        expect(second).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".marks").nth(1).locator("a:focus")).to_have_count(1)
        page.keyboard.press("End")
        last = page.locator(".marks").nth(1).locator("a").last
        expect(last).to_be_focused()
        to = last.get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/articles/*/#s-{to.split('/')[2]}")

    def test_t_opens_the_table(self, reader: Reader):
        page = reader.open("/timeline/")
        page.wait_for_selector(READY)
        page.locator(".marks a[tabindex='0']").focus()
        page.keyboard.press("t")
        expect(page.locator("#data table")).to_be_visible()


@pytest.mark.parametrize("width", [320, 700, 960, 1280])
def test_words_in_the_drawing_never_overlap(open_reader, width):
    fill()
    turn()
    for number in range(25):
        make_event(f"event-{number}", date=datetime.date(2017, 4, 1) + datetime.timedelta(days=3 * number))
    reader = open_reader(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = reader.open("/timeline/")
    boxes = [
        box
        for text in page.locator(".lanes text:not(.on)").all()
        if (box := text.bounding_box()) and box["width"]
    ]
    clashes = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] + 3 < other["y"] + other["height"]
        and other["y"] + 3 < one["y"] + one["height"]
    ]
    assert len(boxes) > 5
    assert clashes == []


def test_table_is_open_on_a_narrow_screen(open_reader):
    fill()
    page = open_reader(viewport={"width": 320, "height": 800}).open("/timeline/")
    expect(page.locator("#data table")).to_be_visible()
