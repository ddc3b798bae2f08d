"""AMZ009: a short link, behind which neither page nor tag can be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cta_analytics.config import CtaPolicy
from cta_analytics.links import policy
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import leads_to, problem
from cta_analytics.lint.example import anchor, cta
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_found = problem("AMZ009")


def _check(link: Link, context: Context) -> Iterable[Hit]:
    if not link.description.problems:
        return ()
    hits = list(_found(link, context))
    if not hits or leads_to(link.description, context.texts("allow")):
        return ()
    if _stands_for_a_cta(link, context):
        return [replace(hit, message=f"{hit.message}; the contract expects a CTA for Amazon here") for hit in hits]
    return [replace(hit, severity="warning") for hit in hits]


def _stands_for_a_cta(link: Link, context: Context) -> bool:
    """Whether a policy is about the link, or it is one of Amazon's where a policy for Amazon holds.

    Of a third party's short link nobody knows that it leads to Amazon, wherever it stands.
    """
    if link.cta is not None:
        return True
    if link.kind != "amazon_short":
        return False
    page = context.identity(link)
    return any(
        _is_for_amazon(rule)
        and policy.applies(rule, page)
        and policy.matches_place(rule.match, link.data_slot, link.placement)
        for rule in context.contract.ctas
    )


def _is_for_amazon(rule: CtaPolicy) -> bool:
    kinds = [rule.match.kind] if isinstance(rule.match.kind, str) else rule.match.kind or []
    return rule.program != "none" or any(kind.startswith("amazon_") for kind in kinds)


RULE = Rule(
    code="AMZ009",
    name="short-link",
    severity="error",
    summary=(
        "A short link: an error where a CTA policy is about it, and for Amazon's own short hosts where a policy for "
        "Amazon holds on the page; elsewhere a warning."
    ),
    why=(
        "Landing page and tag are out of sight: nobody can check that the link earns or measures anything, our own "
        "parameters get lost on the way, and in the click log it is a target of its own. Whoever holds the short link "
        "can change it at any time."
    ),
    bad=(
        Example(anchor("https://amzn.to/4kE7tLe")),
        Example(anchor("https://amzn.to/4kE7tLe", "the kettle"), path="/products/kettle"),
    ),
    good=(
        Example(cta()),
        Example(anchor("https://a.co/d/5hQz1Xy"), contract='\n[lint.options.AMZ009]\nallow = ["a.co"]\n'),
    ),
    options=(
        Option("allow", [], "Hosts (or globs of them) whose short links are all right, such as one of your own."),
    ),
    link=_check,
)
