"""AMZ013: one Attribution tag on several answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    first: dict[str, Link] = {}
    answers: dict[str, set[str]] = {}
    for link in links:
        tag = link.description.attribution
        if tag and link.answer is not None:
            first.setdefault(tag.tag, link)
            answers.setdefault(tag.tag, set()).add(link.answer)
    for value, named in answers.items():
        if len(named) > 1:
            link = first[value]
            start, end = span_of(link, "maas")
            says = f"one Attribution tag on {len(named)} answers: what it brings is allocated by clicks, not measured"
            yield Hit(says, link, start=start, end=end, keys=frozenset({"maas"}))


RULE = Rule(
    code="AMZ013",
    name="shared-attribution-tag",
    severity="info",
    summary="Several answers carry one Attribution tag.",
    why=(
        "Amazon reports one total for a tag and holds no figure for each answer. Until answers have tags of their own, "
        "their sales are an estimate from our own clicks, and no answer may be ranked by it."
    ),
    bad=(Example(cta(), others=(("/answers/copper-kettle", cta(utm_content="copper-kettle")),)),),
    good=(Example(cta(), others=(("/products/kettle", "<p>The kettle.</p>"),)),),
    site=_check,
    needs=lambda link: link.description.attribution is not None,
)
