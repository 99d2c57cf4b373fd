"""The API: answers that fit their description, pages, refusals of one shape, and how often one may ask."""

import datetime
import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from positions.api import openapi, tokens
from positions.models import ApiToken
from tests.factories import make_actor, make_article, make_issue, make_statement, make_user

pytestmark = pytest.mark.django_db
NAMES = [path.name for path in openapi.PATHS]


def validator(name: str) -> Draft202012Validator:
    """Checks an answer against the description, with the formats of days and addresses."""
    document = openapi.document("http://testserver")
    schema = document["components"]["schemas"][name]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def problem(response) -> dict:
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    validator("problem").validate(body)
    assert body["status"] == response.status_code
    return body


class TestDescription:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("query", ["", "actor=uk&pending=1"])
    def test_every_answer_fits(self, reader, corpus, name, query):
        if query and name in ("articles", "issues", "actors"):
            query = "limit=3" if name == "articles" else ""
        body = reader.get(f"/api/v1/{name}?{query}").json()
        validator(name).validate(body)
        assert body["rows"] or name == "shifts"

    def test_nothing_recorded_fits_too(self, reader):
        make_actor()
        make_issue()
        for name in NAMES:
            validator(name).validate(reader.get(f"/api/v1/{name}").json())

    def test_downloads_fit_as_well(self, reader, corpus):
        for name in ("matrix", "timeline", "statements", "shifts"):
            body = b"".join(reader.get(f"/{name}.json").streaming_content)
            validator(name).validate(json.loads(body))

    def test_document_names_every_endpoint_and_parameter(self, reader):
        document = reader.get("/api/v1/openapi.json").json()
        assert document["openapi"].startswith("3.1")
        assert sorted(document["paths"]) == sorted(f"/{name}" for name in NAMES)
        linked = reader.get("/api/v1/").json()
        assert sorted(linked) == sorted([*NAMES, "openapi"])
        for url in linked.values():
            assert reader.get(url).status_code == 200

    def test_described_parameters_are_those_that_are_known(self, reader, corpus):
        for path in openapi.PATHS:
            if not path.parameters:
                continue
            refused = problem(reader.get(f"/api/v1/{path.name}?nonsense=1"))
            assert "nonsense" in " ".join(refused["problems"])
            for parameter in path.parameters:
                answer = reader.get(f"/api/v1/{path.name}", {parameter.name: parameter.example})
                assert answer.status_code == 200, (path.name, parameter, answer.content)


class TestSameAsTheScreens:
    def test_filters(self, reader, corpus):
        rows = reader.get("/api/v1/matrix?actor=uk&issue=sanctions").json()["rows"]
        assert [(row["actor"], row["issue"]) for row in rows] == [("uk", "sanctions")]

    def test_says_what_it_is(self, reader, corpus):
        body = reader.get("/api/v1/matrix?actor=uk&asof=2016-01-01").json()
        assert body["as_of"] == "2016-01-01"
        assert body["url"] == "http://testserver/?actor=uk&asof=2016-01-01"
        assert body["citation"].startswith("dipwatch, Who stands where on Syria: UK")
        assert f"rev {body['rev']}" in body["citation"]
        assert body["licence"]

    def test_revision_grows_with_every_change(self, reader, corpus):
        before = reader.get("/api/v1/matrix").json()
        make_statement(day=datetime.date(2017, 1, 1))
        after = reader.get("/api/v1/matrix").json()
        assert after["rev"] > before["rev"]
        assert after["changed_at"] >= before["changed_at"]


class TestPages:
    def test_statements_one_by_one(self, reader, corpus):
        everything = reader.get("/api/v1/statements?pending=1").json()
        ids, url = [], "/api/v1/statements?pending=1&limit=3"
        while url:
            body = reader.get(url).json()
            assert body["count"] == everything["count"] == len(everything["rows"])
            ids += [row["id"] for row in body["rows"]]
            url = body["next"]
        assert ids == [row["id"] for row in everything["rows"]]
        assert everything["rows"][-1]["day"] is None

    def test_page_holds_when_statements_are_added_meanwhile(self, reader, corpus):
        first = reader.get("/api/v1/statements?limit=4").json()
        make_statement(day=datetime.date(2019, 1, 1))
        second = reader.get(first["next"]).json()
        assert not {row["id"] for row in first["rows"]} & {row["id"] for row in second["rows"]}

    def test_articles(self, reader):
        for _ in range(5):
            make_article()
        first = reader.get("/api/v1/articles?limit=3").json()
        second = reader.get(first["next"]).json()
        assert (first["count"], len(first["rows"]), len(second["rows"]), second["next"]) == (5, 3, 2, None)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("matrix?actor=atlantis", 400, "actor: “atlantis” is not known here."),
        ("matrix?from=soon", 400, "from: “soon” is not a day"),
        ("matrix?limit=3", 400, "“limit” is no parameter here."),
        ("statements?limit=0", 400, "limit: write a whole number from 1 to 1000."),
        ("statements?limit=1001", 400, "limit: write"),
        ("statements?after=yesterday", 400, "after: take it from the “next” link"),
        ("articles?actor=uk", 400, "“actor” is no parameter here."),
        ("articles?from=soon", 400, "from: "),
        ("nothing", 404, "There is no “nothing” here."),
        ("matrix/deeper", 404, "There is no “matrix/deeper” here."),
    ],
)
def test_refusals_have_one_shape(reader, corpus, path, status, says):
    response = reader.get(f"/api/v1/{path}")
    assert response.status_code == status
    body = problem(response)
    assert says in " ".join([body["detail"], *body["problems"]])


