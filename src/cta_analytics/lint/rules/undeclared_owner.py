"""AFF015: a page that sells a brand's products and does not say that the brand runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cta_analytics.lint.example import TAGGED, associates, cta
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_STATEMENTS = Option(
    "statements",
    ["we make", "made by us", "our brand", "our own brand", "our products", "our store", "maker of", "makers of"],
    "texts of which one tells that the brand runs the page; upper and lower case and white space do not count",
)


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    links = text.by_program["attribution"]
    if not links:
        return
    statements = [r"\s+".join(map(re.escape, str(one).split())) for one in context.options[_STATEMENTS.name] if one]
    if statements and re.search(rf"\b(?:{'|'.join(statements)})", text.visible, re.IGNORECASE):
        return
    yield Hit("links to a brand's own products, and nothing on it tells that the brand runs the page", page=text.page)


RULE = Rule(
    code="AFF015",
    name="undeclared-owner",
    severity="info",
    summary="A page links to a brand's own products, and none of the expected statements tells that the brand runs it.",
    why="Advice that turns out to be advertising costs the trust that its clicks come from.",
    bad=(Example(cta()),),
    good=(
        Example(f"{cta()}\n<p>Larkmoor Answers is written by the people who know: we make these kettles.</p>"),
        Example(associates(TAGGED), path="/blog/kettles"),
    ),
    text=_check,
    options=(_STATEMENTS,),
    off=True,
)
