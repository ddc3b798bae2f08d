"""AFF002: an Associates tag that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, first_of, span_of
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _worded(tag: str | None, ours: list[str]) -> str:
    near = get_close_matches(tag or "", ours, n=1, cutoff=0.6)
    meant = f'; is "{near[0]}" meant?' if near else ""
    return f'the Associates tag "{tag}" is not one of ours ([tags] tracking_id){meant}'


def _says(found: Departure, link: Link) -> str:
    listed = [found.expected] if isinstance(found.expected, str) else list(found.expected or ())
    return _worded(found.actual, listed)


def _anywhere(link: Link, context: Context) -> Iterator[Hit]:
    found, ours = link.description, context.contract.tags.tracking_id
    if found.network == "amazon" and found.tracking_id and ours and link.cta is None and found.tracking_id not in ours:
        start, end = span_of(link, "tag")
        yield Hit(_worded(found.tracking_id, ours), link, start=start, end=end, keys=frozenset({"tag"}))


RULE = Rule(
    code="AFF002",
    name="unknown-associate-tag",
    severity="error",
    summary="An Associates `tag` is none of the contract's.",
    why=(
        "The commission goes to whom the tag belongs to. With one letter off it goes to a stranger or to nobody, and "
        "nothing shows it but a figure that is too low."
    ),
    bad=(
        Example(anchor(f"{PRODUCT}?tag=larkmor-20", "the kettle we like"), path="/blog/kettles"),
        Example(anchor(f"{PRODUCT}?tag=somebody-20", "the kettle"), path="/answers/quiet-kettle"),
    ),
    good=(Example(anchor(f"{PRODUCT}?tag=larkmoor-20", "the kettle we like"), path="/blog/kettles"),),
    link=first_of(departure("AFF002", _says), _anywhere),
    mutes=("UTM004",),
)
