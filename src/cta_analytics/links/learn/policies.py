"""CTA policies from groups of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cta_analytics.config import CtaPolicy, PageKind, ParamRule
from cta_analytics.links import policy
from cta_analytics.links.learn import tags as tagging
from cta_analytics.links.learn import values
from cta_analytics.links.learn.groups import Group, group
from cta_analytics.links.learn.majority import nearly_all, rule_of
from cta_analytics.links.learn.observed import Observed
from cta_analytics.links.learn.survey import Seen
from cta_analytics.links.learn.tags import Tags


@dataclass(frozen=True, slots=True)
class DraftedPolicy:
    """A policy with what it was learned from."""

    policy: CtaPolicy
    links: int
    texts: tuple[str, ...]
    """What its links say most often."""
    notes: tuple[str, ...] = ()


def policies(
    observed: Sequence[Observed], tags: Tags, seen: Sequence[Seen], kinds: Sequence[PageKind]
) -> list[DraftedPolicy]:
    """The policies of a site, in the order in which a link must be held against them."""
    groups = group(observed)
    drafted = [_draft(one, tags) if one.members else None for one in groups]
    found = [made or _borrowed(one, drafted, groups) for one, made in zip(groups, drafted, strict=True)]
    slugged = {kind.kind for kind in kinds if "{slug}" in kind.path}
    asked = [
        _with_minimum(made, observed, seen, one.page_kind) if one.page_kind in slugged else made
        for one, made in zip(groups, found, strict=True)
    ]
    return _named(
        sorted(_merged(list(zip(groups, asked, strict=True))), key=lambda pair: not _is_narrow(pair[1].policy))
    )


def _is_narrow(made: CtaPolicy) -> bool:
    """Whether it asks for more than a kind of link, so that it must be tried before those that do not."""
    return any(asked is not None for asked in (made.match.asin, made.match.slot, made.match.placement))


def _draft(one: Group, tags: Tags) -> DraftedPolicy:
    params: dict[str, ParamRule] = {}
    notes = []
    by_key = {tagging.KEY[name]: name for name in tagging.FIELDS}
    for key in values.keys(one.members):
        learned = values.learn(key, one.members)
        name = by_key.get(key)
        carries = name is not None and sum(tagging.tag_of(name, link) is not None for link in one.members)
        if name and carries and learned.rule is not None and nearly_all(carries, len(one.members)):
            params[key] = tags.rule(name, one.members)
        elif learned.rule is not None:
            params[key] = learned.rule
        if learned.note and not (name and carries):
            notes.append(learned.note)
    if one.program == "none" and not params and one.about[1] is None:
        notes.append("They carry no tag: what they sell is in nobody's report.")
    landings = [link.found.landing for link in one.members]
    marketplaces = Counter(landing.marketplace for landing in landings if landing.is_amazon and landing.marketplace)
    stores = Counter(landing.store.page_id for landing in landings if landing.store and landing.store.page_id)
    shops = rule_of(marketplaces)
    pages = rule_of(stores) if nearly_all(stores.total(), len(landings)) else ()
    made = CtaPolicy.model_validate(
        {
            "name": "",
            "match": one.match,
            "on": [one.page_kind] if one.page_kind else [],
            "program": one.program,
            "marketplace": shops[0] if len(shops) == 1 else None,
            "store_page": (pages[0] if len(pages) == 1 else list(pages)) if pages else None,
            "params": params,
        }
    )
    texts = Counter(link.link.text for link in one.members if link.link.text)
    return DraftedPolicy(
        made, len(one.members) + len(one.copied), tuple(t for t, _ in texts.most_common(2)), tuple(notes)
    )


def _borrowed(one: Group, drafted: Sequence[DraftedPolicy | None], groups: Sequence[Group]) -> DraftedPolicy:
    """The rules of a group that leads to the same, for a group of which no link can be a model.

    That of the same products before others, then the larger one.
    """
    sold = {link.found.asin for link in one.copied} - {None}
    models = [
        (len(sold & {link.found.asin for link in other.members}), made.links, made)
        for made, other in zip(drafted, groups, strict=True)
        if made and other.page_kind and other.about == one.about and made.policy.program != "none"
    ]
    if not models:
        return _draft(replace(one, members=one.copied, copied=()), Tags({}, {}))
    model = max(models, key=lambda found: found[:2])[2]
    on = [one.page_kind] if one.page_kind else []
    changed = model.policy.model_copy(update={"on": on, "match": one.match, "min_per_page": 0})
    note = f"All of these were copied out of a browser, so the rules are those of pages of kind {model.policy.on[0]}."
    return DraftedPolicy(changed, len(one.copied), (), (note,))


def _with_minimum(
    made: DraftedPolicy, observed: Sequence[Observed], seen: Sequence[Seen], page_kind: str | None
) -> DraftedPolicy:
    """The policy with `min_per_page` where nearly all pages of the kind have such a link."""
    paths = {one.page.path for one in seen if one.page.kind == page_kind}
    having = {
        one.link.page
        for one in observed
        if one.link.page in paths
        and policy.matches(made.policy.match, one.found, one.link.data_slot, one.link.placement)
    }
    minimum = 1 if nearly_all(len(having), len(paths)) else 0
    return replace(made, policy=made.policy.model_copy(update={"min_per_page": minimum}))


def _merged(pairs: Sequence[tuple[Group, DraftedPolicy]]) -> list[tuple[Group, DraftedPolicy]]:
    """The policies with those in one that differ in nothing but the page kind."""
    found: list[tuple[Group, DraftedPolicy]] = []
    for one, made in pairs:
        alike = [i for i, (_, other) in enumerate(found) if _alike(other.policy, made.policy)]
        if not (alike and one.page_kind):
            found.append((one, made))
            continue
        first, other = found[alike[0]]
        both = other.policy.model_copy(update={"on": [*other.policy.on, *made.policy.on]})
        notes = tuple(dict.fromkeys((*other.notes, *made.notes)))
        found[alike[0]] = (first, replace(other, policy=both, links=other.links + made.links, notes=notes))
    return found


def _alike(one: CtaPolicy, other: CtaPolicy) -> bool:
    return bool(one.on) and one.model_copy(update={"on": other.on}) == other


def _named(pairs: Sequence[tuple[Group, DraftedPolicy]]) -> list[DraftedPolicy]:
    """The policies with names; the largest of those that lead to the same has the plain one."""
    taken: dict[int, str] = {}
    for index in sorted(
        range(len(pairs)), key=lambda index: (_is_narrow(pairs[index][1].policy), -pairs[index][1].links)
    ):
        one = pairs[index][0]
        kind, network = one.about
        plain = (network if kind == "affiliate" and network else kind).replace("_", "-")
        where = f"on-{one.page_kind or 'all-pages'}"
        endings = [
            one.role,
            where,
            f"{where}-{one.role}".rstrip("-"),
            *(f"{where}-{n}" for n in range(2, len(pairs) + 3)),
        ]
        names = [plain, *(f"{plain}-{ending}" for ending in endings if ending)]
        taken[index] = next(name for name in names if name not in taken.values())
    return [
        replace(made, policy=made.policy.model_copy(update={"name": taken[index]}))
        for index, (_, made) in enumerate(pairs)
    ]
