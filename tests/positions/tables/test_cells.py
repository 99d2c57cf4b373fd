"""The matrix and its cells."""

import pytest

from positions import recording, tables
from positions.tables.states import Counts, Coverage, State
from tests.factories import (
    make_actor,
    make_issue,
    make_source,
    make_statement,
    make_user,
)
from tests.positions.tables.scopes import april, scope_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counts", "word", "evidence"),
    [
        (
            Counts(support=23, oppose=4, outlets=frozenset(range(9))),
            "Supports",
            "23 of 27 statements, 9 outlets",
        ),
        (Counts(oppose=1, outlets=frozenset([1])), "1 statement", "Opposes, 1 outlet"),
        (Counts(4, 3, 2, 1, outlets=frozenset([1])), "Mixed", "4 for, 3 against, 2 neutral, 1 outlet"),
        (Counts(2, 2, outlets=frozenset([1, 2])), "Mixed", "2 for, 2 against, 2 outlets"),
        (Counts(0, 1, 5, 5, outlets=frozenset([1, 2])), "Declined", "5 of 6 statements, 2 outlets"),
        (Counts(support=1234, outlets=frozenset([1, 2])), "Supports", "1,234 of 1,234 statements, 2 outlets"),
    ],
)
def test_cell_says_its_counts(counts, word, evidence):
    cell = tables.Cell(make_actor(), make_issue(), counts, url="/")
    assert (cell.word, cell.evidence) == (word, evidence)


@pytest.mark.django_db
class TestMatrix:
    def cell(self, query: str = "") -> tables.Cell:
        matrix = tables.matrix(scope_of(query))
        return matrix.themes[0].rows[0].cells[0]

    def test_empty_cells_say_no_evidence(self):
        make_actor("UK")
        make_issue()
        cell = self.cell()
        assert (cell.state, cell.coverage, cell.word) == (State.NONE, Coverage.NONE, "No evidence")

    def test_cell_reads_tallies(self):
        make_actor("UK")
        for day in (1, 2, 3, 4):
            make_statement(day=april(day))
        make_statement(day=april(5), source=make_source("the-herald"), stance="oppose")
        cell = self.cell()
        assert (cell.word, cell.evidence) == ("Supports", "4 of 5 statements, 2 outlets")
        assert (cell.coverage, cell.checked) == (Coverage.SOLID, "0/5 reviewed")
        assert cell.latest == "latest: Opposes, 5 Apr 2017"
        assert cell.url == "/position/uk/assad-departure/"

    def test_latest_on_the_prevailing_side_needs_no_remark(self):
        make_statement(day=april(1), stance="oppose")
        make_statement(day=april(2))
        make_statement(day=april(3))
        assert self.cell().latest == "latest 3 Apr 2017"

    def test_latest_day_with_several_sides_names_them(self):
        for day in (1, 2, 3, 4):
            make_statement(day=april(day))
        make_statement(day=april(5), stance="oppose")
        make_statement(day=april(5), stance="neutral", declined=True)
        assert self.cell().latest == "latest: Opposes/Declined, 5 Apr 2017"

    def test_mixed_cell_tells_where_the_latest_points(self):
        make_statement(day=april(1))
        make_statement(day=april(2), stance="oppose")
        cell = self.cell()
        assert (cell.state, cell.latest) == (State.MIXED, "latest: Opposes, 2 Apr 2017")

    def test_statement_without_any_date_counts_but_has_no_day(self):
        make_statement(day=None)
        assert (self.cell().word, self.cell().latest) == ("1 statement", "undated")
        assert self.cell("from=2010").state is State.NONE

    def test_reviewed_only_tells_the_sides_of_checked_ones(self):
        make_statement(day=april(1))
        make_statement(day=april(2))
        checked = make_statement(day=april(3), stance="oppose")
        recording.accept(statement=checked, by=make_user())
        assert self.cell().state is State.SUPPORT
        cell = self.cell("reviewed=1")
        assert (cell.word, cell.evidence, cell.checked) == (
            "1 statement",
            "Opposes, 1 outlet",
            "1/1 reviewed",
        )

    def test_rejected_and_pending_ones_are_left_out(self):
        make_statement(day=april(1))
        recording.reject(statement=make_statement(day=april(2)), by=make_user(), reason="not said", version=0)
        make_statement(day=april(3), confidence=0.5, published=False)
        assert self.cell().counts.total == 1
        assert self.cell("pending=1").counts.total == 2

    def test_issues_of_a_theme_stand_together(self):
        make_actor()
        for order, (slug, theme) in enumerate([("a", "War"), ("b", "Peace"), ("c", "War")]):
            make_issue(slug, theme=theme, order=order)
        matrix = tables.matrix(scope_of())
        assert [(theme.name, [row.issue.slug for row in theme.rows]) for theme in matrix.themes] == [
            ("War", ["a", "c"]),
            ("Peace", ["b"]),
        ]

    def test_links_keep_the_scope(self):
        make_actor("US")
        make_statement(day=april(1))
        row = tables.matrix(scope_of("actor=uk&from=2017-04-01")).themes[0].rows[0]
        assert row.cells[0].url == "/position/uk/assad-departure/?from=2017-04-01"
        assert row.url == "/timeline/?actor=uk&issue=assad-departure&from=2017-04-01"

    def test_status_counts_what_is_shown(self):
        make_actor("RU")
        recording.accept(statement=make_statement(day=april(1)), by=make_user())
        make_statement(day=april(9), source=make_source("the-herald"), issue="sanctions")
        make_statement(day=april(9), voice="other", issue="refugees")
        matrix = tables.matrix(scope_of())
        assert matrix.status == (
            "2 issues, 2 actors, 2 published government statements from 2 articles, 2 outlets,"
            " 1 Apr 2017 – 9 Apr 2017. 50% reviewed (1 of 2)."
        )
