"""What a group's links have in common in one parameter: a rule for it, or why there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cta_analytics.config import ParamRule, Pattern
from cta_analytics.links.learn.majority import most, nearly_all, rule_of
from cta_analytics.links.learn.observed import Observed
from cta_analytics.urls import Networks, load

# A key of such a role says something that somebody reads; of the others nothing is asked.
_TELLING = frozenset(
    {"utm", "attribution", "referrer_label", "publisher", "publisher_label", "channel", "sub_id", "aa"}
)
_SHORTEST_SLUG = 4
"""A shorter slug than this stands in other words by chance, so it must be the whole value."""
_PLACEHOLDER = re.compile(r"\{(?:slug|kind|slot|lang)\}")


@dataclass(frozen=True, slots=True)
class Learned:
    """A rule for a parameter, or None and a note why there is none."""

    rule: ParamRule | None
    note: str = ""


def keys(members: Sequence[Observed], networks: Networks | None = None) -> list[str]:
    """The keys about which something can be asked, in the order of the links."""
    networks = networks or load()
    found: dict[str, None] = {}
    for one in sorted(members, key=lambda one: -len(one.values)):
        for key in one.values:
            meaning = networks.parameter(one.found.table, key)
            if meaning is None or meaning.role in _TELLING:
                found.setdefault(key)
    return list(found)


def learn(key: str, members: Sequence[Observed], networks: Networks | None = None) -> Learned:
    """What `members` have in common in `key`."""
    have = [one for one in members if one.values.get(key, "").strip()]
    if not nearly_all(len(have), len(members)):
        is_slip = nearly_all(len(members) - len(have), len(members))
        return Learned(None, "" if is_slip else f"{key}: on {len(have)} of {len(members)} of these links")
    template = _template(key, have)
    if template:
        return Learned(template)
    values = Counter(one.values[key] for one in have)
    settled = rule_of(values)
    if any(_PLACEHOLDER.search(value) for value in settled):
        # The braces stand on the site; in the contract they would mean something.
        return Learned(Pattern(pattern="|".join(re.escape(value) for value in settled)))
    if settled:
        return Learned(settled[0] if len(settled) == 1 else list(settled))
    meaning = (networks or load()).parameter(have[0].found.table, key)
    shown = f"{key}: free, {len(values)} values on {len(have)} links"
    # Only of a key that somebody reads is it known that it should be there.
    return Learned(Pattern(pattern=".+"), shown) if meaning else Learned(None, shown)


def _template(key: str, have: Sequence[Observed]) -> str | None:
    """The value with its page's slug, language or slot as a placeholder, where the values follow one of them."""
    by_slug = Counter(text for one in have if (text := _filled(one.values[key], one.page.slug)))
    if by_slug:
        template, count = by_slug.most_common(1)[0]
        if most(count, len(have)) and (count > 1 or len(have) == 1):
            return template
    for name in ("lang", "slot"):
        known = [one.page.lang if name == "lang" else one.link.data_slot for one in have]
        same = sum(text == one.values[key] for text, one in zip(known, have, strict=True))
        if len(set(known)) > 1 and nearly_all(same, len(have)):
            return f"{{{name}}}"
    return None


def _filled(value: str, slug: str | None) -> str | None:
    if not slug or "{" in value:
        return None
    if value == slug:
        return "{slug}"
    is_inside = len(slug) >= _SHORTEST_SLUG and value.count(slug) == 1
    return value.replace(slug, "{slug}") if is_inside else None
