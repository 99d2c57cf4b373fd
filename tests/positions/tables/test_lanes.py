"""The timeline's lanes, marks and events."""

import datetime

import pytest

from positions import tables
from positions.tables import lanes, marks
from positions.tables.states import State
from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_issue,
    make_source,
    make_statement,
)
from tests.positions.tables.scopes import april, scope_of


@pytest.mark.django_db
class TestTimeline:
    def test_a_lane_each_and_marks_in_them(self):
        make_actor("US")
        make_statement(day=april(1))
        make_statement(day=april(3), stance="oppose")
        panel = tables.timeline(scope_of()).panels[0]
        assert [(lane.actor.label, len(lane.marks)) for lane in panel.lanes] == [("UK", 2), ("US", 0)]
        assert panel.lanes[0].marks[0].text == "UK opposes, 3 Apr 2017. Foreign Office, The Courier."

    def test_nothing_to_draw(self):
        make_issue()
        assert tables.timeline(scope_of()).panels == ()

    def test_only_the_best_evidenced_issues_unless_chosen(self, monkeypatch):
        monkeypatch.setattr(lanes, "PANELS", 2)
        for order, slug in enumerate(("a", "b", "c")):
            make_issue(slug, order=order)
        for number, slug in enumerate(("a", "c", "c", "b", "b")):
            make_statement(day=april(number + 1), issue=slug)
        short = tables.timeline(scope_of())
        assert [panel.issue.slug for panel in short.panels] == ["b", "c"]
        assert (short.left_out, short.all_url) == (1, "/timeline/?issue=a~b~c")
        assert len(tables.timeline(scope_of("issue=a~b~c")).panels) == 3

    def test_says_what_is_not_drawn(self):
        make_statement(day=april(1))
        make_statement(day=april(2))
        make_statement(day=None)
        assert tables.timeline(scope_of()).notes == ("1 statement without a date cannot be drawn.",)

    def test_one_statement_has_a_mark_but_no_band(self):
        make_statement(day=april(1))
        table = tables.timeline(scope_of())
        (lane,) = table.panels[0].lanes
        assert (len(lane.marks), lane.bands) == (1, ())
        assert table.notes == ("One statement only: it has its mark, but no band.",)

    def test_bands_end_where_nothing_was_said(self):
        for day in (1, 2, 10, 11, 12):
            make_statement(day=april(day), stance="support" if day < 12 else "oppose")
        (lane,) = tables.timeline(scope_of("from=2017-04-01&to=2017-04-30")).panels[0].lanes
        assert [(band.start.day, band.end.day, band.state) for band in lane.bands] == [
            (1, 2, State.SUPPORT),
            (10, 11, State.SUPPORT),
            (12, 12, State.OPPOSE),
        ]
        assert lane.bands[0].url == "/position/uk/assad-departure/?from=2017-04-01&to=2017-04-02"

    @pytest.mark.parametrize(
        ("number", "outlets", "thin"), [(4, 2, True), (5, 2, False), (5, 1, True), (9, 3, False)]
    )
    def test_bands_are_pale_where_evidence_is_thin(self, number, outlets, thin):
        for turn in range(number):
            make_statement(day=april(3), source=make_source(f"outlet-{turn % outlets}"))
        (band,) = tables.timeline(scope_of()).panels[0].lanes[0].bands
        assert band.thin is thin

    @pytest.mark.parametrize("by", ["day", "week", "month"])
    def test_granularity(self, by):
        make_statement(day=april(3))
        make_statement(day=april(25))
        table = tables.timeline(scope_of(), by=by)
        assert table.step == by
        assert [choice.label for choice in table.steps if choice.chosen] == [by.capitalize()]
        assert table.steps[0].url == "/timeline/"
        assert table.measures[1].url == f"/timeline/?by={by}&show=net"

    @pytest.mark.parametrize(
        ("measure", "bars"),
        [("statements", []), ("net", [(0.5, 0), (0, 1)]), ("share", [(2 / 3, 1 / 3), (0, 1)])],
    )
    def test_balance_by_bin(self, measure, bars):
        for day, stance in ((1, "support"), (1, "support"), (1, "oppose"), (9, "oppose"), (9, "oppose")):
            make_statement(day=april(day), stance=stance)
        (lane,) = tables.timeline(scope_of(), by="day", measure=measure).panels[0].lanes
        assert [(bar.up, bar.down) for bar in lane.bars] == bars

    def test_changes_stand_in_their_lane(self):
        make_actor("US")
        for number in range(6):
            make_statement(
                day=april(1 + number),
                source=make_source(f"outlet-{number % 2}"),
                stance="support" if number < 3 else "oppose",
            )
        table = tables.timeline(scope_of())
        uk, us = table.panels[0].lanes
        assert ([shift.day for shift in uk.shifts], us.shifts) == ([april(4)], ())
        assert table.shifts == uk.shifts

    def test_articles_read_tell_silence_from_ignorance(self):
        make_statement(day=april(1))
        make_statement(day=april(9))
        make_article(day=april(5))
        make_article(make_source("the-herald"), day=april(5))
        reading = tables.timeline(scope_of()).reading
        assert [(read.articles, read.text) for read in reading] == [
            (1, "1 Apr 2017"), (2, "5 Apr 2017"), (1, "9 Apr 2017"),
        ]  # fmt: skip
        assert sum(read.articles for read in tables.timeline(scope_of("outlet=the-courier")).reading) == 3

    @pytest.mark.parametrize(
        ("query", "nearest"),
        [
            ("from=2017-05-01", "9 Apr 2017"),
            ("to=2017-03-01", "1 Apr 2017"),
            ("from=2017-04-02&to=2017-04-04", "1 Apr 2017"),
            ("from=2017-04-04&to=2017-04-06", "1 Apr 2017"),
            ("from=2017-04-06&to=2017-04-08", "9 Apr 2017"),
        ],
    )
    def test_no_statement_in_the_period_names_the_nearest(self, query, nearest):
        make_statement(day=april(1))
        make_statement(day=april(9))
        table = tables.timeline(scope_of(query))
        assert (table.panels, table.nearest) == ((), nearest)
        assert table.unzoomed == "/timeline/"

    def test_periods_lead_up_to_the_latest_statement(self):
        make_statement(day=april(30))
        table = tables.timeline(scope_of())
        assert [(choice.label, choice.url, choice.chosen) for choice in table.periods] == [
            ("90 days", "/timeline/?from=2017-01-31", False),
            ("1 year", "/timeline/?from=2016-05-01", False),
            ("5 years", "/timeline/?from=2012-05-01", False),
            ("All", "/timeline/", True),
        ]

    def test_events_can_be_left_out(self):
        make_statement(day=april(1))
        make_event(date=april(1))
        assert len(tables.timeline(scope_of()).events) == 1
        without = tables.timeline(scope_of(), with_events=False)
        assert (without.events, without.toggle.url) == ((), "/timeline/")


