"""The timeline's lanes, marks and events."""

import datetime

import pytest

from positions import tables
from positions.tables import lanes
from tests.factories import (
    make_actor,
    make_event,
    make_issue,
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

    def test_says_what_is_not_drawn(self, monkeypatch):
        make_statement(day=april(1))
        make_statement(day=None)
        assert tables.timeline(scope_of()).notes == ("1 statement without a date cannot be drawn.",)
        make_statement(day=april(2))
        monkeypatch.setattr(lanes, "MARKS", 1)
        (note,) = tables.timeline(scope_of()).notes
        assert note.startswith("Only the latest 1 of 3 statements are drawn.")

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
