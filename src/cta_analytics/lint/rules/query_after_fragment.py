"""LNK007: parameters behind `#`."""

from __future__ import annotations

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import concerns_us, problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Context, Example, Rule
from cta_analytics.urls import Problem


def _is_meant_for_a_server(link: Link, found: Problem, context: Context) -> bool:
    # Foreign sites keep their own state behind `#?`; utm parameters are nobody's state.
    return concerns_us(link, found, context) or "utm_" in (link.description.fragment or "")


RULE = Rule(
    code="LNK007",
    name="query-after-fragment",
    severity="error",
    summary="Parameters stand behind `#`, where no server sees them.",
    why="Everything behind `#` stays in the browser: Amazon and every log get a link without tag and without source.",
    bad=(Example(anchor(f"{STORE}#about?{query()}")),),
    good=(
        Example(anchor(f"{STORE}?{query()}#about")),
        Example(anchor("https://maps.example/#?layer=rail", "a map")),
    ),
    fix="unsafe",
    link=problem("LNK007", _is_meant_for_a_server, reshaped("LNK007"), "unsafe"),
)
