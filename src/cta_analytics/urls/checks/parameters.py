"""Parameters by themselves: duplicates, click ids, case, utm values, personal data (LNK009 to LNK012, UTM)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.checks.hosts import DISGUISE
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Param, decode
from cta_analytics.urls.tags import AA_KEYS

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

GA4_KEYS = (
    "utm_id", "utm_source", "utm_medium", "utm_campaign", "utm_source_platform",
    "utm_term", "utm_content", "utm_creative_format", "utm_marketing_tactic",
)  # fmt: skip
MAX_UTM_LENGTH = 100
"""GA4 cuts a parameter's value there; the encoded form counts."""
AMAZON_ONCE = re.compile(r"maas|ref_|tag|channel|ascsubtag|aa_\w+")
"""The keys that Amazon measures by: one of them twice is AMZ003."""

PLACEHOLDERS = frozenset(
    {"slug", "todo", "tbd", "test", "draft", "undefined", "null", "placeholder", "changeme", "fixme", "xxx"}
)
_WITHIN = re.compile(r"[{}\[\]]|%%\w+%%|<[^<>]*>")
_TIDY = re.compile(r"[a-z0-9._~-]*")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"\s?\+?(?:\d[\s().-]?){9,15}")
_PERSONAL_KEYS = frozenset(
    {
        "email",
        "e-mail",
        "mail",
        "user_email",
        "user_email_address",
        "phone",
        "phone_number",
        "tel",
        "mobile",
        "utm_userid",
        "user_id",
        "userid",
    }
)
PERSON_IDS = frozenset({"user_id", "userid"})
"""Of these keys, those that may also name whom a page is about."""
# `mobile=1` asks for a form of the page.
_SWITCH = re.compile(r"(?i)[01]|true|false|yes|no|on|off")
_UTM_IN_PATH = re.compile(r"utm_[a-z_]+(?:=|%3[dD])")
_LOOSE_UTM = re.compile(r"utm[-.]?(?=source|medium|campaign|term|content|id\b)")


def duplicated(found: Description, context: Context) -> Iterator[Problem]:
    """UTM003, AMZ003, LNK009: a key twice."""
    seen: dict[str, Param] = {}
    told: set[str] = set()
    for param in found.query.params:
        key = param.key
        first = seen.setdefault(key, param)
        # `ids[]=1&ids[]=2` is how a list is written.
        if first is param or key in told or key.endswith("]") or not key:
            continue
        told.add(key)
        code = "UTM003" if context.is_source_key(key) else "LNK009"
        if found.is_amazon and AMAZON_ONCE.fullmatch(key):
            code = "AMZ003"
        same = (
            "with the same value"
            if first.value == param.value
            else f'with two values: "{_short(first.value)}", "{_short(param.value)}"'
        )
        yield _at(code, f'"{_short(key)}" stands twice, {same}', found, param)


def click_id(found: Description, context: Context) -> Iterator[Problem]:
    """LNK010: the id of somebody's click in a link that everybody gets."""
    for param in found.query.params:
        if context.role(found.table, param.key) == "click_id":
            yield _at("LNK010", f'"{param.key}" belongs to one click of one person', found, param)


def miscased(found: Description, context: Context) -> Iterator[Problem]:
    """LNK012: a key in the wrong case, which nobody reads."""
    for param, meant in miscased_params(found, context):
        yield _at("LNK012", f'"{param.key}" is not "{meant}": keys are case-sensitive', found, param)


def miscased_params(found: Description, context: Context) -> list[tuple[Param, str]]:
    """The params whose key is known in another case, with that key."""
    if not found.query.params:
        return []
    known = _cased(context.own_keys, found.is_amazon)
    pairs = [(param, known.get(param.key.lower())) for param in found.query.params]
    return [(param, meant) for param, meant in pairs if meant and meant != param.key]


@lru_cache(maxsize=64)
def _cased(own_keys: frozenset[str], is_amazon: bool) -> dict[str, str]:
    """The keys that somebody reads, by their lower-case form."""
    known = {key.lower(): key for key in (*GA4_KEYS, *own_keys)}
    if is_amazon:
        known |= {key: key for key in ("maas", "ref_", "tag", "channel", "ascsubtag", *AA_KEYS)}
    return known


def utm_keys(found: Description, context: Context) -> Iterator[Problem]:
    """UTM007: a utm key that nobody reads."""
    told: set[str] = set()
    for param in found.query.params:
        key = param.key
        if not _spelled(key).startswith("utm_") or key in GA4_KEYS or key in told:
            continue
        told.add(key)
        # Comparing costs more than all the rest; nobody misspells more keys than these.
        near = nearest_utm(key) if len(told) < 20 else None
        meant = f'; is "{near}" meant?' if near and near not in found.query else ""
        yield _at("UTM007", f'"{_short(key)}" is read by nobody{meant}', found, param)


