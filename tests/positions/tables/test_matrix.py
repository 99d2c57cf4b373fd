"""What the matrix makes of its cells: history, changes, agreement, order, comparison, what it warns of."""

import datetime

import pytest

from positions import tables
from positions.tables import basis, ordering
from positions.tables.counts import Standing
from positions.tables.sparks import spark
from positions.tables.states import Counts, State
from tests.factories import make_actor, make_article, make_issue, make_source, make_statement
from tests.positions.tables.scopes import april, scope_of

S, O, N, M, X = State.SUPPORT, State.OPPOSE, State.NEUTRAL, State.MIXED, State.NONE  # noqa: E741


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ((S, S, S), "3 of 3 agree"),
        ((S, O, S), "2 of 3 agree"),
        ((S, O, X), "None agree"),
        ((O, O, M), "2 of 2 agree"),
        ((S, N, M), "–"),
        ((X, X, X), "–"),
    ],
)
def test_agreement(states, text):
    assert ordering.agreement(states).text == text


@pytest.mark.parametrize(
    ("series", "path"),
    [
        ((), ""),
        (((3, 1, 0, 0, 0),), ""),  # one stretch is no history
        (((0, 1, 0, 0, 0), (1, 0, 1, 0, 0)), "M0 2H4V18H8"),
        (((0, 1, 0, 0, 0), (1, 2, 0, 0, 0)), "M0 2H8"),
        (((0, 1, 0, 0, 0), (5, 1, 1, 0, 0)), "M0 2H4M20 10H24"),  # nothing over silence
        (((22, 3, 1, 0, 0), (23, 0, 0, 4, 4)), "M88 6H92V10H96"),
    ],
)
def test_history_is_drawn_in_steps(series, path):
    assert spark(Standing(Counts(), Counts(), Counts(), series)) == path


@pytest.mark.parametrize(
    ("down", "order"), [(True, ["a", "c", "b", "d", "e"]), (False, ["b", "a", "c", "d", "e"])]
)
def test_order_is_stable_and_puts_silence_last(down, order):
    values = {"a": 1.0, "b": -1.0, "c": 1.0, "d": None, "e": None}
    assert ordering.in_order(list(values), values.get, down=down) == order


@pytest.mark.parametrize(
    ("sort", "urls", "sorted_"),
    [
        ("", ["?sort=uk", "?sort=us", "?sort=agreement"], ["", "", ""]),
        ("us", ["?sort=uk", "?sort=-us", "?sort=agreement"], ["", "descending", ""]),
        ("-us", ["?sort=uk", "?sort=", "?sort=agreement"], ["", "ascending", ""]),
    ],
)
@pytest.mark.django_db
def test_headers_order_by_their_column(sort, urls, sorted_):
    made = ordering.headers([make_actor("UK"), make_actor("US")], sort, lambda name: f"?sort={name}")
    assert [header.url for header in made] == urls
    assert [header.sorted for header in made] == sorted_


