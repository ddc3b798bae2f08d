"""PAG004: two CTAs with nothing between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.example import STORE, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_SHOP = f'<a href="{STORE}?{query().replace("&", "&amp;")}">Shop Larkmoor on Amazon</a>'
_VIEW = '<a href="/products/kettle">View our kettles</a>'
_KETTLE = (("/products/kettle", "<p>The kettle.</p>"),)


def _check(page: Page, links: Sequence[Link], context: Context) -> Iterator[Hit]:
    for before, link in pairwise(links):
        if link.touches_previous and before.placement == link.placement == "cta":
            yield Hit(f'touches the CTA before it, "{before.text}": not even a blank is between them', link)


RULE = Rule(
    code="PAG004",
    name="adjacent-ctas",
    severity="info",
    summary="Two links of a CTA block stand side by side with nothing between them.",
    why=(
        "Without styling they read as one word, and a tap on a telephone easily takes the wrong one: clicks of one are "
        "counted for the other."
    ),
    bad=(Example(f"<p>{_SHOP}{_VIEW}</p>", others=_KETTLE),),
    good=(Example(f"<p>{_SHOP} {_VIEW}</p>", others=_KETTLE),),
    page=_check,
)
