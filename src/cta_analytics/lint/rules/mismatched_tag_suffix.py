"""AFF003: an Associates tag of one country's store on a link to another's."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import TAGGED, associates
from cta_analytics.lint.programs import program_of
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import is_tracking_id


def _check(link: Link, context: Context) -> Iterable[Hit]:
    tag = link.description.tracking_id
    if tag is None or not is_tracking_id(tag):
        return ()
    table, place = link.description.landing.table, link.description.landing.place
    if table is None or place is None or place.suffix is None or tag.endswith(f"-{place.suffix}"):
        return ()
    others = [other.domain for other in table.marketplaces.values() if tag.endswith(f"-{other.suffix}")]
    if not others or program_of(link, context.contract) != "associates":
        return ()
    theirs = others[0] if len(others) == 1 else f"{others[0]} and others"
    says = f'the tag "{tag}" ends like those of {theirs}; those of {place.domain} mostly end in "-{place.suffix}"'
    start, end = span_of(link, "tag")
    # A link to the wrong country is that fault first.
    return (Hit(says, link, start=start, end=end, keys=frozenset({"tag", "marketplace"})),)


RULE = Rule(
    code="AFF003",
    name="mismatched-tag-suffix",
    severity="warning",
    summary="The end of an Associates `tag` is that of another country's store.",
    why=(
        "A tag belongs to one store. On a link to another one it earns nothing and shows no error. The ends of tags are "
        "known from links in use, not from a rule of Amazon's, so look whether yours is an exception."
    ),
    bad=(Example(associates(TAGGED.replace("amazon.com", "amazon.de")), path="/blog/kettles"),),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(associates(TAGGED.replace("amazon.com", "amazon.ca")), path="/blog/kettles"),
        Example(associates(TAGGED.replace("amazon.com", "amazon.se")), path="/blog/kettles"),
    ),
    link=_check,
)
