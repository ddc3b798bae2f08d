"""UTM009: a link within the site that says where its visitor comes from."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import source_params
from cta_analytics.lint.example import anchor
from cta_analytics.lint.repairs import untagged
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_KETTLE = (("/products/kettle", "<p>The kettle.</p>"),)


def _check(link: Link, context: Context) -> Iterable[Hit]:
    if not link.description.params or not context.resolver.is_internal(link.description):
        return ()
    params = source_params(link, context)
    return [untagged(link, params, "a link within the site")] if params else ()


RULE = Rule(
    code="UTM009",
    name="tagged-internal-link",
    severity="error",
    summary="A link within the site carries UTM or own source parameters.",
    why=(
        "Following it starts the visit anew: where the visitor really came from is overwritten, and the search engine, "
        "newsletter or advertisement that brought the sale loses it to our own page."
    ),
    bad=(
        Example(anchor("/products/kettle?utm_source=blog&utm_medium=content", "the kettle"), others=_KETTLE),
        Example(anchor("https://www.larkmoor.example/products/kettle?lmsrc=answer", "the kettle"), others=_KETTLE),
    ),
    good=(Example(anchor("/products/kettle?colour=red", "the kettle"), others=_KETTLE),),
    fix="safe",
    link=_check,
    mutes=("UTM002", "UTM003", "UTM005", "UTM007", "UTM011", "UTM014", "UTM015"),
)
