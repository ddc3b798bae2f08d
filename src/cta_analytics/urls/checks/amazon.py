"""Amazon's tags and pages (AMZ, AFF014): what Amazon asks of a tagged link, as far as the URL tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cta_analytics.urls.asin import is_certain
from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Param
from cta_analytics.urls.tags import AA_KEYS, REF, TAG, is_channel, is_tracking_id

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

MAX_AA_LENGTH = 254
"""One page of Amazon's says at most 255 characters, another under 255."""
_AA_FORBIDDEN = re.compile(r"[/&=#?+'\"’”%$]")
_MACRO = re.compile(r"\{[^{}]*\}|\{\{|\}\}")
_LEFTOVER_ROLES = frozenset({"search", "search_session", "placement", "visit", "ad"})
# Amazon's own link builder for Associates writes it: no leftover of a visit, but noise like `linkCode`.
_LINK_BUILDER = "as_li"
_LINK_BUILDER_REF = re.compile(rf"(?i)/ref(?:=|%3d){_LINK_BUILDER}")
# First segments that are no Store's vanity name.
_RESERVED = re.compile(
    r"/(?:b|s|gp|dp|hz|ap|shop|stores|slp|ask|deals|events|fmc|gift-cards|gcx|live|ref|o|exec|review|registries|wishlist|cart)/?"
)
_TAGGABLE = frozenset({"amazon_store", "amazon_product"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """A part of the URL left by somebody's own visit. `fix`: `unsafe` where taking it away may change the page."""

    start: int
    end: int
    key: str
    fix: str


def attribution_tag(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ001, AMZ002: a companion without its tag, or a tag of unknown shape."""
    query = found.query
    tag = query.params_of("maas")
    if tag:
        if found.attribution is None:
            yield _at("AMZ002", '"maas" has no value', found, tag[0])
        elif found.attribution.kind is None:
            yield _at("AMZ002", f'"maas" is of an unknown shape: "{_short(found.attribution.tag)}"', found, tag[0])
        return
    for key, value in (("ref_", REF), ("tag", TAG)):
        for param in query.params_of(key):
            if param.value == value:
                yield _at("AMZ001", f'"{key}={value}" without the "maas" that it belongs to', found, param)
                return


def companions(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ004, AMZ005, AMZ006: what must stand beside `maas`, and what must not."""
    query = found.query
    tags = query.params_of("maas")
    if not tags:
        return
    missing = []
    refs = [param for param in query.params_of("ref_") if param.value]
    if not refs:
        missing.append(f"ref_={REF}")
    elif all(param.value != REF for param in refs):
        yield _at(
            "AMZ006", f'"ref_" is "{_short(refs[0].value)}" where the Attribution tag needs "{REF}"', found, refs[0]
        )
    others = [param for param in query.params_of("tag") if param.value]
    foreign = next((param for param in others if param.value != TAG), None)
    if foreign:
        yield _at("AMZ005", f'Attribution tag and Associates tag "{_short(foreign.value)}" on one link', found, foreign)
    elif not others:
        missing.append(f"tag={TAG}")
    sub_tag = next((param for param in query.params_of("ascsubtag") if param.value), None)
    if sub_tag and not foreign:
        yield _at("AMZ005", 'Attribution tag and "ascsubtag" of Associates on one link', found, sub_tag)
    if missing:
        yield _at("AMZ004", f"an Attribution tag without {' and '.join(missing)}", found, tags[0])


def api_ids(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ010, AMZ011, AMZ022: our ids in API tags."""
    query = found.query
    for param in query.params:
        if not param.key.startswith("aa_"):
            continue
        value = param.value
        if _MACRO.search(value):
            yield _at("AMZ010", f'"{param.key}" holds a macro that nobody filled: "{_short(value)}"', found, param)
        elif len(value) > MAX_AA_LENGTH:
            yield _at(
                "AMZ011",
                f'"{param.key}" is {len(value)} characters long, at most {MAX_AA_LENGTH} are allowed',
                found,
                param,
            )
        else:
            odd = _AA_FORBIDDEN.search(value) or re.search(r"\+", param.raw_value or "")
            if odd:
                yield _at(
                    "AMZ011",
                    f'"{param.key}" holds "{odd[0]}", which is not allowed there, not even escaped',
                    found,
                    param,
                )
    kind = found.attribution.kind if found.attribution else None
    ids = [key for key in AA_KEYS if key in query]
    tag = query.params_of("maas")
    if kind == "console" and ids:
        yield _at(
            "AMZ022", f'a console tag with "{ids[0]}", which belongs to API tags', found, query.params_of(ids[0])[0]
        )
    elif kind in {"api_macro", "api_static"} and len(ids) < len(AA_KEYS):
        lacking = next(key for key in AA_KEYS if key not in ids)
        yield _at("AMZ022", f'an API tag without "{lacking}"', found, tag[0])


def leftovers(found: Description, context: Context) -> list[Leftover]:
    """The parameters and path segments that somebody's own visit left in the URL."""
    has_tag = "maas" in found.query
    left = []
    parsed = found.parsed
    if found.table:
        for start, end in found.table.leftovers(parsed.raw[parsed.start : parsed.path_end]):
            segment = parsed.raw[parsed.start + start : parsed.start + end]
            if not segment.startswith("/index.") and not _LINK_BUILDER_REF.match(segment):
                left.append(Leftover(parsed.start + start, parsed.start + end, segment[1:], "safe"))
    for param in found.query.params:
        meaning = context.parameter(found.table, param.key)
        role = meaning.role if meaning else None
        if role == "referrer_label":
            role = None if has_tag or param.value in {REF, ""} else "placement"
        if param.key in {"ref", "ref_"} and param.value.startswith(_LINK_BUILDER):
            continue
        # On a search page the search is the page.
        if role not in _LEFTOVER_ROLES or (role == "search" and found.kind in {"amazon_search", "amazon_other"}):
            continue
        start = found.query.offset + param.start
        left.append(Leftover(start, start + len(param.raw), param.key, meaning.fix if meaning else "safe"))
    return left


def session_leftover(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ007: parts of somebody's own search or visit."""
    left = leftovers(found, context)
    if left:
        names = [_short(part.key) for part in left[:6]] + (["…"] if len(left) > 6 else [])
        yield Problem("AMZ007", f"left over from somebody's own visit: {', '.join(names)}", left[0].start, left[0].end)


def landing_page(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ008: an Attribution tag where Amazon measures none."""
    if found.attribution is None or found.kind in _TAGGABLE or not found.is_amazon or found.is_wrapper:
        return
    if _may_be_vanity_name(found):
        return
    yield _at(
        "AMZ008", "an Attribution tag works on product and Store pages only", found, found.query.params_of("maas")[0]
    )


def channel(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ015, AMZ016: a Store source tag of the wrong form, or not on a Store."""
    if not found.is_amazon or found.is_wrapper:
        return
    for param in found.query.params_of("channel")[:1]:
        if found.kind != "amazon_store" and not _may_be_vanity_name(found):
            yield _at("AMZ016", '"channel" is read on Store pages only', found, param)
        elif not is_channel(param.value):
            says = "up to 20 letters, digits, hyphens, blanks and underscores"
            yield _at("AMZ015", f'"channel" is "{_short(param.value)}"; a source tag is {says}', found, param)


def _may_be_vanity_name(found: Description) -> bool:
    """Whether the path may be a Store's vanity name, which is a single segment: only the contract knows."""
    return (
        found.kind == "amazon_other"
        and re.fullmatch(r"/[^/]+/?", found.path) is not None
        and not _RESERVED.fullmatch(found.path)
    )


def asin(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ019: a product page whose id is no certain ASIN."""
    claimed = found.claimed_asin
    if claimed is None or (found.asin and is_certain(found.asin)):
        return
    parsed = found.parsed
    at = parsed.raw.rfind(claimed, parsed.start, parsed.path_end)
    start, end = (at, at + len(claimed)) if at >= 0 else (parsed.start, parsed.path_end)
    why = "neither B0… nor a valid ISBN-10" if found.asin else "an ASIN has ten letters and digits"
    yield Problem("AMZ019", f'"{_short(claimed)}" is a doubtful ASIN: {why}', start, end)


def tracking_id(found: Description, context: Context) -> Iterator[Problem]:
    """AFF014: an Associates tracking id that cannot be one."""
    value = found.tracking_id
    if value is None or is_tracking_id(value):
        return
    why = "holds blanks" if re.search(r"\s", value) else 'has not the form "name-20"'
    says = f'the Associates tag "{_short(value)}" {why}'
    params = [p for p in found.query.params if p.value == value and context.role(found.table, p.key) == "publisher"]
    if params:
        yield _at("AFF014", says, found, params[0])
    else:
        parsed = found.parsed
        at = parsed.raw.rfind(value, parsed.start, parsed.path_end)
        yield Problem("AFF014", says, max(at, parsed.start), at + len(value) if at >= 0 else parsed.path_end)


CHECKS = (attribution_tag, companions, api_ids, session_leftover, landing_page, channel, asin, tracking_id)


def _at(code: str, message: str, found: Description, param: Param) -> Problem:
    start = found.query.offset
    return Problem(code, message, start + param.start, start + param.end, param.key)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
