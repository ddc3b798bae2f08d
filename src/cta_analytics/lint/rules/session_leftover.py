"""AMZ007: parts of somebody's own visit in a link that everybody gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.amazon import is_changeable, without_params
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.urls.checks.amazon import Leftover, leftovers
from cta_analytics.urls.checks.context import Context as UrlContext

_found = problem("AMZ007")


def _check(link: Link, context: Context) -> Iterable[Hit]:
    # Nearly every link has none.
    return _hits(link, context) if link.description.problems else ()


def _hits(link: Link, context: Context) -> Iterator[Hit]:
    # What the contract asks for was left by nobody.
    asked = next((rule.params for rule in context.contract.ctas if rule.name == link.cta), {})
    keep = {*context.texts("keep"), *asked}
    networks = UrlContext(context.resolver.networks)
    for hit in _found(link, context):
        left = [part for part in leftovers(link.description, networks) if part.key not in keep]
        safe = [part for part in left if part.fix == "safe"]
        if safe:
            yield _told(hit, link, safe, safe)
        if len(safe) < len(left):
            # Without these Amazon may show another page: they go only where somebody asks for it.
            others = [part for part in left if part.fix != "safe"]
            yield replace(_told(hit, link, others, left), safety="unsafe")


def _told(hit: Hit, link: Link, named: list[Leftover], gone: list[Leftover]) -> Hit:
    names = [part.key if len(part.key) <= 60 else f"{part.key[:59]}…" for part in named[:6]]
    says = f"left over from somebody's own visit: {', '.join((*names, *(['…'] if len(named) > 6 else [])))}"
    return replace(hit, message=says, start=named[0].start, end=named[0].end, repair=_without(link, gone))


def _without(link: Link, gone: list[Leftover]) -> str | None:
    """The href without these parts; those of the path stand before its query."""
    starts, offset = {part.start for part in gone}, link.description.query.offset
    href = without_params(link, [param for param in link.description.query.params if offset + param.start in starts])
    if href is None or not is_changeable(link):
        return None
    for part in sorted(gone, key=lambda part: part.start, reverse=True):
        if part.start < link.description.parsed.path_end:
            href = href[: part.start] + href[part.end :]
    return href


RULE = Rule(
    code="AMZ007",
    name="session-leftover",
    severity="warning",
    summary="The URL was copied from a browser: search, placement or visit keys, or `/ref=…` in its path.",
    why=(
        "The link tells Amazon about the author's own search or visit. It is long, it changes with every copy, so that "
        "one target counts as many, and some of the keys name another source than our tag."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&visitId=6a0f7c52&ingress=0")),
        Example(anchor(f"{PRODUCT}/ref=sr_1_3?crid=2K9QX&keywords=kettle&qid=1790000000&sr=8-3", "the kettle")),
    ),
    good=(Example(anchor(f"{STORE}?{query()}")), Example(anchor(f"{PRODUCT}?th=1&psc=1", "the kettle"))),
    fix="safe",
    link=_check,
    options=(Option("keep", [], "Keys that are meant to be there."),),
)
