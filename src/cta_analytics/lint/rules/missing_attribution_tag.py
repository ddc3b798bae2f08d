"""AMZ001: a CTA of program attribution without its tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.amazon import absent_companions, expected, with_values
from cta_analytics.lint.checks import departure, first_of, problem
from cta_analytics.lint.example import cta
from cta_analytics.lint.finding import Safety
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import REF, TAG


def _says(found: Departure, link: Link) -> str:
    absent = 'has an empty "maas"' if found.actual is not None else 'has no "maas"'
    return f'the CTA "{link.cta}" {absent}: Amazon reports nothing of what it brings'


_found = first_of(departure("AMZ001", _says), problem("AMZ001"))


def _check(link: Link, context: Context) -> Iterable[Hit]:
    # Nearly every link has neither.
    if not link.description.problems and not link.departures:
        return ()
    # The tag is three parameters; where its first is missing, the others are no findings of their own.
    keys, (repair, safety) = frozenset({"maas", "ref_", "tag"}), _repair(link)
    return [replace(hit, keys=keys, repair=repair, safety=safety) for hit in _found(link, context)]


def _repair(link: Link) -> tuple[str | None, Safety]:
    maas, query = expected(link, "maas"), link.description.query
    # Beside an Associates tag another one would be a second program.
    if (
        maas is None
        or not link.description.is_amazon
        or query.get("tag") not in {None, "", TAG}
        or "ascsubtag" in query
    ):
        return None, "safe"
    # What else `ref_` says, the tag overrules.
    safety: Safety = "safe" if query.get("ref_") in {None, "", REF} else "unsafe"
    return with_values(link, {"maas": maas, **absent_companions(query), "ref_": REF}), safety


RULE = Rule(
    code="AMZ001",
    name="missing-attribution-tag",
    severity="error",
    summary="A Store or product CTA of program attribution carries no `maas`, or only its companions.",
    why=(
        "Without the tag Amazon Attribution reports neither clicks nor sales of the link, and no Brand Referral Bonus "
        "is paid for what it sells. Past clicks cannot be tagged."
    ),
    bad=(Example(cta("maas")), Example(cta("maas", "ref_", "tag")), Example(cta(maas=""))),
    good=(Example(cta()),),
    fix="contract",
    breaks_attribution=True,
    link=_check,
    mutes=("UTM001", "UTM002", "AMZ002", "AMZ004"),
)
