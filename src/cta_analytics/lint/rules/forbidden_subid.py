"""AFF004: a sub-id where the network forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import span_of
from cta_analytics.lint.example import PRODUCT
from cta_analytics.lint.programs import asked_of
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_KEYS = Option(
    "keys",
    {"impact": ["SharedID"]},
    "network, as `cta parse` names it -> the sub-ids that it forbids on links to Amazon, in any case",
)
# What a page fills in for each of its visitors, or an address.
_OF_A_PERSON = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|[{<\[%]\W*(?:\w+\W)*(?:user|visitor|client|customer|member|session|e?mail|uid|login)",
    re.IGNORECASE,
)
_TO_BRAND = (
    f'<p><a href="https://larkmoor.pxf.io/c/1234/5678/90?{{}}u={PRODUCT.replace(":", "%3A").replace("/", "%2F")}">'
    "Larkmoor kettle</a></p>"
)


def _check(link: Link, context: Context) -> Iterable[Hit]:
    forbidden = context.options[_KEYS.name].get(link.description.network)
    if forbidden is None or not _leads_to_amazon(link, context):
        return ()
    keys = [forbidden] if isinstance(forbidden, str) else forbidden
    return _of_link(link, {str(key).lower() for key in keys})


def _leads_to_amazon(link: Link, context: Context) -> bool:
    # Where the URL does not say, the contract does: only Amazon has these programs.
    return link.description.landing.network == "amazon" or asked_of(link, context.contract) is not None


def _of_link(link: Link, keys: set[str]) -> Iterator[Hit]:
    found = link.description
    for param in found.query.params:
        meaning = found.table.parameter(param.key) if found.table else None
        if not param.value:
            continue
        if param.key.lower() in keys:
            says = f'"{param.key}" on a link to Amazon, where {found.network} forbids it'
        elif meaning and meaning.role == "sub_id" and _OF_A_PERSON.search(param.value):
            says = f'"{param.key}" tells one visitor from another, which {found.network} forbids on links to Amazon'
        else:
            continue
        start, end = span_of(link, param.key)
        yield Hit(says, link, start=start, end=end, keys=frozenset({param.key}))


RULE = Rule(
    code="AFF004",
    name="forbidden-subid",
    severity="error",
    summary="A sub-id stands on a link where the network forbids it, such as Impact's `SharedID` on the way to Amazon.",
    why=(
        "Impact wants no `SharedID` and nothing about single visitors on links to Amazon's sellers. A link that breaks its "
        "network's rules may go unpaid; which page it stood on, our own click log says as well."
    ),
    bad=(
        Example(_TO_BRAND.format("SharedID=kettles&amp;")),
        Example(_TO_BRAND.format("subId1={{user_id}}&amp;")),
    ),
    good=(Example(_TO_BRAND.format("")), Example(_TO_BRAND.format("subId1=kettles&amp;"))),
    link=_check,
    mutes=("UTM013", "UTM015"),
    options=(_KEYS,),
)
