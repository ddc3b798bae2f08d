"""UTM017: one value that should name a page stands on two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links import params
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_BY_LANGUAGE = """
[[pages]]
kind = "answer"
path = "/{lang}/answers/{slug}"
"""


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    policies = {policy.name: policy for policy in context.contract.ctas}
    seen: dict[tuple[str, str, str], dict[str, Link]] = {}
    for link in links:
        policy = policies.get(link.cta or "")
        if policy is None:
            continue
        departing = {departure.key for departure in link.departures}
        identity = context.resolver.identify(link.page)
        for rule in params.rules(policy, context.contract, identity, link.slot):
            value = link.description.query.get(rule.key)
            # A value that names another page is that page's by mistake; UTM008 says so where it stands.
            if rule.by_slug and value and rule.key not in departing:
                seen.setdefault((policy.name, rule.key, value), {}).setdefault(link.page, link)
    for (_, key, value), by_page in seen.items():
        if len(by_page) < 2:
            continue
        first, *others = by_page.values()
        for link in others:
            start, end = span_of(link, key)
            says = f'"{key}" is "{value}" here and on {first.page}: their clicks cannot be told apart'
            yield Hit(says, link, start=start, end=end, keys=frozenset({key}))


RULE = Rule(
    code="UTM017",
    name="reused-utm-content",
    severity="error",
    summary="One slug-bound value stands on two pages, and both are right by the contract.",
    why="Two pages with one name are one page in every report: neither can be judged.",
    bad=(Example(cta(), contract=_BY_LANGUAGE, others=(("/de/answers/quiet-kettle", cta()),)),),
    good=(Example(cta()),),
    site=_check,
)
