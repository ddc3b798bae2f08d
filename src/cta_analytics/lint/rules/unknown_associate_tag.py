"""AFF002: an Associates tag that is not ours."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import PRODUCT, TAG, associates
from cta_analytics.lint.programs import asked_of
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _check(link: Link, context: Context) -> Iterable[Hit]:
    tag = _foreign_tag(link, context)
    if tag is None:
        return ()
    table = link.description.landing.table
    if table is not None and table.is_own_tag(tag):
        says = f'the Associates tag "{tag}" is Amazon\'s own: the link was copied from one of its ads'
    else:
        near = get_close_matches(tag, sorted(context.resolver.tracking_ids), n=1, cutoff=0.6)
        meant = f'; is "{near[0]}" meant?' if near else ""
        says = f'the Associates tag "{tag}" is not one of ours ([tags] tracking_id){meant}'
    start, end = span_of(link, "tag")
    return (Hit(says, link, start=start, end=end, keys=frozenset({"tag"})),)


def _foreign_tag(link: Link, context: Context) -> str | None:
    """The link's tag, where it is not ours."""
    for departure in link.departures:
        if departure.code == "AFF002":
            return departure.actual
    found = link.description
    tag = found.tracking_id
    if tag is None or found.network != "amazon":
        return None
    if found.landing.table is not None and found.landing.table.is_own_tag(tag):
        return tag
    # What a policy asks for may be a pattern, or differ from page to page: the resolver has compared it. And without a
    # list, which tags are ours nobody has said.
    ours = context.resolver.tracking_ids
    is_judged = asked_of(link, context.contract) == "associates"
    return tag if ours and tag not in ours and not is_judged else None


RULE = Rule(
    code="AFF002",
    name="unknown-associate-tag",
    severity="error",
    summary="An Associates `tag` is none of the contract's, or is one of Amazon's own.",
    why=(
        "The commission goes to whom the tag belongs to. With one letter off it goes to a stranger or to nobody, and "
        "nothing shows it but a figure that is too low."
    ),
    bad=(
        Example(associates(f"{PRODUCT}?tag=larkmor-20"), path="/blog/kettles"),
        Example(associates(f"{PRODUCT}?tag=somebody-20"), path="/answers/quiet-kettle"),
        Example(associates(f"{PRODUCT}?tag=hyprod-20"), path="/blog/kettles"),
        Example(associates(f"{PRODUCT}?tag=maas"), path="/blog/kettles"),
    ),
    good=(
        Example(associates(f"{PRODUCT}?tag=larkmoor-20"), path="/blog/kettles"),
        Example(
            associates(f"{PRODUCT}?tag=larkmoorgifts-20"),
            path="/answers/kettle-gifts",
            contract='[tags.by_answer.kettle-gifts]\ntracking_id = "larkmoorgifts-20"\n',
        ),
        Example(f'<p><a href="{PRODUCT}?maas={TAG}&amp;ref_=aa_maas&amp;tag=maas">the kettle</a></p>'),
    ),
    breaks_attribution=True,
    link=_check,
    mutes=("UTM004", "AFF003", "AMZ001"),
)
