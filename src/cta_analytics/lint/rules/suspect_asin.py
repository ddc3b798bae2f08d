"""AMZ019: a product id that is no certain ASIN."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_found = problem("AMZ019")


def _check(link: Link, context: Context) -> Iterable[Hit]:
    # Nearly every link is without problem.
    if not link.description.problems or link.description.claimed_asin in context.texts("allow"):
        return ()
    return _found(link, context)


RULE = Rule(
    code="AMZ019",
    name="suspect-asin",
    severity="warning",
    summary="The id of a product page is neither `B0` with eight characters nor a valid ISBN-10.",
    why=(
        "With one character lost or mistyped the link leads to a dog on an error page: the visitor is gone, and the "
        "click is counted."
    ),
    bad=(
        Example(anchor("https://www.amazon.com/dp/B0LARKMR1", "the kettle")),
        Example(anchor("https://www.amazon.com/dp/0201633613", "the book")),
    ),
    good=(
        Example(anchor(PRODUCT, "the kettle")),
        Example(anchor("https://www.amazon.com/dp/0201633612", "the book")),
    ),
    options=(Option("allow", [], "Ids that are right all the same."),),
    link=_check,
)
