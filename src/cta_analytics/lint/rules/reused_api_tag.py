"""AMZ012: one API tag on two landing pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import API_TAG, API_TAG_IS_OURS, PRODUCT, anchor
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls.tags import AA_KEYS

_OTHER = f"{PRODUCT[:-1]}2"
_IDS = f"maas={API_TAG}&ref_=aa_maas&tag=maas&aa_campaignid=kitchen&aa_adgroupid=answers&aa_creativeid="


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    first: dict[tuple[str | None, ...], Link] = {}
    for link in links:
        found = link.description
        ids = tuple(found.query.get(key) for key in AA_KEYS)
        if not all(ids) or not _has_an_api_tag(link):
            continue
        other = first.setdefault(ids, link)
        if found.canonical != other.description.canonical:
            start, end = span_of(link, "aa_creativeid")
            says = (
                f'"aa_creativeid" is "{ids[-1]}" here and on another landing page ({other.description.canonical}, '
                f"linked from {other.page}): an API tag serves one"
            )
            yield Hit(says, link, start=start, end=end, keys=frozenset(AA_KEYS))


def _has_an_api_tag(link: Link) -> bool:
    tag = link.description.attribution
    return tag is not None and tag.kind in {"api_macro", "api_static"} and link.description.is_amazon


RULE = Rule(
    code="AMZ012",
    name="reused-api-tag",
    severity="error",
    summary="One triple of `aa_campaignid`, `aa_adgroupid`, `aa_creativeid` stands in links to two landing pages.",
    why=(
        "Amazon ties an API tag to one landing page: the clicks of the second one are counted for the first, or for "
        "none. Another page needs another `aa_creativeid` in the same campaign and ad group."
    ),
    bad=(
        Example(
            f"{anchor(f'{PRODUCT}?{_IDS}quiet-kettle')}\n{anchor(f'{_OTHER}?{_IDS}quiet-kettle')}",
            contract=API_TAG_IS_OURS,
        ),
    ),
    good=(
        Example(
            f"{anchor(f'{PRODUCT}?{_IDS}quiet-kettle')}\n{anchor(f'{_OTHER}?{_IDS}teapot')}",
            contract=API_TAG_IS_OURS,
        ),
    ),
    site=_check,
    needs=_has_an_api_tag,
)
