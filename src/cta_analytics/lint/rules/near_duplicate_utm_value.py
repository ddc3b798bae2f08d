"""UTM006: a value that is elsewhere written in another way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import plain
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls import Param

_URL = f"{STORE}?{query()}&utm_campaign="


def _is_tagged(link: Link, context: Context) -> bool:
    own = context.resolver.own_keys
    return "utm_" in link.href or (bool(own) and any(key in own for key, _ in link.description.params))


def _values(link: Link, context: Context) -> Iterator[Param]:
    """The source parameters whose value an author chose: not named by the page, and no finding of their own."""
    found = link.description
    if found.url != link.href or context.resolver.is_internal(found):
        return
    told = {problem.key for problem in found.problems} | {departure.key for departure in link.departures}
    own = context.resolver.own_keys
    for param in found.query.params:
        if (param.key.startswith("utm_") or param.key in own) and param.key not in told and param.value != link.answer:
            yield param


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    tagged = [link for link in links if _is_tagged(link, context)]
    for link in tagged:
        for param in _values(link, context):
            counts[param.key, plain(param.value)][param.value] += 1
    # Of two that are as frequent, the one that was there first.
    usual = {group: values.most_common(1)[0] for group, values in counts.items() if len(values) > 1}
    for link in tagged if usual else ():
        for param in _values(link, context):
            value, count = usual.get((param.key, plain(param.value)), (param.value, 0))
            if param.value != value:
                start = link.description.query.offset
                elsewhere = f"in {count} other links" if count > 1 else "in another link"
                yield Hit(
                    f'"{param.key}" is "{param.value}" here and "{value}" {elsewhere}',
                    link,
                    start=start + param.value_start,
                    end=start + param.end,
                    keys=frozenset({param.key}),
                )


RULE = Rule(
    code="UTM006",
    name="near-duplicate-utm-value",
    severity="warning",
    summary="A value differs only in case, hyphens or the like from one that the site mostly uses.",
    why=(
        "`e-mail` and `email` are two sources in every report. Each shows a part of the visits, and the smaller part "
        "is easily taken for another campaign, or overlooked."
    ),
    bad=(
        Example(
            anchor(f"{_URL}spring-sale") + anchor(f"{_URL}springsale"),
            others=(
                ("/blog/news", anchor("https://tea.example/?utm_source=larkmoor&utm_campaign=spring-sale", "tea")),
            ),
        ),
        Example(
            anchor("https://tea.example/?utm_source=lark-moor", "tea")
            + anchor("https://tea.example/?utm_source=larkmoor", "tea")
            + anchor("https://tea.example/mint?utm_source=larkmoor", "mint"),
        ),
    ),
    good=(
        Example(anchor(f"{_URL}spring-sale") + anchor(f"{_URL}summer-sale")),
        Example(anchor(f"{_URL}2026-1") + anchor(f"{_URL}202-61")),
    ),
    site=_check,
    wants=_is_tagged,
)
