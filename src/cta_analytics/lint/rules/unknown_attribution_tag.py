"""AMZ014: an Attribution tag that is not ours."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.amazon import contracted, repaired, with_values
from cta_analytics.lint.checks import departure, span_of
from cta_analytics.lint.example import OTHER_TAG, PRODUCT, anchor, cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _says(found: Departure, link: Link) -> str:
    return f'the Attribution tag "{found.actual}" is not one of ours ([tags] maas)'


_departing = repaired(departure("AMZ014", _says), contracted("maas"))


def _check(link: Link, context: Context) -> Iterable[Hit]:
    if link.cta is not None:
        return _departing(link, context)
    tag = link.description.attribution
    # On a page of somebody else the tag is somebody else's, too.
    if tag is None or tag.kind is None or link.description.network != "amazon":
        return ()
    ours = context.contract.tags.ours("maas")
    if not ours or tag.tag in ours:
        return ()
    start, end = span_of(link, "maas")
    says = f'the Attribution tag "{tag.tag}" is not one of ours ([tags] maas)'
    # No policy is about the link: only a contract with a single tag tells which it should have, and then perhaps.
    repair = with_values(link, {"maas": next(iter(ours))}) if len(ours) == 1 else None
    return [Hit(says, link, start=start, end=end, keys=frozenset({"maas"}), repair=repair, safety="unsafe")]


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
    breaks_attribution=True,
    link=_check,
    mutes=("UTM004",),
)
