"""Whose the tags on a site are: shared by answers, one answer's own, or in doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cta_analytics.config import ByAnswer, OneOf
from cta_analytics.links.learn.majority import SMALLEST_MAJORITY, is_close, most, nearly_all
from cta_analytics.links.learn.observed import Observed
from cta_analytics.urls.tags import is_channel, is_tracking_id, read_attribution

Field = Literal["maas", "channel", "tracking_id"]
FIELDS: tuple[Field, ...] = ("maas", "channel", "tracking_id")
_CONSOLE_ID = 32
KEY: dict[Field, str] = {"maas": "maas", "channel": "channel", "tracking_id": "tag"}
"""The parameter that carries a tag."""

_IS_FORMED: dict[Field, Callable[[str], bool]] = {
    "maas": lambda value: read_attribution(value).kind is not None,
    "channel": is_channel,
    "tracking_id": is_tracking_id,
}


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a site. What is in none of `ours` is somebody else's, or wrong, or in doubt."""

    ours: Mapping[Field, tuple[str, ...]]
    """The most used first."""
    by_answer: Mapping[str, Mapping[Field, str]]
    """Slug -> the tags that stand on that answer alone."""
    unsure: tuple[tuple[str, Observed], ...] = ()
    """Tags that stand on a single link, where others share one, and were taken for ours; and that link."""
    used: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Tag -> the page of each link that carries it, whether it is ours or not."""

    def rule(self, name: Field, members: Sequence[Observed]) -> OneOf | ByAnswer:
        """What these links must carry: their answer's own tag where most do, else one of ours."""
        own = sum(self.by_answer.get(one.page.slug or "", {}).get(name) == tag_of(name, one) for one in members)
        return ByAnswer(by_answer=name) if most(own, len(members)) else OneOf(one_of=f"tags.{name}")


def tag_of(name: Field, one: Observed) -> str | None:
    """The tag of that kind that a link carries."""
    if not one.found.is_amazon:
        return None
    if name == "maas":
        return one.found.attribution.tag if one.found.attribution else None
    if name == "channel":
        return one.found.channel if one.found.kind == "amazon_store" else None
    return one.found.tracking_id if one.found.program == "associates" else None


def learn(observed: Sequence[Observed], known: str | None = None) -> Tags:
    """The tags of a site. `known` is a text in which ours are listed: with it, no other is ours."""
    ours: dict[Field, tuple[str, ...]] = {}
    own: dict[str, dict[Field, str]] = defaultdict(dict)
    unsure: list[tuple[str, Observed]] = []
    used: dict[str, list[str]] = {}
    for name in FIELDS:
        by_value: dict[str, list[Observed]] = defaultdict(list)
        for one in observed:
            value = tag_of(name, one)
            if value:
                by_value[value].append(one)
        used |= {value: [one.link.page for one in links] for value, links in by_value.items()}
        kept, doubtful = _sorted_out(name, by_value, known)
        ours[name] = tuple(sorted(kept, key=lambda value: -len(by_value[value])))
        for slug, value in _own(name, {value: by_value[value] for value in ours[name]}, observed).items():
            own[slug][name] = value
        unsure += [(value, by_value[value][0]) for value in ours[name] if value in doubtful]
    return Tags(ours, own, tuple(unsure), used)


def _sorted_out(name: Field, by_value: Mapping[str, list[Observed]], known: str | None) -> tuple[list[str], set[str]]:
    """The tags that are ours, and those that stand on a single link though most links of their group share theirs."""
    if known is not None:
        listed = [value for value in by_value if re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", known)]
        return listed, set()
    firm = [value for value, links in by_value.items() if len(links) > 1]
    single = {
        value: links[0]
        for value, links in by_value.items()
        if len(links) == 1 and _IS_FORMED[name](value) and not any(is_slip(value, other) for other in firm)
    }
    links = Counter(_group(one) for found in by_value.values() for one in found)
    shared = links - Counter(_group(one) for one in single.values())
    kept = {*firm, *(value for value, one in single.items() if _is_custom(_group(one), shared, links))}
    minor = {value for value, one in single.items() if most(shared[_group(one)], links[_group(one)])}
    return [value for value in by_value if value in kept and not _is_amazons(by_value[value][0], value)], minor


def is_slip(value: str, tag: str) -> bool:
    """Whether a value is one of our tags with a slip of the hand."""
    ids = [read_attribution(text).id for text in (value, tag) if text.startswith("maas_adg_")]
    # Nobody numbers the hexadecimal ids of the console: two that are nearly alike are one.
    hexadecimal = [text for text in ids if text and len(text) == _CONSOLE_ID]
    if len(hexadecimal) > 1:
        return is_close(hexadecimal[0], hexadecimal[1], may_be_numbered=False)
    return is_close(value, tag)


def _group(one: Observed) -> tuple[str, str]:
    return one.page.kind, one.found.kind


def _is_custom(group: tuple[str, str], shared: Counter[tuple[str, str]], links: Counter[tuple[str, str]]) -> bool:
    """Whether a tag of a single link is no exception in its group: then such tags are the custom there."""
    if links[group] >= SMALLEST_MAJORITY:
        return not nearly_all(shared[group], links[group])
    # A group too small to have a custom of its own goes by that of the whole site.
    return not nearly_all(shared.total(), links.total())


def _is_amazons(one: Observed, value: str) -> bool:
    return one.found.table is not None and one.found.table.is_own_tag(value)


def _own(name: Field, by_value: Mapping[str, list[Observed]], observed: Sequence[Observed]) -> dict[str, str]:
    """Slug -> the tag that stands on its page alone, where there are other pages that could carry it."""
    found: dict[str, list[str]] = defaultdict(list)
    pages: dict[str, set[str]] = defaultdict(set)
    for one in observed:
        pages[one.found.kind].add(one.link.page)
    for value, links in by_value.items():
        slugs = {one.page.slug for one in links}
        has_others = len(pages[links[0].found.kind]) > 1
        if len(slugs) == 1 and has_others and not (name == "tracking_id" and _is_general(value, by_value)):
            found[next(iter(slugs)) or ""].append(value)
    return {slug: values[0] for slug, values in found.items() if slug and len(values) == 1}


def _is_general(tracking_id: str, others: Mapping[str, object]) -> bool:
    """Whether it is the account's first id, from which others were made: `shop-20` beside `shopgifts-20`."""
    stem = tracking_id.rpartition("-")[0]
    return any(other != tracking_id and other.startswith(stem) for other in others)
