"""AMZ004: an Attribution tag without the parameters that belong to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import absent_companions, with_values
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, TAG, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_found = problem("AMZ004")


def _check(link: Link, context: Context) -> Iterable[Hit]:
    # Nearly every link has none.
    if not link.description.problems:
        return ()
    query = link.description.query
    absent = frozenset({"ref_", "tag"}) - set(query.keys)
    repair = with_values(link, absent_companions(query))
    return [replace(hit, keys=absent or hit.keys, repair=repair) for hit in _found(link, context)]


RULE = Rule(
    code="AMZ004",
    name="missing-attribution-companion",
    severity="warning",
    summary="`maas` stands without `ref_=aa_maas` or `tag=maas`.",
    why=("The three are one tag, and Amazon wants all of it in the link. Tags made some years ago lack `tag=maas`."),
    bad=(Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=aa_maas")), Example(anchor(f"{PRODUCT}?maas={TAG}&tag=maas"))),
    good=(Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=aa_maas&tag=maas")),),
    fix="safe",
    link=_check,
)
