"""Changes of position: the rule by examples, and what is read for it."""

import datetime
import random
import sys
from collections import Counter, defaultdict

import pytest

from positions import recording, tables
from positions.models import Actor, DailyTally, Issue, MonthlyTally, Statement
from positions.tables.shifts import known_shifts
from positions.tables.states import State
from positions.tables.turns import Day, Rule, rule, turns
from tests.factories import make_actor, make_issue, make_source, make_statement, make_user
from tests.positions.tables.scopes import april, scope_of

RULE = Rule(days=100, least=3, outlets=2, share=0.6)
DAWN = datetime.date(2015, 1, 1)
S, O, N = "support", "oppose", "neutral"  # noqa: E741


def days(*told: tuple[int, str]) -> list[Day]:
    """Days from (number of the day, a letter a statement: s, o or n, in capitals for a second outlet)."""
    sides = "son"
    return [
        Day(
            DAWN + datetime.timedelta(days=number),
            tuple(letters.lower().count(side) for side in sides),
            tuple(
                frozenset(1 + letter.isupper() for letter in letters if letter.lower() == side)
                for side in sides
            ),
        )
        for number, letters in told
    ]


def line(letters: str, step: int = 7) -> list[Day]:
    """A day for each letter, a week apart."""
    return days(*((step * number, letter) for number, letter in enumerate(letters)))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # Plain changes: the day number, from, to.
        (line("sSsoOo"), [(21, S, O)]),
        (line("oOonNn"), [(21, O, N)]),
        (line("nNnsSs"), [(21, N, S)]),
        (days((0, "sSs"), (7, "oOo")), [(7, S, O)]),  # many on one day
        # One statement alone never does, whatever comes before and after.
        (line("sSsSso"), []),
        (line("sSsSsoSsSs"), []),
        (line("o"), []),
        ([], []),
        (line("soOoO"), []),  # nor was it a position to leave
        # Two are still too few, three in one outlet are too.
        (line("sSsoO"), []),
        (line("sSsooo"), []),
        (line("sssoOo"), []),
        (days((0, "sSsS"), (7, "oooooo")), []),
        # To and fro is no position.
        (line("sOsOsOsOsO"), []),
        (line("sSsSoSoSoSoS"), []),
        (line("sSssSsoOsoSsSoOoOoO"), [(91, S, O)]),
        # A few on the wrong side do not hide it; the day is the one that parts them best.
        (line("sSsSsOsoOoO"), [(35, S, O)]),
        (line("sSsSoSsSsoOoOoO"), [(63, S, O)]),
        (line("sSsSsoOosoO"), [(35, S, O)]),
        # There and back again.
        (line("sSsSsS" + "oOoOoOoOoO" + "sSsSsS"), [(42, S, O), (112, O, S)]),
        (line("sSsSsSsS" + "oOoO" + "sSsSsSsS"), []),  # too short to prevail within any window
        (line("sSs" + "oOoOoOoOoOoOoOoO" + "nNn"), [(21, S, O), (133, O, N)]),
        # Slow: over the mixed weeks between, nothing is held, and the old position stands.
        (line("sSsSsSsS" + "sOoS" * 8 + "oOoOoOoO"), [(259, S, O)]),
        # Silence changes nothing, and does not forget.
        (days((0, "sSs"), (2000, "sSs")), []),
        (days((0, "sSs"), (2000, "oOo")), [(2000, S, O)]),
        (days((0, "sSs"), (2000, "o")), []),
        (days((0, "s"), (500, "S"), (1000, "s"), (1500, "o"), (2000, "O"), (2500, "o")), []),  # never within 100
    ],
)  # fmt: skip
def test_rule(told, expected):
    found = [((turn.day - DAWN).days, turn.old, turn.new) for turn in turns(told, RULE)]
    assert found == [(day, State(old), State(new)) for day, old, new in expected]


@pytest.mark.parametrize("removed", range(6))
def test_every_statement_of_a_bare_change_is_needed(removed):
    told = line("sSsoOo")
    assert list(turns(told[:removed] + told[removed + 1 :], RULE)) == []


def test_turn_says_what_it_rests_on():
    (turn,) = turns(line("sSsoSsOooO"), RULE)
    assert turn.until == DAWN + datetime.timedelta(days=35)
    assert (turn.before.support, turn.before.oppose) == (5, 1)
    assert (turn.after.support, turn.after.oppose) == (0, 4)
    assert turn.before.outlets == {1, 2}
    assert (turn.after.earliest, turn.after.latest) == (turn.day, DAWN + datetime.timedelta(days=63))


