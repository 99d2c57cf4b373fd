"""Editing statements in the admin: who may, what is recorded, what is refused, and what it costs."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from positions import recording
from positions.models import Review, Statement
from tests.factories import (
    make_article,
    make_event,
    make_finding,
    make_person,
    make_statement,
    make_user,
    record,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/positions/statement/"
MODELS = ["actor", "person", "issue", "event", "extractionrun", "stance", "review", "statement", "dailytally"]


@pytest.fixture
def editor():
    """Somebody who may decide and look at everything, as editors may."""
    user = make_user("eve", is_staff=True)
    codes = ["change_review", *(f"view_{model}" for model in MODELS)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


def page_of(row: Statement) -> str:
    return reverse("admin:positions_statement_change", args=[row.pk])


def filled(client, row: Statement, **changes) -> dict:
    """What the browser would send from the page as it is, with some fields changed."""
    form = client.get(page_of(row)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    return {**sent, **changes}


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


class TestLists:
    @pytest.mark.parametrize("model", MODELS)
    def test_every_model_has_its_list_and_pages(self, client, model):
        client.force_login(make_user("root", administrator=True))
        make_person()
        make_event()
        row = recording.accept(statement=make_statement(), by=make_user())
        response = client.get(f"/admin/positions/{model}/")
        assert response.status_code == 200
        first = response.context["cl"].result_list[0]
        assert client.get(reverse(f"admin:positions_{model}_change", args=[first.pk])).status_code == 200
        assert row.pk

    @pytest.mark.parametrize("model", ["extractionrun", "stance", "review", "dailytally"])
    @pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
    def test_what_recording_writes_is_read_only(self, client, model, page):
        client.force_login(make_user("root", administrator=True))
        recording.accept(statement=make_statement(), by=make_user())
        pk = client.get(f"/admin/positions/{model}/").context["cl"].result_list[0].pk
        assert client.get(f"/admin/positions/{model}/{page.format(pk=pk)}").status_code == 403
        assert client.post(reverse(f"admin:positions_{model}_change", args=[pk]), {}).status_code == 403

    def test_columns(self, signed_in):
        article = make_article(text="Ministers said that " + "very " * 40 + "much should change.")
        record(article, make_finding(evidence=(0, len(article.text)), confidence=0.456, published=False))
        text = re.sub(r"<[^>]+>|\s+", " ", signed_in.get(LIST).content.decode())
        for part in [
            "10 Apr 2017",
            " UK ",
            "Assad departure",
            "▲ Supports",
            "The Courier",
            "0.46",
        ]:
            assert part in text
        assert "Ministers said that " + "very " * 19 + "very…" in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=S-{pk}", True),
            ("q=s-{pk}", True),
            ("q=S-9999999999999999999999", False),
            ("q=syrian leader", True),
            ("q=bananas", False),
            ("stance__exact=support", True),
            ("stance__exact=oppose", False),
            ("reviewed__exact=0", True),
            ("published__exact=0", False),
            ("disputed__exact=1", False),
            ("withdrawn__exact=1", False),
        ],
    )
    def test_search_and_filters(self, signed_in, query, found):
        row = make_statement()
        response = signed_in.get(f"{LIST}?{query.format(pk=row.pk)}")
        assert [*response.context["cl"].result_list] == ([row] if found else [])

    def test_queries_do_not_grow_with_rows(self, signed_in, django_assert_max_num_queries):
        for day in range(1, 20):
            row = make_statement(day=datetime.date(2017, 4, day))
        recording.accept(statement=row, by=make_user())
        with django_assert_max_num_queries(8):
            signed_in.get(LIST)


class TestDecide:
    def test_correct(self, signed_in, editor):
        row = make_statement()
        response = signed_in.post(
            page_of(row), filled(signed_in, row, stance="oppose", reason="Inverted", _correct=""), follow=True
        )
        assert f"{row} is corrected." in said(response)
        review = Review.objects.get()
        assert (review.stance, review.machine_stance, review.by, review.reason) == (
            "oppose",
            "support",
            editor,
            "Inverted",
        )
        assert "▼ Opposes" in response.content.decode()

    @pytest.mark.parametrize(
        ("changes", "field", "expected"),
        [
            ({"voice": "other"}, "voice", "other"),
            ({"speaker": "The Prime Minister"}, "speaker", "The Prime Minister"),
            ({"attribution": "act"}, "attribution", "act"),
            ({"date": "2017-04-07"}, "day", datetime.date(2017, 4, 7)),
            ({"stance": "neutral", "declined": "on"}, "declined", True),
            (
                {"evidence": "Moscow says that his future\r\n is for Syrians to decide."},
                "evidence_start",
                127,
            ),
        ],
    )
    def test_every_field(self, signed_in, changes, field, expected):
        row = make_statement()
        signed_in.post(page_of(row), filled(signed_in, row, reason="Why", _correct="", **changes))
        row.refresh_from_db()
        assert row.reviewed
        assert getattr(row, field) == expected

    def test_accept_reject_and_take_back(self, signed_in):
        row = make_statement(published=False, confidence=0.5)
        signed_in.post(page_of(row), filled(signed_in, row, _accept=""))
        assert Review.objects.get().verdict == "accepted"
        signed_in.post(page_of(row), filled(signed_in, row, reason="A question", _reject=""))
        assert Review.objects.get().verdict == "rejected"
        signed_in.post(page_of(row), filled(signed_in, row, _undo=""))
        assert Review.objects.get().verdict == "accepted"
        signed_in.post(page_of(row), filled(signed_in, row, _undo=""))
        assert not Review.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"stance": "oppose", "_correct": ""}, "Say why"),
            ({"_reject": ""}, "Say why"),
            ({"_correct": "", "reason": "x"}, "Nothing was changed"),
            ({"_accept": "", "stance": "oppose"}, "You changed something"),
            ({"declined": "on", "_correct": "", "reason": "x"}, "takes neither side"),
            ({"evidence": "The minister resigned.", "_correct": "", "reason": "x"}, "does not say so"),
            ({"issue": "0", "_correct": "", "reason": "x"}, "Select a valid choice"),
            ({"stance": "neutral", "_correct": "", "reason": "x"}, "says this already"),
        ],
    )
    def test_refused_with_the_reason_on_the_page(self, signed_in, changes, message):
        article = make_article()
        row, _ = record(article, make_finding(evidence=(0, 10)), make_finding(stance="neutral"))
        response = signed_in.post(page_of(row), filled(signed_in, row, **changes))
        assert (response.status_code, Review.objects.count()) == (200, 0)
        assert message in response.content.decode()

    @pytest.mark.parametrize("button", ["_correct", "_accept", "_reject"])
    def test_two_editors_at_once(self, signed_in, button):
        row = make_statement()
        sent = filled(signed_in, row, reason="Mine", **{button: ""})
        recording.correct_stance(
            statement=row, by=make_user("bob"), reason="His", version=0, speaker="Somebody"
        )
        response = signed_in.post(page_of(row), sent)
        text = response.content.decode()
        assert "bob decided “Corrected” on" in text
        assert "What stands now" in text
        assert "Somebody" in text
        assert Review.objects.get().by.username == "bob"

    def test_after_a_conflict_one_can_insist(self, signed_in, editor):
        row = make_statement()
        sent = filled(signed_in, row, speaker="Mine", reason="Mine", _correct="")
        recording.correct_stance(statement=row, by=make_user("bob"), reason="His", version=0, speaker="His")
        form = signed_in.post(page_of(row), sent).context["form"]
        signed_in.post(page_of(row), {**sent, "version": form["version"].value()})
        review = Review.objects.get()
        assert (review.speaker, review.by, review.version) == ("Mine", editor, 2)

    def test_page_shows_context_versions_and_history(self, signed_in, editor):
        row = make_statement()
        recording.correct_stance(statement=row, by=editor, reason="Inverted", version=0, stance="oppose")
        record(row.article, make_finding(stance="oppose", speaker="Another"))
        text = signed_in.get(page_of(row)).content.decode()
        assert "<mark>Ministers want the Syrian leader to step down.</mark>" in text
        assert "London will not change its mind" in text
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)
        assert cells[cells.index("Speaker") : cells.index("Speaker") + 3] == [
            "Speaker",
            "Another",
            "Foreign Office",
        ]
        assert "Stance: Supports → Opposes" in text
        assert "Inverted" in text

    def test_history_link_leads_to_it(self, signed_in):
        row = make_statement()
        assert signed_in.get(f"{page_of(row).removesuffix('change/')}history/").url.endswith("#history")


class TestSelected:
    def test_accept(self, signed_in, editor):
        rows = [make_statement(), make_statement()]
        response = signed_in.post(
            LIST, {"action": "accept_selected", "_selected_action": [row.pk for row in rows]}, follow=True
        )
        assert "2 accepted." in said(response)
        assert set(Review.objects.values_list("verdict", "by")) == {("accepted", editor.pk)}

    def test_reject_asks_for_the_reason_first(self, signed_in):
        rows = [make_statement(), make_statement()]
        sent = {"action": "reject_selected", "_selected_action": [row.pk for row in rows]}
        page = signed_in.post(LIST, sent)
        assert "These statements will be withdrawn" in page.content.decode()
        versions = {f"version-{row.pk}": "0" for row in rows}
        page = signed_in.post(LIST, {**sent, **versions, "confirmed": "yes", "reason": ""})
        assert "This field is required" in page.content.decode()
        recording.accept(statement=rows[0], by=make_user("bob"))
        response = signed_in.post(
            LIST, {**sent, **versions, "confirmed": "yes", "reason": "Twice"}, follow=True
        )
        assert "1 rejected." in said(response)
        assert f"bob decided “Accepted” on {rows[0]}" in said(response)
        assert dict(Review.objects.values_list("verdict", "reason")) == {"accepted": "", "rejected": "Twice"}

    def test_take_back(self, signed_in):
        recording.accept(statement=make_statement(), by=make_user("bob"))
        signed_in.post(
            "/admin/positions/review/", {"action": "take_back", "_selected_action": [Review.objects.get().pk]}
        )
        assert not Review.objects.exists()

    def test_extract_again(self, signed_in):
        run = make_statement().article.extraction
        response = signed_in.post(
            "/admin/positions/extractionrun/",
            {"action": "extract_again", "_selected_action": [run.pk]},
            follow=True,
        )
        assert "1 articles queued." in said(response)


class TestRights:
    @pytest.fixture
    def viewer(self, client):
        user = make_user("vic", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
        client.force_login(user)
        return client

    def test_viewer_sees_but_cannot_decide(self, viewer):
        row = make_statement()
        page = viewer.get(page_of(row))
        assert page.status_code == 200
        assert page.context["form"] is None
        assert viewer.post(page_of(row), {"_accept": ""}).status_code == 403
        viewer.post(LIST, {"action": "accept_selected", "_selected_action": [row.pk]})
        viewer.post("/admin/positions/review/", {"action": "take_back", "_selected_action": [1]})
        assert not Review.objects.exists()

    def test_staff_without_rights(self, client):
        client.force_login(make_user("sam", is_staff=True))
        assert client.get(page_of(make_statement())).status_code == 403

    def test_not_signed_in(self, client):
        assert client.get(page_of(make_statement())).status_code == 302

    def test_missing_statement(self, signed_in):
        assert signed_in.get("/admin/positions/statement/999/change/").status_code == 404
        assert signed_in.get("/admin/positions/statement/abc/change/").status_code == 404


def test_pages_have_no_inline_script(signed_in):
    row = make_statement()
    for address in (LIST, page_of(row)):
        for script in re.findall(r"<script[^>]*>", signed_in.get(address).content.decode()):
            assert "src=" in script or "application/json" in script
