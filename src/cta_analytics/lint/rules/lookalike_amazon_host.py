"""AMZ020: a host that is read as Amazon's and is not."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import leads_to, problem
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_found = problem("AMZ020")


def _check(link: Link, context: Context) -> Iterable[Hit]:
    # Nearly every link is without problem.
    if not link.description.problems or leads_to(link.description, context.texts("allow")):
        return ()
    return _found(link, context)


RULE = Rule(
    code="AMZ020",
    name="lookalike-amazon-host",
    severity="error",
    summary="The host looks like Amazon's and belongs to somebody else: `arnazon.com`, `amazon.com.example`.",
    why=(
        "A mistyped host leads our visitors to whoever registered it, at times to a forged sign-in page; whatever they "
        "buy there is not ours."
    ),
    bad=(
        Example(anchor("https://www.arnazon.com/dp/B0LARKMR01", "the kettle")),
        Example(anchor("https://www.amazon.com.shop.example/dp/B0LARKMR01", "the kettle")),
    ),
    good=(
        Example(anchor(PRODUCT, "the kettle")),
        Example(anchor("https://amazonrainforest.example/", "the rainforest")),
    ),
    options=(Option("allow", [], "Hosts (or globs of them) that bear the name by right."),),
    link=_check,
)
