"""The language model as an engine, against a server on this machine that answers as it is told."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from positions.extraction.catalogue import Catalogue
from positions.extraction.llm import AnswerError, CapError, Endpoint, EndpointError, LanguageModel
from positions.extraction.types import Document

TEXT = "The Foreign Office wants “Mr Assad” gone. It called for sanctions on Tuesday.\n\nMoscow declined to comment."
DOCUMENT = Document("a", "Two lines", TEXT, datetime.date(2016, 10, 13), "The Courier")
STANCE = {
    "actor": "UK", "voice": "government", "speaker": "Foreign Office", "issue": "assad-departure", "stance": "support",
    "declined": False, "attribution": "described", "evidence": "The Foreign Office wants “Mr Assad” gone.",
    "confidence": 0.9,
}  # fmt: skip


class Stub:
    """An endpoint that gives the queued answers one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.requests.append(json.loads(body))
                stub.headers.append(dict(self.headers) | {"path": self.path})
                status, answer = stub.answers.pop(0) if len(stub.answers) > 1 else stub.answers[0]
                raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def say(self, *stances: dict[str, Any], status: int = 200, tokens: int = 900, end: str = "stop") -> None:
        content = json.dumps({"stances": stances})
        choice = {"message": {"role": "assistant", "content": content}, "finish_reason": end}
        self.answers.append((status, {"choices": [choice], "usage": {"total_tokens": tokens}}))


@pytest.fixture
def stub() -> Iterator[Stub]:
    one = Stub()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def model(stub: Stub, catalogue: Catalogue) -> Callable[..., LanguageModel]:
    def make(*, publish_at: float | None = None, **options: Any) -> LanguageModel:
        endpoint = Endpoint(stub.url, "some-model", **{"key": "secret", "wait": 0.0, **options})
        return LanguageModel(endpoint, catalogue, publish_at=publish_at)

    return make


def test_reads_an_article(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE, STANCE | {"issue": "sanctions", "evidence": "It called for sanctions on Tuesday."})
    reader = model()
    [extraction] = reader.extract([DOCUMENT])
    first, second = extraction.findings
    assert TEXT[slice(*first.evidence)] == STANCE["evidence"]
    assert (first.actor, first.voice, first.issue, first.stance) == (
        "UK",
        "government",
        "assad-departure",
        "support",
    )
    assert (first.speaker, first.attribution, first.confidence) == ("Foreign Office", "described", 0.9)
    assert (second.date, second.date_precision) == (datetime.date(2016, 10, 11), "day")
    assert extraction.engine == first.rule == "llm/some-model/prompt-1"


def test_what_is_asked(stub: Stub, model: Callable[..., LanguageModel], catalogue: Catalogue) -> None:
    stub.say()
    model().extract([DOCUMENT])
    [request], [headers] = stub.requests, stub.headers
    assert headers["path"] == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert TEXT in request["messages"][1]["content"]
    fields = request["response_format"]["json_schema"]["schema"]["properties"]["stances"]["items"][
        "properties"
    ]
    assert fields["actor"]["enum"] == ["UK", "RU", "US"]
    assert fields["issue"]["enum"] == [issue.slug for issue in catalogue.issues]
    assert all(issue.proposition in request["messages"][0]["content"] for issue in catalogue.issues)


# change to the stance, why it is dropped
DROPPED = [
    ({"evidence": "The Foreign Office wants him gone."}, "does not stand in the article"),
    ({"evidence": ""}, "does not stand in the article"),
    ({"confidence": 0.1}, "confidence 0.10 is below 0.30"),
]


@pytest.mark.parametrize(("change", "reason"), DROPPED)
def test_dropped_with_a_reason(
    stub: Stub, model: Callable[..., LanguageModel], change: dict, reason: str
) -> None:
    stub.say(STANCE | change)
    [extraction] = model().extract([DOCUMENT])
    assert extraction.findings == ()
    assert reason in extraction.dropped[0].reason