def utm_values(found: Description, context: Context) -> Iterator[Problem]:
    """UTM002, UTM014, UTM015, UTM005: an empty, overlong, unfilled or untidy value; the first that applies."""
    for param in found.query.params:
        key, value = param.key, param.value
        if not context.is_source_key(key):
            role = context.role(found.table, key)
            if role in {"sub_id", "publisher_label"} and is_placeholder(value):
                yield _at_value("UTM015", f'"{key}" is a placeholder: "{_short(value)}"', found, param)
            continue
        if not value.strip():
            yield _at("UTM002", f'"{key}" has no value', found, param)
        elif is_placeholder(value):
            yield _at_value("UTM015", f'"{key}" is a placeholder: "{_short(value)}"', found, param)
        elif key.startswith("utm_") and not _TIDY.fullmatch(value) and not is_email(value):
            says = f'"{key}" holds {untidy(param)}: "{_short(value)}"'
            yield _at_value("UTM005", says, found, param)
        if len(param.raw_value or "") > MAX_UTM_LENGTH:
            length = len(param.raw_value or "")
            yield _at_value("UTM014", f'"{key}" is {length} characters long, GA4 keeps {MAX_UTM_LENGTH}', found, param)


def is_placeholder(value: str) -> bool:
    """Whether a value was never filled in: `SLUG`, `todo`, `{slug}`, `[ref]`."""
    return value.strip().casefold() in PLACEHOLDERS or _WITHIN.search(value) is not None


def is_email(value: str) -> bool:
    """Whether an e-mail address stands in a value."""
    return "@" in value and _EMAIL.search(value) is not None


def utm_in_path(found: Description, context: Context) -> Iterator[Problem]:
    """UTM012: `utm_source=` in the path, where a `?` is missing."""
    odd = _UTM_IN_PATH.search(found.url, found.parsed.start, found.parsed.path_end)
    if odd and not found.is_wrapper:
        yield Problem(
            "UTM012", "a utm parameter in the path: the ? before it is missing", odd.start(), found.parsed.path_end
        )


def out_of_path(found: Description) -> str | None:
    """The URL with the utm parameters of its path in its query; None where there are none."""
    parsed = found.parsed
    odd = _UTM_IN_PATH.search(found.url, parsed.start, parsed.path_end)
    if odd is None:
        return None
    path, pairs = found.url[: odd.start()], found.url[odd.start() : parsed.path_end]
    if "%3" in odd[0]:
        # The whole query was percent-encoded once more.
        pairs = decode(pairs)
    # A separator before it was the `?`, or stands beside where it was.
    path = re.sub(r"(?i)(?:%3f|%26|[&;?])+$", "", path)
    given = f"&{parsed.query.raw}" if parsed.query.raw else ""
    fragment = f"#{parsed.fragment}" if parsed.fragment is not None else ""
    return f"{path}?{pairs}{given}{fragment}{found.url[parsed.end :]}"


def personal(found: Description, context: Context) -> Iterator[Problem]:
    """UTM013: an e-mail address, a phone number or a login in the URL."""
    parsed = found.parsed
    if parsed.userinfo and not DISGUISE.match(parsed.userinfo.lower()):
        at = parsed.raw.find("@", parsed.start)
        yield Problem("UTM013", "a user name or password in the URL", parsed.start, max(at, parsed.start))
    for param in found.query.params:
        if "@" in param.value and not param.value.startswith(("http:", "https:")) and _EMAIL.search(param.value):
            yield _at_value("UTM013", f'"{_short(param.key)}" holds an e-mail address', found, param)
        elif (
            param.key.lower() in _PERSONAL_KEYS
            and param.value
            and not is_placeholder(param.value)
            and not _SWITCH.fullmatch(param.value)
        ):
            yield _at_value("UTM013", f'"{param.key}" is about one single person', found, param)
        elif context.is_source_key(param.key) and _PHONE.fullmatch(param.value) and re.match(r"\s|\+|00", param.value):
            yield _at_value("UTM013", f'"{param.key}" looks like a phone number', found, param)
    if (
        "@" in parsed.path
        and not parsed.path.startswith("/@")
        and _EMAIL.search(decode(parsed.path))
        and not found.is_wrapper
    ):
        yield Problem("UTM013", "an e-mail address in the path", parsed.start, parsed.path_end)


CHECKS = (duplicated, click_id, miscased, utm_keys, utm_values, utm_in_path, personal)


def nearest_utm(key: str) -> str | None:
    """The utm key that is meant by a misspelled one, if one is near."""
    from difflib import get_close_matches

    if len(key) >= 40:
        return None
    # What all have in common would make `utm_kind` like `utm_id`.
    names = [known.removeprefix("utm_") for known in GA4_KEYS]
    near = get_close_matches(_spelled(key).removeprefix("utm_"), names, n=1, cutoff=0.75)
    return f"utm_{near[0]}" if near else None


def _spelled(key: str) -> str:
    return _LOOSE_UTM.sub("utm_", key) if key.startswith("utm") else key


def untidy(param: Param, allowed: re.Pattern[str] = _TIDY) -> str:
    """What of a value is not `allowed` (small letters, digits, `-._~`), in words."""
    raw, value = param.raw_value or "", param.value
    if not value.isascii():
        return "characters beyond ASCII"
    if "+" in raw and not allowed.fullmatch(" "):
        return 'a "+"'
    odd = next(char for char in value if not allowed.fullmatch(char))
    if odd.isspace():
        return "blanks"
    if odd.isupper():
        return "capitals, which make another value of it"
    return f'"{odd}"' if odd.isprintable() else "control characters"


def _at(code: str, message: str, found: Description, param: Param) -> Problem:
    start = found.query.offset
    return Problem(code, message, start + param.start, start + param.end, param.key)


def _at_value(code: str, message: str, found: Description, param: Param) -> Problem:
    start = found.query.offset
    return Problem(code, message, start + param.value_start, start + param.end, param.key)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
