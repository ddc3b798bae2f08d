"""AFF001: a CTA of program associates without its tag."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import span_of, with_query
from cta_analytics.lint.example import PRODUCT, TAGGED, associates
from cta_analytics.lint.rule import Context, Example, Hit, Rule

# What a short link adds, nobody can tell from here.
_UNVERIFIABLE = frozenset({"amazon_short", "short"})


def _check(link: Link, context: Context) -> Iterator[Hit]:
    for found in link.departures:
        if found.code == "AFF001" and link.kind not in _UNVERIFIABLE:
            absent = 'has an empty "tag"' if found.actual is not None else 'has no "tag"'
            says = f'the CTA "{link.cta}" {absent}: no commission is paid for what it sells'
            start, end = span_of(link, "tag")
            repair = _repair(link, found)
            yield Hit(says, link, start=start, end=end, keys=frozenset({"tag"}), repair=repair)


def _repair(link: Link, found: Departure) -> str | None:
    # With several tags that would do, only the author knows which; a redirect's tag stands in the redirect.
    if not isinstance(found.expected, str) or found.expected.startswith("/") or link.description.is_wrapper:
        return None
    return with_query(link, link.description.query.set("tag", found.expected))


RULE = Rule(
    code="AFF001",
    name="missing-associate-tag",
    severity="error",
    summary="A CTA of program associates carries no `tag`.",
    why="Amazon pays the commission to the account in the link. Without one it pays nobody, and shows no error.",
    bad=(
        Example(associates(PRODUCT), path="/blog/kettles"),
        Example(associates(f"{PRODUCT}?tag=&psc=1"), path="/blog/kettles"),
    ),
    good=(Example(associates(TAGGED), path="/blog/kettles"),),
    fix="contract",
    breaks_attribution=True,
    link=_check,
    mutes=("UTM001", "UTM002"),
)
