"""The contract's rules for parameters: what a value should be on a page, and how a value departs from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cta_analytics.config import ByAnswer, Contract, CtaPolicy, OneOf, ParamRule, Pattern
from cta_analytics.links.link import Departure, Expected
from cta_analytics.pages.page import PageIdentity
from cta_analytics.urls import Description
from cta_analytics.urls.tags import REF, TAG, read_attribution

_TEMPLATE = re.compile(r"\{(slug|kind|slot|lang)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A parameter rule for one link: `values` of which one would do, or a `pattern`; `by_slug` if it names the page."""

    key: str
    values: tuple[str, ...] = ()
    pattern: str | None = None
    by_slug: bool = False

    @property
    def expected(self) -> Expected:
        """The rule for a message."""
        if self.pattern is not None:
            return f"/{self.pattern}/"
        return self.values[0] if len(self.values) == 1 else self.values

    def allows(self, value: str) -> bool:
        """Whether a value obeys it; a rule without values asks only that there is one."""
        if self.pattern is not None:
            return re.fullmatch(self.pattern, value) is not None
        return not self.values or value in self.values


def rules(policy: CtaPolicy, contract: Contract, page: PageIdentity, slot: str) -> list[Rule]:
    """The rules of a policy for a link on a page. A rule that names what the page does not have is left out."""
    found = [_rule(key, rule, contract, page, slot) for key, rule in policy.params.items()]
    known = {rule.key for rule in found if rule}
    implied = {"attribution": ("maas", contract.tags.maas), "associates": ("tag", contract.tags.tracking_id)}
    if policy.program in implied and implied[policy.program][0] not in known:
        key, values = implied[policy.program]
        found.insert(0, Rule(key, tuple(values)))
    return [rule for rule in found if rule]


def _rule(key: str, rule: ParamRule, contract: Contract, page: PageIdentity, slot: str) -> Rule | None:
    if isinstance(rule, Pattern):
        return Rule(key, pattern=rule.pattern)
    if isinstance(rule, OneOf):
        return Rule(key, tuple(contract.listed(rule)))
    if isinstance(rule, ByAnswer):
        own = contract.tags.by_answer.get(page.slug or page.answer or "")
        single = getattr(own, rule.by_answer) if own else None
        # An answer without a tag of its own may carry any that is ours.
        values = (single,) if single else tuple(getattr(contract.tags, rule.by_answer))
        return Rule(key, values) if values else None
    texts = [rule] if isinstance(rule, str) else rule
    known = {"slug": page.slug or page.answer, "kind": page.kind, "slot": slot, "lang": page.lang}
    values = ()
    for text in texts:
        if any(not known[name] for name in _TEMPLATE.findall(text)):
            continue
        values += (_TEMPLATE.sub(lambda found: known[found[1]] or "", text),)
    return Rule(key, values, by_slug=any("{slug}" in text for text in texts)) if values else None


def departures(found: list[Rule], policy: CtaPolicy, contract: Contract, link: Description) -> list[Departure]:
    """How a link's parameters depart from the rules."""
    # Of a configured redirect both queries arrive: its own, and what it hands on from the link.
    given: dict[str, str] = {}
    for key, value in (*link.params, *(link.landing.params if link.landing is not link else ())):
        given.setdefault(key, value)
    if policy.program == "associates" and link.tracking_id:
        # An Associates tag may stand under another key, or in the path.
        given.setdefault("tag", link.tracking_id)
    result = []
    for rule in found:
        actual = given.get(rule.key)
        if actual is None or not actual.strip():
            result.append(Departure(_missing(rule.key, policy, actual), rule.key, rule.expected, actual))
        elif not rule.allows(actual):
            result.append(Departure(_wrong(rule, policy, contract, given), rule.key, rule.expected, actual))
    return result


def _missing(key: str, policy: CtaPolicy, value: str | None) -> str:
    if policy.program == "attribution" and key == "maas":
        return "AMZ001"
    if policy.program == "associates" and key == "tag":
        return "AFF001"
    return "UTM001" if value is None else "UTM002"


def _wrong(rule: Rule, policy: CtaPolicy, contract: Contract, given: dict[str, str]) -> str:
    value = given[rule.key]
    if rule.by_slug:
        return "UTM008"
    if rule.key == "maas":
        if read_attribution(value).kind is None:
            return "AMZ002"
        return "UTM004" if value in contract.tags.ours("maas") else "AMZ014"
    if rule.key == "tag":
        if policy.program == "associates":
            return "UTM004" if value in contract.tags.tracking_id else "AFF002"
        return "AMZ005" if "maas" in given and rule.values == (TAG,) else "UTM004"
    if rule.key == "ref_" and "maas" in given and rule.values == (REF,):
        return "AMZ006"
    return "UTM004"