def change(
    first: int = 1, *, actor: str = "UK", issue: str = "assad-departure", old: str = S, new: str = O
) -> None:
    """Three statements on the old side and three on the new one, a day apart, from two outlets."""
    for number in range(6):
        make_statement(
            day=april(first + number),
            source=make_source(f"outlet-{number % 2}"),
            actor=actor,
            issue=issue,
            stance=old if number < 3 else new,
        )


@pytest.mark.django_db
class TestShifts:
    def test_says_from_what_to_what_with_both_sentences(self):
        change()
        (shift,) = tables.shifts(scope_of())
        assert (shift.day, shift.until, shift.text) == (
            april(4), april(3), "UK on Assad departure: Supports → Opposes",
        )  # fmt: skip
        assert (shift.quote_before.day, shift.quote_before.state) == (april(3), State.SUPPORT)
        assert (shift.quote_after.day, shift.quote_after.state) == (april(4), State.OPPOSE)
        assert shift.evidence_before == shift.evidence_after == "3 of 3 statements, 2 outlets"
        assert shift.key == "uk/assad-departure/2017-04-04/support-oppose"
        assert shift.was == "was Supports until 3 Apr 2017"

    def test_newest_first_then_as_in_the_matrix(self):
        make_actor("UK")
        change(1, actor="RU", old=N)
        change(9)
        change(1, actor="UK", issue="sanctions")
        assert [shift.text for shift in tables.shifts(scope_of())] == [
            "UK on Assad departure: Supports → Opposes",
            "UK on Sanctions: Supports → Opposes",
            "Russia on Assad departure: Neutral → Opposes",
        ]

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("", 1),
            ("from=2017-04-04", 1),  # what was held before the period counts
            ("from=2017-04-05", 0),
            ("to=2017-04-06", 1),
            ("to=2017-04-05", 0),  # not yet held by then
            ("actor=uk", 1),
            ("issue=assad-departure", 1),
            ("outlet=outlet-0", 0),  # one outlet is not enough
            ("reviewed=1", 0),
        ],
    )
    def test_scope(self, query, number):
        change()
        assert len(tables.shifts(scope_of(query))) == number

    def test_a_rejected_statement_takes_its_change_away(self):
        change()
        last = Statement.objects.get(day=april(6))
        assert len(tables.shifts(scope_of())) == 1
        recording.reject(statement=last, by=make_user(), reason="not said", version=0)
        assert tables.shifts(scope_of()) == ()

    @pytest.mark.parametrize(
        "weak",
        [
            {"day": None},
            {"day": april(6), "published": False, "confidence": 0.5},
            {"day": april(6), "stance": N, "declined": True},
            {"day": april(6), "voice": "other"},
        ],
    )
    def test_what_does_not_complete_a_change(self, weak):
        for number, side in enumerate([S, S, S, O, O], 1):
            make_statement(day=april(number), source=make_source(f"outlet-{number % 2}"), stance=side)
        make_statement(**{"stance": O, "source": make_source("outlet-2"), **weak})
        assert tables.shifts(scope_of()) == ()

    def test_refusals_to_say_neither_make_nor_break_one(self):
        change()
        for number in range(1, 10):
            make_statement(day=april(number), stance=N, declined=True, source=make_source("outlet-3"))
        (shift,) = tables.shifts(scope_of())
        assert shift.evidence_after == "3 of 3 statements, 2 outlets"

    def test_reviewed_only_reads_what_people_checked(self):
        change()
        for statement in Statement.objects.all():
            recording.accept(statement=statement, by=make_user())
        assert len(tables.shifts(scope_of("reviewed=1"))) == 1

    def test_prefers_the_actor_s_own_words_to_the_outlet_s(self):
        change()
        for number, (attribution, confidence) in enumerate([("described", 0.99), ("own-words", 0.8)]):
            make_statement(
                day=april(4),
                source=make_source(f"outlet-{2 + number}"),
                stance=O,
                confidence=confidence,
                attribution=attribution,
                evidence=(0, 79),
            )
        (shift,) = tables.shifts(scope_of())
        assert (shift.quote_after.attribution, shift.quote_after.outlet) != (
            "Outlet's description",
            "Outlet 2",
        )
        assert shift.quote_after.state is State.OPPOSE

    def test_settings_are_the_rule(self, settings):
        change()
        settings.DIPWATCH_SHIFT_OUTLETS = 3
        assert tables.shifts(scope_of()) == ()

    def test_two_queries_however_many(self, django_assert_num_queries):
        change(1)
        change(9, actor="RU")
        change(1, issue="sanctions")
        scope = scope_of()
        with django_assert_num_queries(2):
            assert len(tables.shifts(scope)) == 3
        with django_assert_num_queries(1):
            tables.shifts(scope, quoted=False)

    def test_pages(self, monkeypatch):
        monkeypatch.setattr(sys.modules["positions.tables.shifts"], "PER_PAGE", 1)
        change(1)
        change(9, actor="RU")
        first = tables.shift_page(scope_of(), page="1", address="/shifts/")
        assert (first.total, first.first, first.newer, first.older) == (2, 1, "", "/shifts/?page=2")
        assert first.status == "2 changes by 2 actors on 1 issue, 4 Apr 2017 – 12 Apr 2017."
        last = tables.shift_page(scope_of(), page="9", address="/shifts/")
        assert [shift.actor.label for shift in last.shifts] == ["UK"]
        assert (last.newer, last.older) == ("/shifts/", "")

    def test_says_when_the_scope_has_too_few_outlets(self):
        make_source("outlet-0")
        assert tables.shift_page(scope_of("outlet=outlet-0"), page="1", address="/").one_outlet

    def test_known_ones_are_those_that_would_be_found_now(self, django_assert_num_queries):
        change()
        scope = scope_of()
        with django_assert_num_queries(2):
            first = known_shifts(scope)
        with django_assert_num_queries(1):
            assert known_shifts(scope) == first
        assert first == tables.shifts(scope, quoted=False)
        later = scope_of("from=2017-04-05")
        with django_assert_num_queries(1):  # another period needs no other days
            assert known_shifts(later) == ()
        last = Statement.objects.get(day=april(6))
        recording.reject(statement=last, by=make_user(), reason="not said", version=0)
        assert known_shifts(scope) == ()


