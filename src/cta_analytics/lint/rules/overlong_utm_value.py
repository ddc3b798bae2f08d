"""UTM014: a value that is cut."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.links.link import Link
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.urls.checks.parameters import MAX_UTM_LENGTH

_LONG = "a-kettle-that-is-so-quiet-that-nobody-in-the-house-wakes-up-when-somebody-makes-tea-at-five-in-the-morning"


def _check(link: Link, context: Context) -> Iterator[Hit]:
    found = link.description
    limit = context.options["limit"]
    if not found.params or len(found.url) <= limit:
        return
    own = context.resolver.own_keys
    for param in found.query.params:
        length = len(param.raw_value or "")
        if length > limit and (param.key.startswith("utm_") or param.key in own):
            start = found.query.offset
            yield Hit(
                f'"{param.key}" is {length} characters long, {limit} are kept',
                link,
                start=start + param.value_start,
                end=start + param.end,
                keys=frozenset({param.key}),
            )


RULE = Rule(
    code="UTM014",
    name="overlong-utm-value",
    severity="warning",
    summary="A value is longer, as it is encoded, than what GA4 keeps of a parameter.",
    why="What is beyond 100 characters is cut: two pages that begin alike become one in the reports.",
    bad=(
        Example(anchor(f"{STORE}?{query()}&utm_term={_LONG}")),
        Example(anchor(f"{STORE}?{query()}&utm_term=quiet-kettles"), contract="[lint.options.UTM014]\nlimit = 12\n"),
    ),
    good=(Example(anchor(f"{STORE}?{query()}&utm_term={_LONG[:100]}")),),
    link=_check,
    options=(Option("limit", MAX_UTM_LENGTH, "The most characters of a value"),),
)
