"""The page of one actor and the page of one issue."""

import pytest

from positions import tables
from positions.models import Actor, Issue
from tests.factories import make_actor, make_article, make_issue, make_source, make_statement
from tests.positions.tables.scopes import april, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_issue("assad-departure", order=0)
    make_issue("sanctions", order=1, theme="Other theme")
    make_issue("refugees", order=2)
    for day in range(1, 6):
        make_statement(day=april(day), source=make_source(f"outlet-{day % 2}"), speaker="Ann Example")
    make_statement(day=april(7), speaker="Foreign Office", issue="sanctions", stance="oppose")
    make_statement(day=april(8), speaker="Ann Example", issue="sanctions", stance="oppose")
    make_statement(day=april(9), actor="RU", speaker="Sergei Lavrov", stance="oppose")
    make_statement(
        day=april(10), actor="RU", speaker="Ann Example", stance="oppose"
    )  # the same name elsewhere


def outlets() -> list:
    from articles.models import Source

    return list(Source.objects.all())


def of_actor(query: str = "", slug: str = "uk") -> tables.Profile:
    return tables.actor_profile(scope_of(query).of_actor(Actor.objects.get(slug=slug)), outlets())


def of_issue(query: str = "", slug: str = "assad-departure") -> tables.Profile:
    return tables.issue_profile(scope_of(query).of_issue(Issue.objects.get(slug=slug)), outlets())


@pytest.mark.usefixtures("corpus")
class TestActor:
    def test_positions_by_theme(self):
        profile = of_actor()
        assert [name for name, _ in profile.themes] == ["Test theme", "Other theme"]
        departure, refugees = profile.themes[0][1]
        assert (departure.word, departure.evidence) == ("Supports", "5 of 5 statements, 2 outlets")
        assert (refugees.word, refugees.counts.total, refugees.latest) == ("No evidence", 0, "")
        assert profile.summary == "UK supports 1 issue, opposes 1 issue, with evidence on 2 of 3 issues."

    def test_links_keep_the_scope(self):
        place = of_actor("from=2017-01-01").themes[0][1][0]
        assert place.url == "/position/uk/assad-departure/?from=2017-01-01"
        assert place.about == "/issue/assad-departure/?from=2017-01-01"

    def test_main_speakers_with_sides_and_latest_words(self):
        first, second = of_actor().speakers
        assert (first.name, first.total, first.sides) == ("Ann Example", 6, "5 for, 1 against")
        assert first.latest.day == april(8)
        assert (second.name, second.total) == ("Foreign Office", 1)

    def test_latest_evidence_newest_first(self):
        assert [quote.day for quote in of_actor().latest] == [april(day) for day in (8, 7, 5, 4, 3)]

    def test_scope_narrows_everything(self):
        profile = of_actor("issue=sanctions&to=2017-04-07")
        assert (profile.counts.total, len(profile.speakers), len(profile.latest)) == (1, 1, 1)

    def test_single_outlet_is_told(self):
        assert of_actor("issue=sanctions").coverage[1].startswith("All rests on a single outlet")
        assert of_actor().coverage == ("Statements from 3 outlets: Outlet 0, Outlet 1, The Courier.",)


@pytest.mark.usefixtures("corpus")
class TestIssue:
    def test_each_actor(self):
        profile = of_issue()
        [(_, places)] = profile.themes
        assert [(place.label, place.word) for place in places] == [
            ("UK", "Supports"), ("Russia", "Opposes"), ("US", "No evidence"),
        ]  # fmt: skip
        assert places[1].thin
        assert "UK supports, Russia opposes, nothing found on US" in profile.summary

    def test_speakers_of_one_name_stay_apart_by_actor(self):
        found = {(speaker.name, speaker.latest.actor): speaker.total for speaker in of_issue().speakers}
        assert found == {
            ("Ann Example", "UK"): 5,
            ("Ann Example", "Russia"): 1,
            ("Sergei Lavrov", "Russia"): 1,
        }

    def test_change_is_told_with_the_position(self):
        for day in range(11, 20):
            for outlet in ("outlet-0", "outlet-1"):
                article = make_article(make_source(outlet), day=april(day))
                make_statement(article, stance="oppose", speaker="Ann Example")
        profile = of_issue()
        if profile.shifts and profile.shifts[0].new is profile.themes[0][1][0].state:
            assert profile.themes[0][1][0].changed.startswith("was Supports until")
        assert profile.shifts


def test_nothing_on_an_actor():
    make_actor()
    make_issue()
    profile = of_actor()
    assert (profile.counts.total, profile.speakers, profile.latest, profile.summary) == (0, (), (), "")
