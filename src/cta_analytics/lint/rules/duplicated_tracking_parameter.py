"""AMZ003: a parameter of Amazon's tracking twice."""

from __future__ import annotations

from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import repaired, without_repeats
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, TAG, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _repair(link: Link, hit: Hit, context: Context) -> str | None:
    return without_repeats(link, hit.keys)


RULE = Rule(
    code="AMZ003",
    name="duplicated-tracking-parameter",
    severity="error",
    summary="`maas`, `ref_`, `tag`, `channel`, an `aa_*` key or `ascsubtag` stands in an Amazon URL twice.",
    why="Amazon asks for each of them once, and says that a second one of the same name makes it measure wrongly.",
    bad=(Example(anchor(f"{STORE}?{query()}&maas={TAG}")), Example(anchor(f"{STORE}?{query()}&ref_=aa_maas"))),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    fix="safe",
    breaks_attribution=True,
    link=repaired(problem("AMZ003"), _repair),
    mutes=("LNK009", "AMZ005", "AMZ006"),
)
