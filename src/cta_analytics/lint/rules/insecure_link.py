"""LNK001: `http:` where `https:` is there."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_KETTLE = (("/products/kettle", "<p>The kettle.</p>"),)


def _check(link: Link, context: Context) -> Iterable[Hit]:
    parsed = link.description.parsed
    if parsed.scheme != "http" or parsed.port or link.href[parsed.start : parsed.start + 5].lower() != "http:":
        return ()
    if link.description.network == "amazon":
        says = "http: to Amazon; https: saves a redirect and keeps the referrer"
    elif _is_own(parsed.host, context):
        says = "http: to the own site, which is at https:"
    else:
        return ()
    start, end = parsed.start, parsed.start + len("http")
    return (Hit(says, link, start=start, end=end, repair=f"{link.href[:end]}s{link.href[end:]}"),)


def _is_own(host: str | None, context: Context) -> bool:
    bare = (host or "").removeprefix("www.")
    return any(
        (site.base_url or "").startswith("https:") and (site.host or "").removeprefix("www.") == bare
        for site in context.contract.all_sites
    )


RULE = Rule(
    code="LNK001",
    name="insecure-link",
    severity="warning",
    summary="`http:` to Amazon, or to the own site where that is at `https:`.",
    why=(
        "The visitor is redirected once more, and from a page at `https:` no referrer goes to an address at `http:`: "
        "the click arrives later, and as a direct visit."
    ),
    bad=(
        Example(anchor(PRODUCT.replace("https:", "http:"), "the kettle")),
        Example(anchor("http://www.larkmoor.example/products/kettle", "the kettle"), others=_KETTLE),
    ),
    good=(
        Example(anchor(PRODUCT, "the kettle")),
        Example(anchor("https://www.larkmoor.example/products/kettle", "the kettle"), others=_KETTLE),
        Example(anchor("http://tea.example/", "a friend")),
    ),
    fix="safe",
    link=_check,
)
