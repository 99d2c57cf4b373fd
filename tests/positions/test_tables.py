"""The tables that screens print, as data."""

import datetime

import pytest
from django.http import QueryDict

from articles.models import Article
from positions import recording, tables
from positions.models import ExtractionRun, Statement
from positions.scope import Scope, ScopeForm
from positions.tables import lanes, sentences
from positions.tables.article import paragraph_spans, published_text
from positions.tables.quotes import confidence_text
from positions.tables.states import Counts, Coverage, State
from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_finding,
    make_issue,
    make_source,
    make_statement,
    make_user,
    record,
)

S, O, N, D, M = State.SUPPORT, State.OPPOSE, State.NEUTRAL, State.DECLINED, State.MIXED  # noqa: E741


def scope_of(query: str = "") -> Scope:
    form = ScopeForm(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.scope


def april(day: int) -> datetime.date:
    return datetime.date(2017, 4, day)


@pytest.mark.parametrize(
    ("support", "oppose", "neutral", "declined", "state"),
    [
        (0, 0, 0, 0, State.NONE),
        (1, 0, 0, 0, S),
        (0, 1, 0, 0, O),
        (6, 4, 0, 0, S),  # 60 % is enough
        (59, 41, 0, 0, M),
        (1, 1, 0, 0, M),
        (4, 2, 4, 0, M),
        (0, 3, 2, 0, O),
        (1, 0, 3, 0, N),
        (1, 0, 4, 2, D),  # at least half of the neutral ones declined
        (1, 0, 4, 1, N),
        (0, 0, 1, 1, D),
        (2, 0, 2, 2, M),
    ],
)
def test_state_is_the_side_with_the_share_that_settings_ask_for(support, oppose, neutral, declined, state):
    assert Counts(support, oppose, neutral, declined).state is state


def test_share_is_a_setting(settings):
    settings.DIPWATCH_MIXED_BELOW = 0.9
    assert Counts(support=8, oppose=2).state is M


@pytest.mark.parametrize(
    ("total", "outlets", "coverage"),
    [
        (0, 0, Coverage.NONE),
        (1, 1, Coverage.SINGLE),
        (2, 2, Coverage.THIN),
        (4, 4, Coverage.THIN),
        (5, 1, Coverage.THIN),
        (5, 2, Coverage.SOLID),
    ],
)
def test_coverage(total, outlets, coverage):
    assert Counts(support=total, outlets=frozenset(range(outlets))).coverage is coverage


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
        assert (cell.state, cell.latest) == (M, "latest: Opposes, 2 Apr 2017")

    def test_statement_without_any_date_counts_but_has_no_day(self):
        make_statement(day=None)
        assert (self.cell().word, self.cell().latest) == ("1 statement", "undated")
        assert self.cell("from=2010").state is State.NONE

    def test_reviewed_only_tells_the_sides_of_checked_ones(self):
        make_statement(day=april(1))
        make_statement(day=april(2))
        checked = make_statement(day=april(3), stance="oppose")
        recording.accept(statement=checked, by=make_user())
        assert self.cell().state is S
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
            "2 issues, 2 actors, 2 government statements from 2 outlets, 1 Apr 2017 – 9 Apr 2017."
            " 3 articles read. 50% reviewed (1 of 2)."
        )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], ""),
        ([{"UK": S, "Russia": O, "US": S}, {"UK": S, "Russia": S, "US": M}],
         ("Where both take a side, UK and US agree on 1 of 1 issue, UK and Russia agree on 1 of 2 issues, "
         "Russia and US agree on 0 of 1 issue.")),
        ([{"UK": N, "Russia": D}], ""),
    ],
)  # fmt: skip
def test_agreement(rows, sentence):
    assert sentences.agreement(rows) == sentence


@pytest.mark.parametrize(
    ("states", "clause"),
    [
        ({"UK": S, "Russia": O, "US": S}, "UK and US support, Russia opposes"),
        ({"UK": D, "Russia": M, "US": N}, "US is neutral, UK declined to say, Russia is mixed"),
        ({"UK": S, "Russia": State.NONE, "US": State.NONE},
         "UK supports, nothing found on Russia and US"),
    ],
)  # fmt: skip
def test_where_each_stands(states, clause):
    assert sentences.stand(states) == clause


