"""The name of a link's place on a page: the same after other links were added or prose has changed."""

from __future__ import annotations

from cta_analytics.urls import Description


def name(data_slot: str | None, policy: str | None, description: Description, ordinal: int) -> str:
    """`data-cta-slot`, else `<policy or kind>:<target key>:<ordinal>`."""
    return data_slot or f"{policy or description.kind}:{target_key(description)}:{ordinal}"


def target_key(description: Description) -> str:
    """What a URL leads to, without how it is tagged: a store page, a product, a path, an address."""
    if description.store and description.store.page_id:
        return description.store.page_id
    if description.asin:
        return description.asin
    if description.kind == "fragment":
        return f"#{description.fragment or ''}"
    if description.host and description.kind in {
        "external",
        "short",
        "affiliate",
        "amazon_short",
        "amazon_other",
        "amazon_search",
    }:
        return f"{description.host}{description.path}".rstrip("/")
    return description.path or description.url


def without_fragment(url: str) -> str:
    """The part of a URL over which ordinals are counted."""
    return url.partition("#")[0]
