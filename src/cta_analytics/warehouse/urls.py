"""A described URL as a row of the warehouse."""

from __future__ import annotations

import json
from typing import Any

from cta_analytics.links.contract import Resolver
from cta_analytics.pages.page import site_path
from cta_analytics.urls import Description
from cta_analytics.warehouse import ids

COLUMNS = (
    "url_id", "url", "canonical", "kind", "network", "program", "marketplace", "host", "store_brand", "store_page", "asin",
    "tag", "tag_level", "tag_id", "tracking_id", "sub_tag", "channel", "utm_source", "utm_medium", "utm_campaign", "utm_term",
    "utm_content", "utm_id", "ga4_channel", "target_answer", "target_path", "problems", "destination", "is_redirect",
)  # fmt: skip


def address(found: Description) -> str:
    """What a URL is known by: as a browser normalises it, without fragment; a path where the site's address is not known."""
    if found.parsed.error is not None or found.kind in {"fragment", "computed"}:
        return found.url
    if found.href:
        return found.href.partition("#")[0]
    return found.path + (f"?{found.query.raw}" if found.query.raw else "")


def row(found: Description, resolver: Resolver) -> dict[str, Any]:
    """The columns of a URL, described by `Resolver.describe`."""
    url = address(found)
    # A wrapper of another network keeps its own identity; a redirect of the own site is what it leads to.
    is_redirect = found.is_wrapper and found.table is None and found.target is not None
    last = found.landing
    inside = (
        resolver.is_internal(found)
        and found.path.startswith("/")
        and found.kind not in {"fragment", "invalid", "computed"}
    )
    target = resolver.identify(site_path(found.path)) if inside else None
    return {
        "url_id": ids.of(url),
        "url": url,
        "canonical": found.canonical,
        "kind": found.kind,
        "network": found.network,
        "program": found.program,
        "marketplace": found.marketplace,
        "host": found.host,
        "store_brand": found.store.brand if found.store else None,
        "store_page": found.store.page_id if found.store else None,
        "asin": found.asin,
        "tag": found.attribution.tag if found.attribution else None,
        "tag_level": found.attribution.level if found.attribution else None,
        "tag_id": found.attribution.id if found.attribution else None,
        "tracking_id": found.tracking_id,
        "sub_tag": found.sub_tag,
        "channel": found.channel,
        "utm_source": found.utm.source,
        "utm_medium": found.utm.medium,
        "utm_campaign": found.utm.campaign,
        "utm_term": found.utm.term,
        "utm_content": found.utm.content,
        "utm_id": found.utm.id,
        "ga4_channel": found.ga4_channel,
        "target_answer": target.answer if target else None,
        "target_path": target.path if target else None,
        "problems": json.dumps([problem.as_json() for problem in found.problems], ensure_ascii=False),
        "destination": last.canonical or address(last),
        "is_redirect": is_redirect,
    }