@pytest.mark.django_db
class TestMatrix:
    def rows(self, query: str = "", **look) -> list[tables.cells.Row]:
        matrix = tables.matrix(scope_of(query), tables.Look(**look))
        return [row for theme in matrix.themes for row in theme.rows]

    def test_rows_by_a_column_stand_in_one_block(self):
        make_actor("UK")
        for order, (slug, theme, stance) in enumerate(
            [("a", "War", "oppose"), ("b", "Peace", "support"), ("c", "War", "")]
        ):
            make_issue(slug, theme=theme, order=order)
            if stance:
                make_statement(issue=slug, stance=stance)
        matrix = tables.matrix(scope_of(), tables.Look(sort="uk"))
        assert [theme.name for theme in matrix.themes] == [""]
        assert [row.issue.slug for row in matrix.themes[0].rows] == ["b", "a", "c"]
        assert [row.issue.slug for row in self.rows(sort="-uk")] == ["a", "b", "c"]
        assert [row.issue.slug for row in self.rows(sort="agreement")] == ["a", "b", "c"]

    def test_headers_keep_the_scope_and_the_comparison(self):
        make_actor("UK")
        make_issue()
        look = tables.Look(then=april(1), changes=True)
        matrix = tables.matrix(scope_of("from=2016-01-01"), look)
        assert matrix.headers[0].url == "/?from=2016-01-01&then=2017-04-01&changes=1&sort=uk"

    def test_compared_with_a_day(self):
        make_actor("UK")
        make_issue("sanctions")
        for day, stance in ((1, "oppose"), (5, "support"), (6, "support"), (7, "support")):
            make_statement(day=april(day), stance=stance)
        make_statement(day=april(1), issue="sanctions")
        changed, same = (row.cells[0] for row in self.rows(then=april(2)))
        if changed.issue.slug == "sanctions":
            changed, same = same, changed
        assert (changed.changed, changed.before) == (True, "Opposes, 1 of 1 statement")
        assert changed.evidence == "3 of 4 statements, 1 outlet"
        assert (same.changed, same.style) == (False, "support single same")
        assert [row.cells[0] for row in self.rows(then=april(2), changes=True)] == [changed]
        status = tables.matrix(scope_of(), tables.Look(then=april(2))).status
        assert status.startswith("Compared with 2 Apr 2017: 1 of 2 cells changed. 2 issues, ")

    @pytest.mark.parametrize("sort", ["", "uk"])
    def test_nothing_changed(self, sort):
        make_statement(day=april(1))
        assert tables.matrix(scope_of(), tables.Look(april(2), changes=True, sort=sort)).themes == ()

    def test_silence_then_is_no_evidence(self):
        make_actor("UK")
        make_statement(day=april(5))
        cell = self.rows(then=april(2))[0].cells[0]
        assert (cell.changed, cell.before) == (True, "No evidence")

    def test_change_of_position_is_marked_and_summed_up(self, settings):
        settings.DIPWATCH_SHIFT_LEAST, settings.DIPWATCH_SHIFT_OUTLETS = 3, 2
        for day in range(3):
            source = make_source(f"outlet-{day}")
            make_statement(day=april(1 + day), source=source, stance="oppose")
            make_statement(day=datetime.date(2017, 11, 10 + day), source=source)
            make_statement(day=datetime.date(2017, 11, 20 + day), source=source)
        make_actor("US")
        matrix = tables.matrix(scope_of())
        assert matrix.themes[0].rows[0].cells[0].was == "was Opposes until 3 Apr 2017"
        assert matrix.summary.endswith("1 position changed in the 90 days to 22 Nov 2017.")
        assert "changed" not in tables.matrix(scope_of("asof=2017-06-01")).summary
        assert tables.matrix(scope_of("from=2017-04-01")).summary.endswith(
            "1 position changed in this period."
        )

    def test_a_new_statement_is_not_missed_by_what_is_kept(self, settings):
        settings.DIPWATCH_SHIFT_LEAST, settings.DIPWATCH_SHIFT_OUTLETS = 1, 1
        make_statement(day=april(1), stance="oppose")
        assert self.rows()[0].cells[0].was == ""
        make_statement(day=april(20))
        make_statement(day=april(21))
        assert self.rows()[0].cells[0].was == "was Opposes until 1 Apr 2017"

    def test_warns_of_thin_evidence_and_of_single_outlets(self):
        make_actor("US")
        for day in (1, 2):
            make_statement(day=april(day))
        make_statement(day=april(3), issue="sanctions")
        assert tables.matrix(scope_of()).warnings == (
            "Thin evidence: 2 of 2 cells rest on few statements or on one outlet.",
            "The UK column rests on 1 outlet.",
        )

    def test_good_evidence_needs_no_warning(self):
        for day in range(1, 7):
            make_statement(day=april(day), source=make_source(f"outlet-{day % 2}"))
        assert tables.matrix(scope_of()).warnings == ()

    def test_articles_are_counted_once_and_only_where_it_costs_little(self, monkeypatch):
        article = make_article(day=april(1))
        for issue in ("sanctions", "refugees"):
            make_statement(article, issue=issue)
        assert (
            "2 published government statements from 1 article, 1 outlet" in tables.matrix(scope_of()).status
        )
        monkeypatch.setattr(basis, "COUNTED", 1)
        assert "2 published government statements from 1 outlet" in tables.matrix(scope_of()).status


@pytest.mark.django_db
def test_totals_of_several_scopes(django_assert_num_queries):
    make_statement(day=april(1))
    make_statement(day=april(2), issue="sanctions")
    scope = scope_of("issue=sanctions&from=2017-04-02&to=2017-04-02")
    wanted = [scope, scope.without("issue"), scope.without("from"), scope_of("from=2019")]
    with django_assert_num_queries(1):
        assert tables.totals(wanted) == [1, 1, 1, 0]
    assert tables.totals([scope.without("issue").without("from")]) == [2]


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "text"), [(1, ""), (47, ""), (49, "No article has come in since ")])
def test_staleness(hours, text):
    article = make_article()
    now = article.retrieved_at + datetime.timedelta(hours=hours)
    assert tables.staleness(now).startswith(text)
    assert bool(tables.staleness(now)) == bool(text)
