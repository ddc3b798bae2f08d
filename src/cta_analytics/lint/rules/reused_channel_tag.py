"""AMZ017: one Store source tag on two answers, each of which should have its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.config import ByAnswer
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import with_values
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import STORE, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_BY_ANSWER = """
[tags.by_answer.kettles]
channel = "kettles"

[tags.by_answer.teapots]
channel = "teapots"
"""


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    by_answer = context.contract.tags.by_answer
    owners: dict[str, list[str]] = {}
    for slug, tags in by_answer.items():
        if tags.channel:
            owners.setdefault(tags.channel, []).append(slug)
    own_is_asked = {rule.name for rule in context.contract.ctas if isinstance(rule.params.get("channel"), ByAnswer)}
    first: dict[str, Link] = {}
    for link in links:
        value, answer = link.description.channel, link.answer
        if value is None or answer is None or _has_another_fault(link):
            continue
        holders = owners.get(value, [])
        if not holders and link.cta in own_is_asked:
            before = first.setdefault(value, link)
            says = f"stands on {before.page}, too: the Store's report cannot tell the two apart"
            is_reused = before.answer != answer
        else:
            # The answers of a pool share their tag on purpose (`cta plan`).
            whose = (
                f'the answer "{holders[0]}" alone' if len(holders) == 1 else f"a pool of {len(holders)} other answers"
            )
            says = f"is the tag of {whose}: what this link brings is reported for {'that one' if len(holders) == 1 else 'those'}"
            is_reused = bool(holders) and answer not in holders
        if is_reused:
            start, end = span_of(link, "channel")
            own = by_answer[answer].channel if answer in by_answer else None
            repair = with_values(link, {"channel": own}) if own else None
            says = f'"channel" is "{value}", which {says}'
            yield Hit(says, link, start=start, end=end, keys=frozenset({"channel"}), repair=repair)


def _has_another_fault(link: Link) -> bool:
    """Whether another rule speaks: about the form of the tag, its place, or the page that it names."""
    return any(found.code in {"AMZ015", "AMZ016"} for found in link.description.problems) or any(
        found.code == "UTM008" and found.key == "channel" for found in link.departures
    )


RULE = Rule(
    code="AMZ017",
    name="reused-channel-tag",
    severity="warning",
    summary="One `channel` stands on two answers, each of which should have its own by `[tags.by_answer]`.",
    why=(
        "A tag of its own is the cheapest way to measured visits, orders and sales for an answer. Where two share one, "
        "the sales of both are reported as those of one, or cannot be divided at all."
    ),
    bad=(
        Example(
            anchor(f"{STORE}?channel=kettles"),
            path="/blog/kettles",
            contract=_BY_ANSWER,
            others=(("/blog/teapots", anchor(f"{STORE}?channel=kettles")),),
        ),
    ),
    good=(
        Example(
            anchor(f"{STORE}?channel=kettles"),
            path="/blog/kettles",
            contract=_BY_ANSWER,
            others=(("/blog/teapots", anchor(f"{STORE}?channel=teapots")),),
        ),
    ),
    fix="contract",
    site=_check,
    needs=lambda link: link.description.channel is not None,
    mutes=("UTM004",),
)
