"""AMZ007: parts of somebody's own visit in a link that everybody gets."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, STORE, anchor, query
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="AMZ007",
    name="session-leftover",
    severity="warning",
    summary="The URL was copied from a browser: search, placement or visit keys, or `/ref=…` in its path.",
    why=(
        "The link tells Amazon about the author's own search or visit. It is long, it changes with every copy, so that "
        "one target counts as many, and some of the keys name another source than our tag."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&visitId=6a0f7c52&ingress=0")),
        Example(anchor(f"{PRODUCT}/ref=sr_1_3?crid=2K9QX&keywords=kettle&qid=1790000000&sr=8-3", "the kettle")),
    ),
    good=(Example(anchor(f"{STORE}?{query()}")), Example(anchor(f"{PRODUCT}?th=1&psc=1", "the kettle"))),
    fix="safe",
    link=problem("AMZ007"),
)
