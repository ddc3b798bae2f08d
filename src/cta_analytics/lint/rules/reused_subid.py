"""AFF008: one Associates sub-tag on several answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import TAGGED, associates
from cta_analytics.lint.programs import program_of
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    seen: dict[str, dict[str, Link]] = {}
    for link in links:
        sub_tag = link.description.sub_tag
        if sub_tag and link.answer is not None and program_of(link, context.contract) == "associates":
            seen.setdefault(sub_tag, {}).setdefault(link.answer, link)
    for sub_tag, by_answer in seen.items():
        first, *others = by_answer.values()
        for link in others:
            start, end = span_of(link, "ascsubtag")
            says = f'the sub-tag "{sub_tag}" stands here and on {first.page}: what they earn cannot be told apart'
            yield Hit(says, link, start=start, end=end, keys=frozenset({"ascsubtag"}))


RULE = Rule(
    code="AFF008",
    name="reused-subid",
    severity="warning",
    summary="One Associates sub-tag stands on two answers.",
    why=(
        "A sub-tag is there to tell pages apart. Where an account gets reports by sub-tag at all, two answers that share "
        "one are one row in them, and neither can be judged."
    ),
    bad=(
        Example(
            associates(f"{TAGGED}&ascsubtag=kettles"),
            path="/blog/kettles",
            others=(("/blog/teapots", associates(f"{TAGGED}&ascsubtag=kettles")),),
        ),
    ),
    good=(
        Example(
            associates(f"{TAGGED}&ascsubtag=kettles"),
            path="/blog/kettles",
            others=(("/blog/teapots", associates(f"{TAGGED}&ascsubtag=teapots")),),
        ),
    ),
    site=_check,
    needs=lambda link: link.description.sub_tag is not None,
)
