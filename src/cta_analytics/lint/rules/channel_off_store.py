"""AMZ016: a Store's source tag on a page that is no Store."""

from __future__ import annotations

from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import repaired, without_params
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _repair(link: Link, hit: Hit, context: Context) -> str | None:
    asked = next((rule.params for rule in context.contract.ctas if rule.name == link.cta), {})
    # Where the contract asks for it, the contract is wrong, not the link.
    return None if "channel" in asked else without_params(link, link.description.query.params_of("channel"))


RULE = Rule(
    code="AMZ016",
    name="channel-off-store",
    severity="warning",
    summary="`channel` stands in a link to Amazon that does not lead to a Brand Store.",
    why=(
        "Only Stores read it. Whoever put it there expects figures for the tag, and the Store's report will have none "
        "for this link."
    ),
    bad=(Example(anchor(f"{PRODUCT}?channel=quiet-kettle", "the kettle")),),
    good=(
        Example(anchor(f"{STORE}?{query()}&channel=quiet-kettle")),
        Example(anchor("https://www.amazon.com/larkmoor?channel=quiet-kettle")),
    ),
    fix="safe",
    link=repaired(problem("AMZ016"), _repair),
)
