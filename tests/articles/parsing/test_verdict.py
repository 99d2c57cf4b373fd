"""Pages that are no article, or none that can be read here; each says why."""

import json

import pytest

from articles.parsing import Verdict, parse_html

ENGLISH = (
    "Envoys from nine countries met in Ankara on Tuesday to discuss a truce in the north of Syria, officials said.",
    "The talks went on until midnight and ended without a text that all of the delegations were able to sign.",
    "A second round is planned for April, according to the ministry, which gave no place and named no delegations.",
)
FRENCH = (
    "Les envoyés de neuf pays se sont réunis mardi à Ankara pour discuter d'une trêve dans le nord de la Syrie.",
    "Les discussions ont duré jusqu'à minuit et ont pris fin sans texte que toutes les délégations puissent signer.",
)
LINKS = "".join(
    f'<li><a href="/{n}">Headline number {n} about the harbour and its fees</a></li>' for n in range(30)
)


def page(paragraphs, *, lang="en", head="", more=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<html lang="{lang}"><head><title>Envoys meet in Ankara over truce</title>{head}</head><body>
    <article><h1>Envoys meet in Ankara over truce</h1>{text}{more}</article></body></html>"""


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


WALL = "<div><p>Subscribe now to continue reading.</p></div>"
VIDEO = '<meta property="og:type" content="video">'
PAGES = [  # (page, verdict, words of the reason)
    (page(ENGLISH), Verdict.ARTICLE, ""),
    (page(ENGLISH, lang="fr"), Verdict.ARTICLE, ""),  # the text counts, not what the template says
    (page(FRENCH), Verdict.NOT_ENGLISH, "another language (fr)"),
    (page(FRENCH, lang="en"), Verdict.NOT_ENGLISH, "another language (fr)"),
    (page(ENGLISH[:1], more=WALL), Verdict.PAYWALLED, "asks for a subscription"),
    (page(ENGLISH[:1], head=ld(isAccessibleForFree="False")), Verdict.PAYWALLED, "asks for a subscription"),
    (page(ENGLISH * 6, head=ld(isAccessibleForFree=False)), Verdict.ARTICLE, ""),  # metered, but all is there
    (page(ENGLISH * 6, more=WALL), Verdict.ARTICLE, ""),
    (page(ENGLISH, head=ld(isAccessibleForFree=True)), Verdict.ARTICLE, ""),
    (page(ENGLISH, head=VIDEO), Verdict.NO_ARTICLE, "calls itself video"),
    (page(("Envoys arrive for the talks.",)), Verdict.NO_ARTICLE, "words of text"),
    (page(("Envoys arrive for the talks.",), head=ld(headline="x")), Verdict.ARTICLE, ""),  # news in brief
    (
        page((ENGLISH[0], "All our headlines of today.", ENGLISH[1]), more=f"<ul>{LINKS}</ul>"),
        Verdict.NO_ARTICLE,
        "links",
    ),
    ("<html><body><h1>Envoys</h1></body></html>", Verdict.NO_ARTICLE, "no text"),
    ("", Verdict.NO_ARTICLE, "nothing to read"),
]


@pytest.mark.parametrize(("html", "verdict", "why"), PAGES)
def test_verdict(html, verdict, why):
    article = parse_html(html)
    assert article.verdict == verdict
    assert why in article.why
    assert bool(article.why) == bool(verdict)
