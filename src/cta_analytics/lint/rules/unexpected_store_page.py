"""AMZ021: another Store page than the contract names."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.amazon import expected, is_changeable, repaired
from cta_analytics.lint.checks import departure, worded
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_ELSEWHERE = STORE.rpartition("/")[0] + "/0E1D2C3B-4A59-4687-9576-A4B3C2D1E0F9"


def _says(found: Departure, link: Link) -> str:
    leads = f'the Store page "{found.actual}"' if found.actual else "a Store address without a page id"
    return f"leads to {leads}; the contract asks for {worded(found.expected)}"


def _repair(link: Link, hit: Hit, context: Context) -> str | None:
    page_id, store = expected(link, "store_page"), link.description.store
    if page_id is None or store is None or not is_changeable(link) or link.description.url != link.href:
        return None
    if hit.start is not None:
        return f"{link.href[: hit.start]}{page_id}{link.href[hit.end :]}"
    # The Store's start page, by its name or by its old number.
    end = link.description.parsed.path_end
    path = link.href[:end].rstrip("/") if store.brand else f"{link.href[:end].partition('/stores/')[0]}/stores"
    return f"{path}/page/{page_id}{link.href[end:]}"


RULE = Rule(
    code="AMZ021",
    name="unexpected-store-page",
    severity="error",
    summary="A CTA leads to another Store page than the contract names.",
    why="Visitors land on another brand's Store, or on a page of ours that was never meant for them or is gone.",
    bad=(Example(anchor(f"{_ELSEWHERE}?{query()}")),),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    fix="contract",
    link=repaired(departure("AMZ021", _says), _repair),
    mutes=("UTM004",),
)