def test_fault_of_ours_has_the_same_shape(reader, monkeypatch):
    def fails():
        raise RuntimeError("a fault")

    monkeypatch.setattr("positions.api.views.revision", fails)
    reader.raise_request_exception = False
    response = reader.get("/api/v1/issues")
    assert response.status_code == 500
    assert "a fault" not in problem(response)["detail"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reads(reader, method):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    response = getattr(strict, method)("/api/v1/matrix")
    assert problem(response)["status"] == 405
    assert response["Allow"] == "GET, HEAD"


class TestWhoMayRead:
    def test_nobody_unknown(self, client):
        response = client.get("/api/v1/matrix")
        assert problem(response)["status"] == 401
        assert response["WWW-Authenticate"] == "Bearer"

    def test_token_lets_in_until_it_is_revoked(self, reader):
        made = reader.post("/api/tokens/", {"name": "Notebook"}, follow=True).content.decode()
        token = made.split("shown only now: ")[1].split("<")[0].strip()
        headers = {"Authorization": f"Bearer {token}"}
        stranger = Client()
        assert stranger.get("/api/v1/issues", headers=headers).status_code == 200
        assert stranger.get("/", headers=headers).status_code == 302  # the screens want a session
        assert token not in reader.get("/api/").content.decode()
        reader.post(f"/api/tokens/{ApiToken.objects.get().pk}/revoke/")
        assert stranger.get("/api/v1/issues", headers=headers).status_code == 401

    @pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer dw_wrong", "Basic YTpi", "Bearer \x00"])
    def test_other_headers_do_not(self, client, header):
        assert client.get("/api/v1/issues", headers={"Authorization": header}).status_code == 401

    def test_closed_account(self, client):
        user = make_user()
        headers = {"Authorization": f"Bearer {tokens.make(user=user, name='x')}"}
        user.is_active = False
        user.save()
        assert client.get("/api/v1/issues", headers=headers).status_code == 401

    def test_others_cannot_revoke_it(self, reader):
        tokens.make(user=make_user("bob"), name="x")
        reader.post(f"/api/tokens/{ApiToken.objects.get().pk}/revoke/")
        assert ApiToken.objects.exists()

    def test_so_many_and_no_more(self):
        for _ in range(tokens.MOST):
            tokens.make(user=make_user(), name="x")
        with pytest.raises(tokens.TooManyTokens):
            tokens.make(user=make_user(), name="x")


class TestHowOften:
    def test_one_too_many_is_told_when_to_come_back(self, reader, settings, monkeypatch):
        settings.DIPWATCH_API_PER_MINUTE = 2
        clock = [datetime.datetime(2026, 1, 1, 12, 0, 20, tzinfo=datetime.UTC)]
        monkeypatch.setattr("positions.api.limit.timezone.now", lambda: clock[0])
        assert [reader.get("/api/v1/actors").status_code for _ in range(3)] == [200, 200, 429]
        response = reader.get("/api/v1/actors")
        assert response["Retry-After"] == "40"
        assert "more than 2 requests in a minute" in problem(response)["detail"]
        clock[0] += datetime.timedelta(seconds=40)
        assert reader.get("/api/v1/actors").status_code == 200

    def test_each_reader_has_their_own(self, reader, settings):
        settings.DIPWATCH_API_PER_MINUTE = 1
        other = Client()
        other.force_login(make_user("bob"))
        assert reader.get("/api/v1/actors").status_code == 200
        assert other.get("/api/v1/actors").status_code == 200


class TestEtag:
    def test_same_answer_is_not_sent_again(self, reader, corpus):
        first = reader.get("/api/v1/matrix")
        again = reader.get("/api/v1/matrix", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        make_statement(day=datetime.date(2017, 1, 1))
        assert reader.get("/api/v1/matrix", headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_is_kept_by_nobody_else(self, reader):
        response = reader.get("/api/v1/actors")
        assert response["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))


def test_queries_do_not_grow(reader, corpus, django_assert_max_num_queries):
    for name in NAMES:
        with django_assert_max_num_queries(12):
            reader.get(f"/api/v1/{name}")


def test_page_explains_it(reader):
    html = reader.get("/api/").content.decode()
    for path in openapi.PATHS:
        assert f"GET /api/v1/{path.name}" in html
