"""AMZ015: a Brand Store source tag of the wrong form."""

from __future__ import annotations

from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import expected, repaired, with_values
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import is_channel

_BY_ANSWER = """
[tags.by_answer.kettles]
channel = "kettles"

[[ctas]]
name = "store-by-channel"
match = { kind = "amazon_store" }
on = ["blog"]

[ctas.params]
channel = { by_answer = "channel" }
"""


def _repair(link: Link, hit: Hit, context: Context) -> str | None:
    value = expected(link, "channel")
    return with_values(link, {"channel": value}) if value is not None and is_channel(value) else None


RULE = Rule(
    code="AMZ015",
    name="malformed-channel-tag",
    severity="error",
    summary="A Store's `channel` is longer than 20 characters, or holds others than letters, digits, hyphens, blanks, `_`.",
    why="Amazon takes no other tag: the Store's visits, orders and sales from this link are not shown under it.",
    bad=(
        Example(anchor(f"{STORE}?channel=kettles-for-a-quiet-kitchen"), path="/blog/kettles", contract=_BY_ANSWER),
        Example(anchor(f"{STORE}?channel=kettles/blog"), path="/blog/kettles", contract=_BY_ANSWER),
    ),
    good=(Example(anchor(f"{STORE}?channel=kettles"), path="/blog/kettles", contract=_BY_ANSWER),),
    fix="contract",
    link=repaired(problem("AMZ015"), _repair),
    mutes=("UTM002", "UTM004", "UTM008"),
)
