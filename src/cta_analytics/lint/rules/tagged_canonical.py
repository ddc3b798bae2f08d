"""PAG003: UTM parameters in the address that a page gives itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_ADDRESS = "https://www.larkmoor.example/answers/quiet-kettle"


def _check(page: Page, links: Sequence[Link], context: Context) -> Iterator[Hit]:
    # Only addresses with a query are kept, and few have one.
    for stated in page.stated:
        found = context.resolver.describe(stated.href, page.path)
        query = found.query
        tagged = [
            param for param in query.params if param.key.startswith("utm_") or param.key in context.resolver.own_keys
        ]
        if not tagged:
            continue
        names = ", ".join(f'"{param.key}"' for param in tagged)
        left = query.without({param.key for param in tagged})
        named = "the canonical address of the page" if stated.kind == "canonical" else "its address in the sitemap"
        yield Hit(
            f"{named} carries {names}",
            page=page,
            start=query.offset + tagged[0].start if stated.raw else None,
            end=query.offset + tagged[0].end if stated.raw else None,
            keys=frozenset(param.key for param in tagged),
            repair=found.parsed.with_query(left.raw or None) if stated.raw else None,
            stated=stated,
        )


RULE = Rule(
    code="PAG003",
    name="tagged-canonical",
    severity="error",
    summary="A page's `<link rel=canonical>`, or its URL in the sitemap, carries UTM or source parameters.",
    why=(
        "Search engines list the tagged address: everybody who comes from a search is then counted for the campaign "
        "in it, and the campaign looks as if it had brought them."
    ),
    bad=(Example(f'<head><link rel="canonical" href="{_ADDRESS}?utm_source=newsletter"></head><p>Ours.</p>'),),
    good=(Example(f'<head><link rel="canonical" href="{_ADDRESS}"></head><p>Ours.</p>'),),
    fix="safe",
    page=_check,
)
