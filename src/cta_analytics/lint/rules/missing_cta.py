"""PAG001: a page with fewer CTAs than its kind needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links import policy
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_ASKED = """
[[ctas]]
name = "closing"
match = { kind = "amazon_store" }
on = ["answer"]
min_per_page = 1
"""


def _check(page: Page, links: Sequence[Link], context: Context) -> Iterator[Hit]:
    identity = context.resolver.identify(page.path)
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
        if any(link.kind == "computed" for link in links):
            yield Hit(f"{says}; it cannot be verified behind a computed link", page=page, severity="info")
        else:
            yield Hit(says, page=page)


RULE = Rule(
    code="PAG001",
    name="missing-cta",
    severity="error",
    summary="A page has fewer CTAs than the contract asks for on its kind.",
    why="Its visitors have nothing to click: whatever the page brings, none of it can become a sale that is ours.",
    bad=(Example("<p>Which kettle is the quietest? Ours.</p>", contract=_ASKED),),
    good=(Example(cta(), contract=_ASKED), Example("<p>About us.</p>", path="/about", contract=_ASKED)),
    page=_check,
)