@pytest.mark.django_db
class TestQuotes:
    def page(self, **options) -> tables.Page:
        statements = Statement.objects.published()
        options = {"page": "1", "address": "/p/", **options}
        return tables.quotes(statements, total=statements.count(), **options)

    def test_evidence_is_cut_by_the_database_as_python_would(self):
        text = "“Naïve” 🙂 talk.\n\nWe want him\nto go, she said. More."
        start, end = text.index("We want"), text.index(" More")
        make_statement(make_article(text=text), evidence=(start, end))
        assert self.page().quotes[0].text == "We want him to go, she said."

    def test_newest_first_undated_last_in_pages(self):
        for day in range(1, 29):
            make_statement(day=april(day))
        make_statement(day=None)
        first, last = self.page(), self.page(page="2", address="/p/?from=2017-01-01")
        assert (first.quotes[0].day, first.newer, first.older) == (april(28), "", "/p/?page=2")
        assert (last.first, last.last, last.total) == (26, 29, 29)
        assert (last.quotes[-1].day, last.newer, last.older) == (None, "/p/?from=2017-01-01", "")

    @pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
    def test_page_that_is_not_there_gives_one_that_is(self, page):
        make_statement()
        assert self.page(page=page).total == 1

    @pytest.mark.parametrize(
        ("precision", "text"),
        [
            ("day", "5 Apr 2017"),
            ("week", "within a week of 5 Apr 2017"),
            ("article", "5 Apr 2017, date of the article"),
        ],
    )
    def test_says_which_day_it_is(self, precision, text):
        make_statement(day=april(5), date=april(5), date_precision=precision)
        assert self.page().quotes[0].day_text == text

    @pytest.mark.parametrize(
        ("confidence", "text"),
        [(0.95, "high (0.95)"), (0.8, "medium (0.80)"), (0.4, "low (0.40)"), (None, "added by a person")],
    )
    def test_confidence_in_words_and_number(self, confidence, text):
        assert confidence_text(confidence) == text


@pytest.mark.parametrize(
    ("text", "spans"),
    [("one", [(0, 3)]), ("one\n\ntwo", [(0, 3), (5, 8)]), ("one\n\n\n two \n\n", [(0, 3), (7, 10)])],
)
def test_paragraphs_keep_their_places(text, spans):
    assert paragraph_spans(text) == spans


@pytest.mark.django_db
class TestArticlePage:
    TEXT = "One two three.\n\nFour five six."

    def page(self, *findings, **fields) -> tables.ArticlePage:
        article = make_article(text=self.TEXT, **fields)
        record(article, *findings)
        return tables.article_page(Article.objects.select_related("source", "extraction").get(pk=article.pk))

    def segments(self, page: tables.ArticlePage) -> list[list[tuple]]:
        return [
            [
                (part.text, [str(s) for s in part.states], len(part.opens), len(part.closes))
                for part in paragraph.segments
            ]
            for paragraph in page.paragraphs
        ]

    def test_overlapping_evidence_of_two_actors(self):
        page = self.page(
            make_finding(evidence=(0, 7)), make_finding(actor="RU", stance="oppose", evidence=(4, 14))
        )
        assert self.segments(page) == [
            [
                ("One ", ["support"], 1, 0),
                ("two", ["support", "oppose"], 1, 1),
                (" three.", ["oppose"], 0, 1),
            ],
            [("Four five six.", [], 0, 0)],
        ]
        assert page.paragraphs[0].segments[1].classes == "several"

    def test_evidence_over_two_paragraphs_opens_and_closes_once(self):
        page = self.page(make_finding(evidence=(8, 20)))
        assert self.segments(page) == [
            [("One two ", [], 0, 0), ("three.", ["support"], 1, 0)],
            [("Four", ["support"], 0, 1), (" five six.", [], 0, 0)],
        ]

    def test_more_evidence_is_marked_without_an_anchor_of_its_own(self):
        page = self.page(make_finding(evidence=(0, 3), more_evidence=((4, 7),)))
        assert self.segments(page)[0][:3] == [
            ("One", ["support"], 1, 1),
            (" ", [], 0, 0),
            ("two", ["support"], 0, 0),
        ]

    def test_statements_come_in_the_order_of_the_text(self):
        page = self.page(
            make_finding(evidence=(16, 20)),
            make_finding(actor="US", evidence=(0, 3)),
            make_finding(actor="RU", evidence=(4, 7)),
        )
        assert [quote.actor for quote in page.quotes] == ["US", "Russia", "UK"]
        assert page.quotes[0].says == "US supports: Assad departure should come about."

    def test_withdrawn_statement_is_listed_with_reason_but_not_marked(self):
        article = make_article(text=self.TEXT)
        statement = make_statement(article, evidence=(0, 3))
        recording.reject(statement=statement, by=make_user(), reason="a rival's claim", version=0)
        page = tables.article_page(Article.objects.get(pk=article.pk))
        assert self.segments(page)[0] == [("One two three.", [], 0, 0)]
        assert (page.quotes[0].withdrawn, page.quotes[0].reason) == (True, "a rival's claim")

    def test_states_of_reading(self):
        waiting = make_article()
        assert tables.article_page(waiting).reading == "pending"
        ExtractionRun.objects.create(article=waiting, engine="test/1", status="failed", error="no memory")
        page = tables.article_page(Article.objects.get(pk=waiting.pk))
        assert (page.reading, page.error) == ("failed", "no memory")
        assert self.page().reading == "done"

    @pytest.mark.parametrize(
        ("moment", "precision", "text"),
        [
            ("2017-04-10T22:43", "minute", "10 Apr 2017, 23:43 BST"),  # summer time
            ("2015-12-09T17:24", "minute", "9 Dec 2015, 17:24 GMT"),
            ("2015-12-09T00:00", "day", "9 Dec 2015"),
            ("2015-12-01T00:00", "month", "December 2015"),
            ("2015-01-01T00:00", "year", "2015"),
        ],
    )
    def test_date_as_exactly_as_known(self, moment, precision, text):
        at = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        article = Article(published_at=at, published_on=at.date(), published_precision=precision)
        assert published_text(article) == text
        assert published_text(Article()) == "no date"


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
