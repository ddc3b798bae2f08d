"""AFF014: an Associates tag that cannot be one."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import with_query
from cta_analytics.lint.example import PRODUCT, TAGGED, associates
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import is_tracking_id


def _check(link: Link, context: Context) -> Iterable[Hit]:
    return [
        Hit(
            found.message,
            link,
            start=found.start,
            end=found.end,
            keys=frozenset({found.key}) if found.key else frozenset(),
            repair=_repair(link, found.key),
        )
        for found in link.description.problems
        if found.code == "AFF014"
    ]


def _repair(link: Link, key: str | None) -> str | None:
    """The href with the tag's blanks taken out, where that is all it lacks."""
    found = link.description
    tag = "".join((found.tracking_id or "").split())
    if key is None or not is_tracking_id(tag) or found.query.get(key) != found.tracking_id:
        return None
    return with_query(link, found.query.set(key, tag))


RULE = Rule(
    code="AFF014",
    name="malformed-associate-tag",
    severity="error",
    summary="An Associates `tag` holds blanks, or has not the form of one (`name-20`).",
    why=(
        "The commission of a link goes to the account that the tag names. One that is broken names none, so nobody is "
        "paid for what the link sells, and no report shows it."
    ),
    bad=(
        Example(associates(f"{PRODUCT}?tag=larkmoor-%2020"), path="/blog/kettles"),
        Example(associates(f"{PRODUCT}?tag=larkmoor"), path="/blog/kettles"),
    ),
    good=(Example(associates(TAGGED), path="/blog/kettles"),),
    fix="safe",
    breaks_attribution=True,
    link=_check,
    mutes=("AFF002", "UTM004"),
)