def test_after_the_end_of_an_issue(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE)
    late = Document("a", "", TEXT, datetime.date(2025, 2, 1))
    [extraction] = model().extract([late])
    assert "the issue ended on 2024-12-08" in extraction.dropped[0].reason


def test_plain_marks_match_typographic_ones(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE | {"evidence": 'The Foreign Office wants "Mr Assad" gone.'})
    [extraction] = model().extract([DOCUMENT])
    assert TEXT[slice(*extraction.findings[0].evidence)] == STANCE["evidence"]


def test_the_same_stance_twice_is_one(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE, STANCE | {"evidence": "It called for sanctions on Tuesday."})
    [extraction] = model().extract([DOCUMENT])
    [finding] = extraction.findings
    assert len(finding.more_evidence) == 1


@pytest.mark.parametrize(("publish_at", "published"), [(None, False), (0.8, True), (0.95, False)])
def test_published_only_where_a_precision_was_measured(
    stub: Stub, model: Callable[..., LanguageModel], publish_at: float | None, published: bool
) -> None:
    stub.say(STANCE)
    [extraction] = model(publish_at=publish_at).extract([DOCUMENT])
    assert extraction.findings[0].published is published


BAD = [
    {"actor": "FR"},
    {"issue": "weather"},
    {"stance": "maybe"},
    {"voice": "press"},
    {"evidence": None},
]


@pytest.mark.parametrize("change", BAD)
def test_an_unusable_answer_is_asked_for_again(
    stub: Stub, model: Callable[..., LanguageModel], change: dict
) -> None:
    stub.say(STANCE | change)
    stub.say(STANCE)
    [extraction] = model().extract([DOCUMENT])
    assert len(extraction.findings) == 1
    assert "could not be used" in stub.requests[1]["messages"][1]["content"]


def test_gives_up_on_unusable_answers(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.answers = [(200, {"choices": [{"message": {"content": "Certainly! Here"}}]})]
    with pytest.raises(AnswerError, match="a: the answer is not of the agreed form"):
        model(answers=2).extract([DOCUMENT])
    assert len(stub.requests) == 2


def test_an_answer_that_was_cut_off_is_unusable(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE, end="length")
    with pytest.raises(AnswerError, match="cut off"):
        model(answers=1).extract([DOCUMENT])


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_endpoint_is_asked_again(stub: Stub, model: Callable[..., LanguageModel], status: int) -> None:
    stub.answers = [(status, {}), (status, {})]
    stub.say(STANCE)
    [extraction] = model(retries=2).extract([DOCUMENT])
    assert (len(stub.requests), len(extraction.findings)) == (3, 1)


# how the endpoint answers, what the error says
REFUSALS = [
    ((401, {"error": "no such key"}), "answered 401: .*no such key"),
    ((500, {}), "answered 500"),
    ((200, b"<html>"), "answered no JSON"),
]


@pytest.mark.parametrize(("answer", "message"), REFUSALS)
def test_refusals(stub: Stub, model: Callable[..., LanguageModel], answer: tuple, message: str) -> None:
    stub.answers = [answer]
    with pytest.raises(EndpointError, match=message):
        model(retries=1).extract([DOCUMENT])
    assert len(stub.requests) <= 2


def test_nobody_there(catalogue: Catalogue) -> None:
    reader = LanguageModel(Endpoint("http://127.0.0.1:9/v1", "m", retries=0), catalogue)
    with pytest.raises(EndpointError, match="check DIPWATCH_LLM_URL"):
        reader.extract([DOCUMENT])


def test_an_article_that_would_cost_too_much_is_not_sent(
    stub: Stub, model: Callable[..., LanguageModel]
) -> None:
    stub.say(STANCE)
    with pytest.raises(CapError, match="raise DIPWATCH_LLM_TOKENS"):
        model(cap=5000).extract([DOCUMENT])
    assert stub.requests == []


def test_attempts_count_together(stub: Stub, model: Callable[..., LanguageModel]) -> None:
    stub.say(STANCE | {"actor": "FR"}, tokens=9000)
    with pytest.raises(CapError):
        model(cap=15_000, answers=5).extract([DOCUMENT])
    assert len(stub.requests) == 1