def tell(issue: Issue, actor: Actor, told: list[Day]) -> None:
    """Write the tallies of one cell, by day and by month, for days on which one statement was made."""
    months = defaultdict(Counter)
    sources = {outlet: make_source(f"outlet-{outlet}") for outlet in (1, 2)}
    key = {"actor": actor, "issue": issue, "voice": "government", "published": True, "level": 9}
    rows = []
    for day in told:
        side = day.sides.index(1)
        (outlet,) = day.outlets[side]
        rows.append(DailyTally(**key, source=sources[outlet], day=day.day, **{(S, O, N)[side]: 1}))
        months[day.day.replace(day=1)][(S, O, N)[side]] += 1
    DailyTally.objects.bulk_create(rows)
    MonthlyTally.objects.bulk_create(
        MonthlyTally(**key, month=month, **counts) for month, counts in months.items()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("window", "seed"), [(20, 1), (70, 2), (180, 3), (180, 4)])
def test_no_change_is_missed_by_looking_at_months_first(settings, window, seed):
    """Random cells, some that turn and some that do not: the days that are read give the same changes as all days."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    settings.DIPWATCH_SHIFT_DAYS = window
    actor, expected = make_actor("UK"), {}
    for number in range(6):
        issue = make_issue(f"issue-{number}")
        when, sure, sparse = chance.randint(30, 600), chance.uniform(0.5, 1), chance.choice([3, 10, 40])
        told, day = [], 0
        while (day := day + chance.randint(1, sparse)) < 900:
            side = (day >= when) != (chance.random() > sure)
            letter = chance.choice("oO" if side else "sS")
            told += days((day, letter))
        tell(issue, actor, told)
        expected[issue.pk, actor.pk] = [turn.day for turn in turns(told, rule())]
    until = DAWN + datetime.timedelta(days=chance.randint(500, 900))
    found = defaultdict(list)
    for shift in reversed(tables.shifts(scope_of(), quoted=False)):
        found[shift.issue.pk, actor.pk].append(shift.day)
    assert found == {place: made for place, made in expected.items() if made}
    assert all(shift.day <= until for shift in tables.shifts(scope_of(f"to={until}"), quoted=False))