@pytest.mark.django_db
class TestManyStatements:
    @pytest.fixture(autouse=True)
    def few_marks(self, monkeypatch):
        monkeypatch.setattr(marks, "MARKS", 5)

    def told(self) -> None:
        for day, stance in ((1, "support"), (1, "support"), (2, "oppose"), (20, "support"), (21, "neutral")):
            make_statement(day=april(day), stance=stance)
        make_statement(day=april(2), stance="neutral", declined=True)

    @pytest.mark.parametrize("query", ["", "from=2017-03-05", "outlet=the-courier"])
    def test_are_drawn_by_side_and_stretch_and_it_says_so(self, query):
        self.told()
        make_source("the-herald")
        table = tables.timeline(scope_of(query), by="month")
        assert table.binned
        assert {mark.state: (mark.number, mark.day_text) for mark in table.marks} == {
            State.SUPPORT: (3, "Apr 2017"),
            State.OPPOSE: (1, "Apr 2017"),
            State.NEUTRAL: (1, "Apr 2017"),
            State.DECLINED: (1, "Apr 2017"),
        }
        assert table.notes[0].startswith("6 statements are too many to draw one by one")

    def test_marks_lead_to_their_statements(self):
        self.told()
        table = tables.timeline(scope_of("from=2017-04-01&to=2017-04-30"), by="week")
        newest = table.marks[0]
        assert newest.url == "/position/uk/assad-departure/?from=2017-04-17&to=2017-04-23"
        assert newest.text == "UK supports, week of 17 Apr 2017: 1 statement."

    def test_same_counts_one_by_one_and_together(self, monkeypatch):
        self.told()
        together = tables.timeline(scope_of("from=2017-04-01&to=2017-04-30"))
        monkeypatch.setattr(marks, "MARKS", 100)
        single = tables.timeline(scope_of("from=2017-04-01&to=2017-04-30"))
        assert sum(mark.number for mark in together.marks) == len(single.marks) == 6
        assert together.panels[0].lanes[0].bands == single.panels[0].lanes[0].bands


@pytest.mark.django_db
class TestEvents:
    def test_events_that_bear_on_the_shown_issues(self):
        make_statement(day=april(1))
        make_statement(day=april(30))
        make_event("general", date=april(9))
        make_event("ours", date=april(10), issues=("assad-departure",))
        make_event("others", date=april(11), issues=("sanctions",))
        make_event("long-ago", date=datetime.date(1990, 1, 1))
        table = tables.timeline(scope_of())
        assert [(event.number, event.day) for event in table.events] == [(1, april(9)), (2, april(10))]
        assert table.panels[0].events == table.events
