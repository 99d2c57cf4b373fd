"""What machine and people say about an article, and what becomes of it."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from positions import recording, tallies
from positions.extraction import types
from positions.models import DailyTally, Issue, Review, Stance, Statement
from tests.factories import make_article, make_extraction, make_finding, make_statement, make_user, record

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (0, 78), (80, 126), (127, 180)  # Sentences of the factories' text.


@pytest.fixture(autouse=True)
def tallies_in_step():
    """Whatever a test does, tallies equal what their statements add up to."""
    yield
    assert tallies.differences() == []


def shown(article):
    """The standing statements, in short."""
    return sorted(
        (row.stance, row.evidence_start, row.reviewed, row.published, row.disputed)
        for row in article.statements.standing()
    )


class TestRecordFindings:
    def test_writes_run_stances_and_statements(self):
        article = make_article()
        [row] = record(article, make_finding(evidence=FIRST, more_evidence=(SECOND,)))
        assert article.extraction.status == "done"
        assert (
            row.evidence == "London will not change its mind, the foreign secretary told members on Monday."
        )
        assert (row.more_evidence, row.day, row.confidence) == ([[80, 126]], datetime.date(2017, 4, 10), 0.9)
        assert row.stance_row == Stance.objects.get()
        assert str(row) == f"S-{row.pk}"

    @pytest.mark.parametrize(
        ("again", "expected"),
        [
            # (what the second extraction finds, standing statements after it: number, stance, same number as before)
            ({}, [("support", True)]),
            ({"confidence": 0.4, "published": False}, [("support", True)]),
            ({"evidence": FIRST}, [("support", True)]),
            ({"stance": "oppose"}, [("oppose", True)]),  # the same sentence read differently
            ({"voice": "other"}, [("support", True)]),
            ({"stance": "oppose", "evidence": FIRST}, [("oppose", False)]),
            ({"issue": "sanctions"}, [("support", False)]),
        ],
    )
    def test_statement_keeps_its_number(self, again, expected):
        article = make_article()
        [before] = record(article, make_finding())
        rows = record(article, make_finding(**again))
        assert [(row.stance, row.pk == before.pk) for row in rows] == expected

    def test_no_longer_found_is_withdrawn_and_comes_back(self):
        article = make_article()
        [row] = record(article, make_finding())
        assert record(article) == []
        assert Statement.objects.get(withdrawn=True) == row
        assert not DailyTally.objects.exists()
        assert record(article, make_finding()) == [row]

    def test_statements_that_trade_findings(self):
        """Uniqueness of the link to a finding is checked row by row while both change."""
        article = make_article()
        support, oppose = make_finding(evidence=FIRST), make_finding(stance="oppose", evidence=SECOND)
        before = record(article, support, oppose)
        record(article, make_finding(stance="neutral", evidence=FIRST))
        assert {row.stance for row in record(article, support, oppose)} == {row.stance for row in before}

    def test_twice_changes_nothing(self):
        article = make_article()
        findings = make_finding(), make_finding(actor="RU", stance="oppose")
        before = [(row.pk, row.stance_row_id) for row in record(article, *findings)]
        assert [(row.pk, row.stance_row_id) for row in record(article, *findings)] == before
        assert Statement.pgh_event_model.objects.count() == 0

    @pytest.mark.parametrize(
        ("date", "precision", "kept"),
        [
            (datetime.date(2016, 12, 31), "day", False),
            (datetime.date(2017, 1, 1), "day", True),  # both ends belong to the period
            (datetime.date(2017, 1, 31), "day", True),
            (datetime.date(2017, 2, 1), "day", False),
            (None, "article", False),  # of the article's day, 10 April 2017
            (None, "unknown", True),  # "in 2013": not known to be outside
        ],
    )
    def test_period_of_the_issue(self, date, precision, kept):
        article = make_article()
        record(article, make_finding())
        Issue.objects.update(valid_from=datetime.date(2017, 1, 1), valid_until=datetime.date(2017, 1, 31))
        assert bool(record(article, make_finding(date=date, date_precision=precision))) is kept
        assert ["issue" in item["reason"] for item in article.extraction.dropped] == ([] if kept else [True])

    def test_dropped_is_kept_with_its_reason(self):
        article = make_article()
        dropped = types.Dropped("UK", "government", "sanctions", "support", 0.2, FIRST, "below 0.3")
        record(article, dropped=(dropped,))
        assert article.extraction.dropped[0] | {"confidence": 0} == {
            "actor": "UK", "voice": "government", "issue": "sanctions", "stance": "support", "confidence": 0,
            "evidence": [0, 78], "reason": "below 0.3",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("findings", "message"),
        [
            ([{"actor": "FR"}], "actor 'FR' is not in the database"),
            ([{"issue": "fisheries"}], "issue 'fisheries' is not in the database"),
            ([{"evidence": (10, 10)}], "not within the 226 characters"),
            ([{"evidence": (200, 227)}], "not within the 226 characters"),
            ([{"more_evidence": ((-1, 5),)}], "not within the 226 characters"),
            ([{}, {"confidence": 0.1}], "found twice"),
        ],
    )
    def test_bad_findings_change_nothing(self, findings, message):
        article = make_article()
        [row] = record(article, make_finding(stance="neutral"))
        extraction = make_extraction(article, *[make_finding(**finding) for finding in findings])
        with pytest.raises(recording.InvalidFinding, match=message):
            recording.record_findings(article=article, extraction=extraction, seconds=0.1)
        assert list(article.statements.standing()) == [row]

    def test_failure_keeps_what_was_found(self):
        article = make_article()
        [row] = record(article, make_finding())
        recording.record_failure(article=article, engine="test/2", error="ValueError: no", seconds=1)
        article.refresh_from_db()
        assert (article.extraction.status, article.extraction.error) == ("failed", "ValueError: no")
        assert list(article.statements.standing()) == [row]
        record(article, make_finding())
        article.extraction.refresh_from_db()
        assert (article.extraction.status, article.extraction.error) == ("done", "")


class TestDecisions:
    def test_accept(self):
        row = recording.accept(statement=make_statement(confidence=0.5, published=False), by=make_user())
        assert (row.review.verdict, row.review.version, row.published, row.reviewed) == (
            "accepted",
            1,
            True,
            True,
        )

    def test_correct(self):
        row = make_statement(stance="neutral", declined=True)
        row = recording.correct_stance(
            statement=row,
            by=make_user(),
            reason="Misread",
            version=0,
            stance="oppose",
            date=datetime.date(2017, 4, 7),
        )
        assert (row.stance, row.declined, row.date_precision, row.day) == (
            "oppose", False, "day", datetime.date(2017, 4, 7),
        )  # fmt: skip
        assert (row.review.verdict, row.review.machine_stance, row.stance_row.stance) == (
            "corrected",
            "neutral",
            "neutral",
        )

    def test_reject_withdraws_and_accept_brings_back(self):
        row = recording.reject(statement=make_statement(), by=make_user(), reason="A question", version=0)
        assert (row.withdrawn, row.published, row.reviewed) == (True, False, True)
        row = recording.accept(statement=row, by=make_user())
        assert (row.withdrawn, row.review.verdict, row.review.reason, row.review.version) == (
            False,
            "accepted",
            "",
            2,
        )

    def test_add(self):
        article = make_statement().article
        issue = Issue.objects.get()
        row = recording.add_stance(
            article=article, by=make_user(), actor=make_statement().actor, voice="other", speaker="A member",
            issue=issue, stance="oppose", evidence_start=0, evidence_end=78,
        )  # fmt: skip
        assert (row.review.verdict, row.confidence, row.published, row.article) == (
            "added",
            None,
            True,
            article,
        )

    def test_add_takes_up_the_number_of_a_withdrawn_statement(self):
        article = make_article()
        [gone] = record(article, make_finding())
        record(article)
        row = recording.add_stance(
            article=article, by=make_user(), actor=gone.actor, voice=gone.voice, speaker="A member", issue=gone.issue,
            stance=gone.stance, evidence_start=0, evidence_end=78,
        )  # fmt: skip
        assert row == gone

    @pytest.mark.parametrize("verb", ["correct_stance", "reject"])
    def test_reason_is_needed(self, verb):
        changes = {"stance": "oppose"} if verb == "correct_stance" else {}
        with pytest.raises(recording.ReasonMissing):
            getattr(recording, verb)(
                statement=make_statement(), by=make_user(), reason=" ", version=0, **changes
            )

    @pytest.mark.parametrize("verb", ["correct_stance", "reject"])
    def test_two_editors_at_once(self, verb):
        row = make_statement()
        recording.correct_stance(
            statement=row, by=make_user("bob"), reason="Mine", version=0, stance="oppose"
        )
        with pytest.raises(recording.EditConflict, match="bob decided “Corrected” on S-") as caught:
            getattr(recording, verb)(statement=row, by=make_user("eve"), reason="No, mine", version=0)
        assert caught.value.theirs.stance == "oppose"
        assert caught.value.proposed["reason"] == "No, mine"

    def test_conflict_with_a_decision_taken_back(self):
        row = recording.accept(statement=make_statement(), by=make_user("bob"))
        recording.undo(review=row.review, by=make_user("bob"))
        with pytest.raises(recording.EditConflict, match="taken back"):
            recording.reject(statement=row, by=make_user("eve"), reason="No", version=1)

    def test_correction_to_what_another_statement_says(self):
        article = make_article()
        oppose, support = record(article, make_finding(), make_finding(stance="oppose", evidence=FIRST))
        with pytest.raises(recording.AlreadyHeld, match=f"{support} says this already"):
            recording.correct_stance(
                statement=oppose, by=make_user(), reason="Misread", version=0, stance="support"
            )

    def test_evidence_must_be_in_the_text(self):
        with pytest.raises(recording.InvalidFinding, match="not within"):
            recording.correct_stance(
                statement=make_statement(), by=make_user(), reason="Span", version=0, evidence_end=1000
            )

    def test_unknown_field(self):
        with pytest.raises(TypeError, match="published"):
            recording.correct_stance(
                statement=make_statement(), by=make_user(), reason="x", version=0, published=True
            )

    def test_accepting_a_correction_again_keeps_its_reason(self):
        row = recording.correct_stance(
            statement=make_statement(), by=make_user(), reason="Misread", version=0, stance="oppose"
        )
        row = recording.accept(statement=row, by=make_user("eve"))
        assert (row.review.verdict, row.review.reason, row.stance) == ("corrected", "Misread", "oppose")


ACCEPT = ("accept", {})
REJECT = ("reject", {"reason": "No stance", "version": 0})
OPPOSE = ("correct_stance", {"reason": "Misread", "version": 0, "stance": "oppose"})
SAME = {}
GONE = None
MOVED = {"evidence": THIRD}
LONGER = {"evidence": (80, 180)}


class TestExtractingAgain:
    """The machine finds support in the second sentence, a person decides, the machine reads the article again."""

    @pytest.mark.parametrize(
        ("decision", "again", "expected"),
        [
            # decision, second finding, statements: (stance, evidence, reviewed, published, disputed)
            (ACCEPT, SAME, [("support", 80, True, True, False)]),
            (ACCEPT, GONE, [("support", 80, True, True, True)]),
            (ACCEPT, MOVED, [("support", 80, True, True, False)]),
            (ACCEPT, {"stance": "oppose"}, [("support", 80, True, True, True)]),
            (ACCEPT, {"stance": "oppose", **MOVED},
             [("oppose", 127, False, True, False), ("support", 80, True, True, True)]),
            (OPPOSE, SAME, [("oppose", 80, True, True, False)]),
            (OPPOSE, LONGER, [("oppose", 80, True, True, False)]),
            (OPPOSE, GONE, [("oppose", 80, True, True, True)]),
            (OPPOSE, {"stance": "oppose"}, [("oppose", 80, True, True, False)]),  # the machine comes round
            (OPPOSE, {"stance": "neutral"}, [("oppose", 80, True, True, True)]),
            (OPPOSE, {"voice": "other"}, [("oppose", 80, True, True, True)]),
            (OPPOSE, {"stance": "oppose", **MOVED}, [("oppose", 80, True, True, False)]),
            (REJECT, SAME, []),
            (REJECT, LONGER, []),
            (REJECT, GONE, []),
            (REJECT, MOVED, [("support", 127, False, True, False)]),  # another sentence, nobody has judged it
            (REJECT, {"stance": "oppose"}, []),
        ],
    )  # fmt: skip
    def test_decision_stands(self, decision, again, expected):
        article = make_article()
        [row] = record(article, make_finding())
        verb, arguments = decision
        row = getattr(recording, verb)(statement=row, by=make_user(), **arguments)
        review = Review.objects.values().get()
        record(article, *([] if again is GONE else [make_finding(**again)]))
        assert shown(article) == expected
        assert Review.objects.values().get() == review
        assert Statement.objects.get(review__isnull=False).pk == row.pk

    def test_rejected_reading_makes_way_for_the_right_one(self):
        """Both readings of one sentence were there when the wrong one was rejected."""
        article = make_article()
        wrong, right = record(article, make_finding(), make_finding(stance="oppose"))
        recording.reject(statement=wrong, by=make_user(), reason="Inverted", version=0)
        assert record(article, make_finding(stance="oppose")) == [right]

    def test_disputed_is_settled_by_deciding_again(self):
        article = make_article()
        [row] = record(article, make_finding())
        recording.accept(statement=row, by=make_user())
        record(article, make_finding(stance="oppose"))
        row.refresh_from_db()
        assert row.disputed
        row = recording.correct_stance(statement=row, by=make_user(), reason="It is right", version=1)
        assert (row.stance, row.disputed, row.review.verdict) == ("support", False, "corrected")
        record(article, make_finding(stance="oppose"))
        row.refresh_from_db()
        assert (row.stance, row.disputed) == ("support", False)

    def test_disputed_is_settled_by_accepting_again(self):
        article = make_article()
        [row] = record(article, make_finding())
        recording.accept(statement=row, by=make_user())
        record(article, make_finding(stance="oppose"))
        row = recording.accept(statement=row, by=make_user())
        assert (row.stance, row.disputed, row.review.verdict) == ("support", False, "corrected")
        assert row.review.reason == "Accepted although a later extraction differs."

    def test_lost_sentence_can_be_kept_by_deciding_again(self):
        article = make_article()
        [row] = record(article, make_finding())
        recording.accept(statement=row, by=make_user())
        record(article)
        row = recording.accept(statement=row, by=make_user())
        assert (row.disputed, row.review.verdict) == (False, "added")


class TestUndo:
    def test_first_version_leaves_the_machine_alone(self):
        row = recording.reject(statement=make_statement(), by=make_user(), reason="No", version=0)
        row = recording.undo(review=row.review, by=make_user())
        assert (row.stance, row.withdrawn, row.reviewed, row.review, row.published) == (
            "support",
            False,
            False,
            None,
            True,
        )

    def test_back_through_all_decisions(self):
        user, row = make_user(), make_statement()
        for version, stance in enumerate(("oppose", "neutral")):
            row = recording.correct_stance(statement=row, by=user, reason="r", version=version, stance=stance)
        row = recording.undo(review=row.review, by=user)
        assert (row.stance, row.review.version) == ("oppose", 3)
        row = recording.correct_stance(statement=row, by=user, reason="r", version=3, stance="support")
        stances = [recording.undo(review=row.review, by=user).stance for _ in range(2)]
        assert stances == ["oppose", "support"]
        assert not Review.objects.exists()

    def test_added_stance_is_withdrawn(self):
        row = make_statement()
        row = recording.add_stance(
            article=row.article, by=make_user(), actor=row.actor, voice="other", speaker="x", issue=row.issue,
            stance="oppose", evidence_start=0, evidence_end=10,
        )  # fmt: skip
        assert recording.undo(review=row.review, by=make_user()).withdrawn

    def test_not_over_a_later_decision(self):
        user, row = make_user(), make_statement()
        row = recording.accept(statement=row, by=user)
        recording.correct_stance(statement=row, by=make_user("eve"), reason="r", version=1, stance="oppose")
        with pytest.raises(recording.EditConflict, match="eve"):
            recording.undo(review=row.review, by=user, version=1)

    def test_nothing_to_undo(self):
        row = recording.accept(statement=make_statement(), by=make_user())
        recording.undo(review=row.review, by=make_user())
        with pytest.raises(recording.NothingToUndo, match="taken back already"):
            recording.undo(review=row.review, by=make_user())


class TestHistory:
    def test_every_version_is_kept_with_who_did_it(self):
        ada, eve, row = make_user("ada"), make_user("eve"), make_statement()
        row = recording.accept(statement=row, by=ada)
        row = recording.reject(statement=row, by=eve, reason="No", version=1)
        recording.undo(review=row.review, by=ada)
        events = row.review.events.order_by("pgh_id").select_related("pgh_context")
        kept = [(event.version, event.verdict, event.pgh_context.metadata["user"]) for event in events]
        assert kept == [(1, "accepted", ada.pk), (2, "rejected", eve.pk), (3, "accepted", ada.pk)]

    def test_queryset_updates_are_kept_too(self):
        row = recording.accept(statement=make_statement(), by=make_user())
        Review.objects.filter(pk=row.review_id).update(speaker="Somebody else")
        assert list(row.review.events.order_by("pgh_id").values_list("speaker", flat=True)) == [
            "Foreign Office", "Somebody else",
        ]  # fmt: skip


def test_copies_on_several_days_and_sources_have_tallies_of_their_own():
    for day in (1, 1, 2):
        make_statement(day=datetime.date(2017, 4, day))
    make_statement(day=None)
    counts = DailyTally.objects.order_by("day").values_list("day", "support")
    assert list(counts) == [(datetime.date(2017, 4, 1), 2), (datetime.date(2017, 4, 2), 1), (None, 1)]


class TestTalliesThatDrifted:
    """Somebody wrote past recording."""

    def test_are_told_and_counted_anew(self):
        make_statement()
        DailyTally.objects.update(support=5)
        with pytest.raises(CommandError, match="1 tallies are wrong"):
            call_command("rebuild_tallies", "--check")
        call_command("rebuild_tallies")
        call_command("rebuild_tallies", "--check")

    def test_stop_what_would_count_below_nothing(self):
        row = make_statement()
        DailyTally.objects.update(support=0)
        with pytest.raises(tallies.TallyDrift, match="rebuild_tallies"), transaction.atomic():
            record(row.article)
        assert not Statement.objects.get().withdrawn
        tallies.rebuild()
