"""PAG001: a page with fewer CTAs than its kind needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cta_analytics.config import CtaPolicy
from cta_analytics.links import policy
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule

# What opens a menu or goes back in the history leads to no shop.
_NOWHERE = re.compile(
    r"(?i)\s*javascript:\s*(?:(?:void|return|false|history|window\.(?:print|close|history|scroll\w*))\b.*|;*\s*)$",
    re.DOTALL,
)
_LANDMARKS = frozenset({"nav", "header", "footer", "form", "author", "legal"})
_ASKED = """
[[ctas]]
name = "closing"
match = { kind = "amazon_store" }
on = ["answer"]
min_per_page = 1
"""


def _check(page: Page, links: Sequence[Link], context: Context) -> Iterator[Hit]:
    identity = context.identity(page)
    for rule in context.contract.ctas:
        if not rule.min_per_page or not policy.applies(rule, identity):
            continue
        # Two policies may be about one link; it counts for each that matches it.
        count = sum(
            1
            for link in links
            if link.cta == rule.name or policy.matches(rule.match, link.description, link.data_slot, link.placement)
        )
        if count >= rule.min_per_page:
            continue
        has = "no link" if not count else f"{count} of {rule.min_per_page} links"
        says = f'{has} of the CTA "{rule.name}" on this page of kind "{page.kind}"'
        if any(_may_be(rule, link) for link in links):
            yield Hit(f"{says}; it cannot be verified behind a computed link", page=page, severity="info")
        else:
            yield Hit(says, page=page)


def _may_be(rule: CtaPolicy, link: Link) -> bool:
    """Whether a link may be such a CTA, for all that is known: its URL is an expression, its place is not another."""
    if link.kind != "computed" or _NOWHERE.match(link.href):
        return False
    # What stands in a text is placed by what it leads to, which is not known here.
    placement = link.placement if link.placement in _LANDMARKS else None
    return policy.matches_place(rule.match, link.data_slot, placement)


RULE = Rule(
    code="PAG001",
    name="missing-cta",
    severity="error",
    summary=(
        "A page has fewer CTAs than the contract asks for on its kind; an info where one of them may stand behind a "
        "computed link."
    ),
    why="Its visitors have nothing to click: whatever the page brings, none of it can become a sale that is ours.",
    bad=(Example("<p>Which kettle is the quietest? Ours.</p>", contract=_ASKED),),
    good=(Example(cta(), contract=_ASKED), Example("<p>About us.</p>", path="/about", contract=_ASKED)),
    page=_check,
)
