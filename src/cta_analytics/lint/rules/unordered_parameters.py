"""UTM016: parameters in another order than the contract's."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import with_query
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls import Query


def _check(link: Link, context: Context) -> Iterable[Hit]:
    if link.cta is None or len(link.description.query.params) < 2:
        return ()
    policy = next(policy for policy in context.contract.ctas if policy.name == link.cta)
    query = link.description.query
    order = {key: number for number, key in enumerate(policy.params)}
    asked = [param for param in query.params if param.key in order]
    right = sorted(asked, key=lambda param: order[param.key])
    # Of a key that stands twice nobody knows which of the two counts.
    if asked == right or len({param.key for param in asked}) < len(asked):
        return ()
    places = {param.start: meant.raw for param, meant in zip(asked, right, strict=True)}
    sorted_query = "&".join(places.get(piece.start, piece.raw) for piece in query.pieces)
    first = next(param for param, meant in zip(asked, right, strict=True) if param is not meant)
    names = ", ".join(param.key for param in right)
    return (
        Hit(
            f"the contract has the parameters in the order {names}",
            link,
            start=query.offset + first.start,
            end=query.offset + asked[-1].end,
            keys=frozenset(param.key for param in asked),
            repair=with_query(link, Query.parse(sorted_query, query.offset)),
        ),
    )


RULE = Rule(
    code="UTM016",
    name="unordered-parameters",
    severity="info",
    summary="The parameters of a CTA stand in another order than in the contract.",
    why=(
        "Nothing is lost by it. Tools that compare whole URLs count each order as a target of its own, and a change "
        "is easier to review where all links are alike."
    ),
    bad=(Example(cta("utm_source", utm_source="larkmoor")),),
    good=(Example(cta()), Example(cta(th="1"))),
    fix="safe",
    link=_check,
    off=True,
)
