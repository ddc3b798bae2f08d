"""How rows of Amazon Attribution and our links come to the same tag; the rules stand in docs/conversions.md."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.config import Contract
from cta_analytics.conversions.importer import ReportedKey, Tie, UrlTags
from cta_analytics.urls.parse import parse
from cta_analytics.urls.tags import AA_KEYS, read_attribution

_DEPTH = {"campaign": 1, "adgroup": 2, "creative": 3}


def link_tags(url: UrlTags) -> Sequence[str]:
    """The tags of a URL: a console tag is itself, an API tag our own ids at each level.

    The ids are joined by "/", which Amazon forbids in them.
    """
    if not url.tag:
        return ()
    if read_attribution(url.tag).kind == "console":
        return (url.tag,)
    query = parse(url.url).query
    ids = [query.get(key) or "" for key in AA_KEYS]
    return tuple("/".join(ids[:depth]) for depth in _DEPTH.values() if all(ids[:depth]))


def contract_tags(contract: Contract) -> Sequence[tuple[str, str]]:
    """The tags that the contract gives to one answer: its maas tag, or an ad group that has no other name."""
    owned = ((tags.maas or tags.ad_group, answer) for answer, tags in contract.tags.by_answer.items())
    return [(tag, answer) for tag, answer in owned if tag]


def tie(key: ReportedKey, contract: Contract, known: frozenset[str]) -> Tie | None:
    """The tag of a reported row; None where neither the contract nor an id says it.

    A creative without a tag of its own is of its ad group.
    """
    if key.stated_tag:
        return Tie(key.stated_tag, "column")
    if key.level == "campaign":
        return _by_our_ids(known, key.campaign)
    if key.level == "creative" and (own := _by_our_ids(known, key.campaign, key.ad_group, key.creative)):
        return own
    return _named(key, contract) or _by_our_ids(known, key.campaign, key.ad_group) or _by_id(key.ad_group)


def _by_our_ids(known: frozenset[str], *ids: str) -> Tie | None:
    """An API row repeats our aa_* strings. They are free text, so only those that a link carries count."""
    level = ("campaign", "adgroup", "creative")[len(ids) - 1]
    return Tie("/".join(ids), f"{level} ids") if "/".join(ids) in known else None


def _named(key: ReportedKey, contract: Contract) -> Tie | None:
    for name in (f"{key.campaign} / {key.ad_group}", key.ad_group):
        if name in contract.tags.ad_groups:
            return Tie(contract.tags.ad_groups[name], "tags.ad_groups")
    for tags in contract.tags.by_answer.values():
        if tags.ad_group == key.ad_group:
            return Tie(tags.maas or key.ad_group, "tags.by_answer")
    return None


def _by_id(ad_group: str) -> Tie | None:
    """An ad group that is called by its id, the 32 hex digits of the tag, or by the tag itself."""
    for tag in (ad_group, f"maas_adg_{ad_group.upper()}_afap_abs"):
        if read_attribution(tag).kind == "console":
            return Tie(tag, "id")
    return None
