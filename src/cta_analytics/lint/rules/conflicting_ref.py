"""AMZ006: another `ref_` beside an Attribution tag."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.amazon import repaired, with_values
from cta_analytics.lint.checks import departure, first_of, problem
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import REF


def _says(found: Departure, link: Link) -> str:
    return f'"ref_" is "{found.actual}" where the Attribution tag needs "aa_maas"'


def _repair(link: Link, hit: Hit, context: Context) -> str | None:
    return with_values(link, {"ref_": REF})


RULE = Rule(
    code="AMZ006",
    name="conflicting-ref",
    severity="error",
    summary="Beside `maas` stands a `ref_` other than `aa_maas`.",
    why="`ref_=aa_maas` is a fixed part of the tag. Another label is left from a visit, and the tag may not measure.",
    bad=(Example(cta(ref_="sr_1_3")),),
    good=(Example(cta()),),
    fix="unsafe",
    breaks_attribution=True,
    link=repaired(first_of(problem("AMZ006"), departure("AMZ006", _says)), _repair, "unsafe"),
    mutes=("UTM004",),
)
