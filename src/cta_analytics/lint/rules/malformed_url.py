"""LNK002: no URL, or one only after repair."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK002",
    name="malformed-url",
    severity="error",
    summary="The URL cannot be parsed, or only after a repair: raw blanks, quotes, control characters, wrong slashes.",
    why=(
        "A browser repairs some of it; a mail program, a bot and a log reader each do something else: the link works "
        "for some visitors only, and its clicks are logged under several names."
    ),
    bad=(Example(anchor("https:///stores/Larkmoor")), Example(anchor(f"{PRODUCT}?th=1 &psc=1", "the kettle"))),
    good=(Example(anchor(f"{PRODUCT}?th=1&psc=1", "the kettle")),),
    link=problem("LNK002"),
)
