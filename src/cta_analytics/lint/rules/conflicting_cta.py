"""PAG002: one slot, two targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import PRODUCT
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_ONE = f'<p><a href="{PRODUCT}" data-cta-slot="closing">The kettle</a></p>'
_SAME = f'<p><a href="{PRODUCT}?th=1" data-cta-slot="closing">To the shop</a></p>'
_OTHER = f'<p><a href="{PRODUCT[:-1]}2" data-cta-slot="closing">The teapot</a></p>'


def _check(page: Page, links: Sequence[Link], context: Context) -> Iterator[Hit]:
    keys = context.texts("keys")
    first: dict[tuple[str, str], Link] = {}
    for link in links:
        # What an expression leads to is not known here.
        if link.kind == "computed":
            continue
        for key, value in _names(link, keys):
            other = first.setdefault((key, value), link)
            if _target(other) != _target(link):
                start, end = span_of(link, key)
                says = f'{key} "{value}" is also that of a link to {_target(other)} on line {other.line}'
                yield Hit(says, link, start=start, end=end, keys=frozenset({key} if start is not None else ()))


def _names(link: Link, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if link.data_slot:
        yield "data-cta-slot", link.data_slot
    for key in keys:
        value = link.description.query.get(key)
        if value:
            yield key, value


def _target(link: Link) -> str:
    """The page that a link leads to, however it is tagged."""
    landing = link.description.landing
    return landing.canonical or landing.url


RULE = Rule(
    code="PAG002",
    name="conflicting-cta",
    severity="warning",
    summary="Two links of one page have the same `data-cta-slot` (or id in the URL) and lead to two targets.",
    why=(
        "A slot is what clicks are counted by: here the clicks of two offers become those of one, and which of them "
        "sells cannot be seen any more."
    ),
    bad=(Example(f"{_ONE}\n{_OTHER}"),),
    good=(Example(f"{_ONE}\n{_SAME}"),),
    options=(
        Option(
            "keys", [], "Parameters of the URL that are the id of a CTA on its page, such as a source key of yours."
        ),
    ),
    page=_check,
)
