from __future__ import annotations

from collections.abc import Callable

from positions.extraction.candidates import Context

Contexts = Callable[..., list[Context]]


def keys(context: Context, *, kind: str | None = None) -> set[tuple[str, str]]:
    return {c.key for c in context.candidates if kind is None or c.kind == kind}


def test_whoever_is_named_is_a_candidate(contexts: Contexts) -> None:
    (only,) = contexts("Moscow told Washington to stop.")
    assert keys(only, kind="named") == {("RU", "government"), ("US", "government")}


def test_a_pronoun_carries_the_speaker_over(contexts: Contexts) -> None:
    _, second = contexts("Sergei Lavrov rejected the plan. He called it a trap.")
    assert ("RU", "government") in keys(second, kind="carried")


def test_a_quotation_goes_on_over_paragraphs(contexts: Contexts) -> None:
    *_, last = contexts("“We will not talk,” Sergei Lavrov said.\n\n“This plan,” went the rest, “is a trap.”")
    assert ("RU", "government") in keys(last)


def test_a_pair_of_leaders(contexts: Contexts) -> None:
    _, second = contexts(
        "David Cameron called Vladimir Putin.\n\nThe two leaders agreed to talk.", day="2015-12-09"
    )
    assert {("UK", "government"), ("RU", "government")} <= keys(second, kind="pair")


def test_an_official_text_speaks_for_its_actor(contexts: Contexts) -> None:
    first, second = contexts(
        "We call for a truce. The region needs it.", speaker="Permanent Mission of the Russian Federation"
    )
    assert keys(first, kind="doc") == {("RU", "government")}
    assert keys(second, kind="doc") == {("RU", "government")}


def test_news_has_no_speaker_of_its_own(contexts: Contexts) -> None:
    (only,) = contexts("The convoy reached the town.")
    assert keys(only) == set()


def test_a_stranger_breaks_the_thread(contexts: Contexts) -> None:
    *_, last = contexts(
        "Sergei Lavrov rejected the plan. Recep Tayyip Erdogan said that Turkey would host more people. "
        "He promised new camps."
    )
    turkish = [c for c in last.candidates if c.speaker == "Recep Tayyip Erdogan"]
    assert not turkish
