"""A second engine: a language model behind any OpenAI-compatible endpoint answers in a fixed JSON schema.

Off unless configured. Nothing is believed that cannot be traced: a stance whose evidence does not stand in the article
word for word is dropped, and so is everything that the codebook does not know.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from positions.extraction.catalogue import DATA, Catalogue
from positions.extraction.dates import stance_date
from positions.extraction.segment import plain
from positions.extraction.types import STANCES, VOICES, Document, Dropped, Extraction, Finding

PROMPT = DATA / "prompt.md"
PROMPT_VERSION = 1  # goes up with every change of prompt.md or of the schema below
ATTRIBUTIONS = ("own-words", "reported", "act", "described")
ANSWER_TOKENS = 4000
LETTERS_A_TOKEN = 3  # on the safe side, to judge the length of a request before it is sent


class EndpointError(OSError):
    """The endpoint could not be reached or refused; the message says how it answered. Worth trying again later."""


class AnswerError(ValueError):
    """The model gave no answer of the agreed form, however often it was asked."""


class CapError(ValueError):
    """The article would cost more tokens than are allowed for one."""


@dataclass(frozen=True)
class Endpoint:
    """Where the model is and how hard to try. `url` ends before /chat/completions; `cap` counts tokens in and out of
    all attempts on one article."""

    url: str
    model: str
    key: str = ""
    timeout: float = 120.0
    retries: int = 3
    answers: int = 2
    cap: int = 40_000
    wait: float = 1.0  # seconds before the first retry, doubled each time


@dataclass
class LanguageModel:
    """An Extractor that asks a language model. Stances below `publish_at` wait for review: all of them, where no
    precision was measured for the model (None)."""

    endpoint: Endpoint
    catalogue: Catalogue
    list_at: float = 0.3
    publish_at: float | None = None
    prompt: Path = PROMPT
    session: requests.Session = field(init=False, repr=False)

    def __post_init__(self) -> None:
        retry = Retry(
            total=self.endpoint.retries,
            backoff_factor=self.endpoint.wait,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=("POST",),
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        self.session = requests.Session()
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))
        if self.endpoint.key:
            self.session.headers["Authorization"] = f"Bearer {self.endpoint.key}"
        self.system = self.prompt.read_text(encoding="utf-8").replace("{issues}", self._issues())

    @property
    def engine(self) -> str:
        return f"llm/{self.endpoint.model}/prompt-{PROMPT_VERSION}"

    def extract(self, documents: Sequence[Document]) -> list[Extraction]:
        """Return one Extraction a document. Raises EndpointError, AnswerError, CapError."""
        return [self._one(document) for document in documents]

    def _issues(self) -> str:
        return "\n".join(
            f"- {i.slug}: {i.proposition} Support: {i.support_looks}. Oppose: {i.oppose_looks}."
            + (f" Only until {i.valid_until}." if i.valid_until else "")
            for i in self.catalogue.issues
        )

    def _one(self, document: Document) -> Extraction:
        spent, reason = 0, ""
        for _ in range(self.endpoint.answers):
            request = self._request(document, reason)
            expected = len(json.dumps(request)) // LETTERS_A_TOKEN + ANSWER_TOKENS
            if spent + expected > self.endpoint.cap:
                raise CapError(
                    f"{document.id}: would take about {spent + expected} tokens, {self.endpoint.cap} are allowed for "
                    "one article: raise DIPWATCH_LLM_TOKENS or shorten it."
                )
            answer = self._ask(request)
            spent += int((answer.get("usage") or {}).get("total_tokens") or expected)
            try:
                return self._read(answer, document)
            except AnswerError as error:
                reason = str(error)
        raise AnswerError(f"{document.id}: {reason}")

    def _request(self, document: Document, reason: str) -> dict[str, Any]:
        head = f"Title: {document.title}\nPublished: {document.published or 'unknown'}\nSource: {document.source}\n"
        if document.speaker:
            head += f"The whole text is spoken by {document.speaker}.\n"
        complaint = f"\n\nYour last answer could not be used: {reason}" if reason else ""
        return {
            "model": self.endpoint.model,
            "temperature": 0,
            "max_tokens": ANSWER_TOKENS,
            "messages": [
                {"role": "system", "content": self.system},
                {"role": "user", "content": f"{head}\n{document.text}{complaint}"},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "stances", "strict": True, "schema": self.schema()},
            },
        }

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of an answer, actors and issues enumerated."""
        fields: dict[str, Any] = {
            "actor": {"type": "string", "enum": [a.code for a in self.catalogue.actors]},
            "voice": {"type": "string", "enum": list(VOICES)},
            "speaker": {"type": "string"},
            "issue": {"type": "string", "enum": [i.slug for i in self.catalogue.issues]},
            "stance": {"type": "string", "enum": list(STANCES)},
            "declined": {"type": "boolean"},
            "attribution": {"type": "string", "enum": list(ATTRIBUTIONS)},
            "evidence": {"type": "string"},
            "confidence": {"type": "number"},
        }
        item = {
            "type": "object", "properties": fields, "required": list(fields), "additionalProperties": False
        }  # fmt: skip
        return {
            "type": "object", "properties": {"stances": {"type": "array", "items": item}},
            "required": ["stances"], "additionalProperties": False,
        }  # fmt: skip

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        try:
            answer = self.session.post(url, json=request, timeout=self.endpoint.timeout)
        except requests.RequestException as error:
            raise EndpointError(
                f"{url}: {error}: check DIPWATCH_LLM_URL and that the endpoint runs."
            ) from error
        if answer.status_code != 200:
            raise EndpointError(f"{url} answered {answer.status_code}: {answer.text[:300]}")
        try:
            return answer.json()
        except ValueError as error:
            raise EndpointError(f"{url} answered no JSON: {answer.text[:300]}") from error

    def _read(self, answer: dict[str, Any], document: Document) -> Extraction:
        try:
            choice = answer["choices"][0]
            rows = json.loads(choice["message"]["content"])["stances"]
            if choice.get("finish_reason") == "length" or not isinstance(rows, list):
                raise AnswerError("the answer was cut off or holds no list")
        except (KeyError, IndexError, TypeError, json.JSONDecodeError) as error:
            raise AnswerError(f"the answer is not of the agreed form: {error!r}") from error
        allowed = self.schema()["properties"]["stances"]["items"]["properties"]
        findings: dict[tuple[str, ...], Finding] = {}
        dropped: list[Dropped] = []
        for row in rows:
            finding, reason = self._finding(row, allowed, document)
            if reason:
                dropped.append(_dropped(finding, reason))
                continue
            key = (finding.actor, finding.voice, finding.issue, finding.stance)
            first = findings.setdefault(key, finding)
            if first is not finding:
                findings[key] = replace(first, more_evidence=(*first.more_evidence, finding.evidence))
        kept = tuple(sorted(findings.values(), key=lambda f: (f.evidence, f.actor, f.issue)))
        return Extraction(document, kept, (), tuple(dropped), self.engine)

    def _finding(self, row: Any, allowed: dict[str, Any], document: Document) -> tuple[Finding, str]:
        """Return what one row of the answer says, and why it is not kept, if so. Raises AnswerError where it says
        nothing that could even be shown."""
        fields = ("actor", "voice", "issue", "stance", "evidence", "speaker")
        if not isinstance(row, dict) or any(not isinstance(row.get(name), str) for name in fields):
            raise AnswerError(f"a stance lacks one of {', '.join(fields)}")
        for name in ("actor", "voice", "issue", "stance"):
            if row[name] not in allowed[name]["enum"]:
                raise AnswerError(f"{name} {row[name]!r} is not one of {', '.join(allowed[name]['enum'])}")
        words = row["evidence"].strip()
        start = plain(document.text).find(plain(words)) if words else -1
        evidence = (start, start + len(words)) if start >= 0 else (0, 0)
        try:
            confidence = min(1.0, max(0.0, float(row.get("confidence", 0.5))))
        except (TypeError, ValueError):
            confidence = 0.5
        date, precision = stance_date(words, document.published)
        attribution = row.get("attribution") if row.get("attribution") in ATTRIBUTIONS else "reported"
        finding = Finding(
            actor=row["actor"], voice=row["voice"], speaker=row["speaker"].strip(), issue=row["issue"],
            stance=row["stance"], date=date, evidence=evidence, confidence=round(confidence, 4),
            published=self.publish_at is not None and confidence >= self.publish_at, rule=self.engine,
            declined=row["stance"] == "neutral" and bool(row.get("declined")), attribution=attribution,
            date_precision=precision,
        )  # fmt: skip
        return finding, self._fault(finding, start)

    def _fault(self, finding: Finding, start: int) -> str:
        if start < 0:
            return "its evidence does not stand in the article"
        if finding.confidence < self.list_at:
            return f"confidence {finding.confidence:.2f} is below {self.list_at:.2f}"
        until = next(i.valid_until for i in self.catalogue.issues if i.slug == finding.issue)
        if until and finding.date and finding.date > until:
            return f"the issue ended on {until.isoformat()}"
        return ""


def _dropped(f: Finding, reason: str) -> Dropped:
    return Dropped(f.actor, f.voice, f.issue, f.stance, f.confidence, f.evidence, reason)
