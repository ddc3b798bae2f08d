"""AMZ014: an Attribution tag that is not ours."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.amazon import contracted, repaired, with_values
from cta_analytics.lint.checks import departure, first_of, span_of
from cta_analytics.lint.example import OTHER_TAG, PRODUCT, anchor, cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _says(found: Departure, link: Link) -> str:
    return f'the Attribution tag "{found.actual}" is not one of ours ([tags] maas)'


def _anywhere(link: Link, context: Context) -> Iterator[Hit]:
    tag = link.description.attribution
    # On a page of somebody else the tag is somebody else's, too.
    if tag is None or tag.kind is None or link.cta is not None or link.description.network != "amazon":
        return
    ours = context.contract.tags.ours("maas")
    if ours and tag.tag not in ours:
        start, end = span_of(link, "maas")
        says = f'the Attribution tag "{tag.tag}" is not one of ours ([tags] maas)'
        # No policy is about the link: only a contract with a single tag tells which it should have, and then perhaps.
        repair = with_values(link, {"maas": next(iter(ours))}) if len(ours) == 1 else None
        yield Hit(says, link, start=start, end=end, keys=frozenset({"maas"}), repair=repair, safety="unsafe")


RULE = Rule(
    code="AMZ014",
    name="unknown-attribution-tag",
    severity="error",
    summary="`maas` has the right form and is none of the contract's tags.",
    why=(
        "The clicks and sales of the link are reported to whom the tag belongs to: to another account, or to a "
        "campaign that nobody looks at. A bonus goes there as well."
    ),
    bad=(
        Example(cta(maas=OTHER_TAG)),
        Example(anchor(f"{PRODUCT}?maas={OTHER_TAG}&ref_=aa_maas&tag=maas")),
    ),
    good=(Example(cta()),),
    fix="contract",
    link=first_of(repaired(departure("AMZ014", _says), contracted("maas")), _anywhere),
    mutes=("UTM004",),
)
