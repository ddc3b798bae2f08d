"""AFF001: a CTA of program associates without its tag."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    absent = 'has an empty "tag"' if found.actual is not None else 'has no "tag"'
    return f'the CTA "{link.cta}" {absent}: no commission is paid for what it sells'


RULE = Rule(
    code="AFF001",
    name="missing-associate-tag",
    severity="error",
    summary="A CTA of program associates carries no `tag`.",
    why="Amazon pays the commission to the account in the link. Without one it pays nobody, and shows no error.",
    bad=(Example(anchor(PRODUCT, "the kettle we like"), path="/blog/kettles"),),
    good=(Example(anchor(f"{PRODUCT}?tag=larkmoor-20", "the kettle we like"), path="/blog/kettles"),),
    fix="contract",
    link=departure("AFF001", _says),
    mutes=("UTM001", "UTM002"),
)
