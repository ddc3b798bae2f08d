"""Faults of a URL's shape: what a browser repairs, or silently reads as something else (LNK002 to LNK008, LNK014)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING

from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.checks.parameters import miscased_params
from cta_analytics.urls.parse import host_like, parse
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Param

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

# An ampersand that was escaped for HTML and never decoded, also more than once (`&amp;amp;`).
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp;)+|&#0*38;|&#[xX]0*26;")
_SECOND_QUESTION_MARK = re.compile(r"\?(?=[A-Za-z0-9_.-]+=)")
_DOUBLE_ENCODED = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
# In a path only what cannot be a percent sign that somebody meant: a byte of UTF-8, or a blank.
_DOUBLE_ENCODED_PATH = re.compile(r"%(?:25)+(?=[89A-Fa-f][0-9A-Fa-f]|20)")
# Also one that is encoded for a further redirect.
_NESTED_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]*:/|https?(?::|%(?:25)*3a)|[/\\]|www\.")
_REMOVED = re.compile(r"[\t\n\r]")
_REPAIRED = re.compile(r'[\x00-\x20\x7f"<>]+')
_DOUBLED_SCHEME = re.compile(r"(?i)(?:https?:?/*)+(?=https?:?//)")
_SLASHES = re.compile(r"(?i)(?P<scheme>https?):(?P<slashes>[/\\]*)")
_TRACKED = r"utm_\w+|maas|ref_|tag|channel|ascsubtag|aa_\w+"
_AFTER_FRAGMENT = re.compile(rf"(?:^|[?&])(?P<key>{_TRACKED})=|[?&](?P<any>[A-Za-z0-9_.-]+)=")


def malformed(found: Description, context: Context) -> Iterator[Problem]:
    """LNK002: no URL at all, or one only after the browser's repair."""
    parsed = found.parsed
    url, start, end = parsed.raw, parsed.start, parsed.end
    if parsed.error is not None:
        yield Problem("LNK002", f"cannot be a URL: {parsed.error}", start, end)
        return
    doubled = _DOUBLED_SCHEME.match(url, start, end)
    if doubled:
        yield Problem(
            "LNK002", "two schemes in a row; a browser takes the first one's rest for a host", *doubled.span()
        )
        return
    scheme = _SLASHES.match(url, start, end)
    if scheme and scheme["slashes"] != "//":
        yield Problem("LNK002", f'"{scheme[0]}" where "{scheme["scheme"]}://" is meant', *scheme.span())
    if parsed.scheme in {"http", "https"}:
        back = url.find("\\", start, parsed.path_end)
        if back >= 0 and not (scheme and back < scheme.end()):
            yield Problem("LNK002", "a backslash, which a browser reads as a slash", back, back + 1)
        odd = _REPAIRED.search(url, start, end)
        if odd:
            yield Problem("LNK002", f"{_names(odd[0])} in it, which a browser has to repair", *odd.span())


def escaped_ampersand(found: Description, context: Context) -> Iterator[Problem]:
    """LNK004: `&amp;` that is left after decoding, so that the next key begins with `amp;`."""
    odd = _ESCAPED_AMPERSAND.search(found.url, found.parsed.start, found.parsed.end)
    if odd:
        yield Problem("LNK004", f'"{odd[0]}" is left in the URL: what follows is read as the key "amp;…"', *odd.span())


def second_question_mark(found: Description, context: Context) -> Iterator[Problem]:
    """LNK005: a `?` that was meant as `&`."""
    told = None
    for param, at in _second_question_marks(found):
        if param is told:
            continue
        told = param
        start = found.query.offset + param.start + at
        yield Problem(
            "LNK005", f'a second "?": what follows is part of the value of "{_short(param.key)}"', start, start + 1
        )


def double_encoded(found: Description, context: Context) -> Iterator[Problem]:
    """LNK006: a value that was percent-encoded twice."""
    for param in found.query.params:
        odd = _double_encoded(param)
        if odd:
            start = found.query.offset + param.start
            says = f'"{_short(param.key)}" is encoded twice: it arrives as "{_short(param.value)}"'
            yield Problem("LNK006", says, start + odd.start(), start + param.end - param.start, param.key)
    odd = _DOUBLE_ENCODED_PATH.search(found.url, found.parsed.start, found.parsed.path_end)
    if odd and not found.is_wrapper:
        yield Problem("LNK006", "the path is encoded twice", odd.start(), found.parsed.path_end)


def query_after_fragment(found: Description, context: Context) -> Iterator[Problem]:
    """LNK007: parameters behind `#`, which no server sees."""
    odd = _after_fragment(found.parsed.fragment)
    if odd:
        start = found.parsed.fragment_start + odd.start()
        key = odd["key"] or odd["any"]
        yield Problem("LNK007", f'"{key}" stands behind "#" and never reaches a server', start, found.parsed.end)


def stray_separator(found: Description, context: Context) -> Iterator[Problem]:
    """LNK008: a `?` or `&` that separates nothing."""
    parsed, query = found.parsed, found.query
    if not parsed.has_query or _ESCAPED_AMPERSAND.search(found.url, parsed.start, parsed.end):
        return
    at = None
    if not query.params:
        at = query.offset - 1
    else:
        empty = next((index for index, piece in enumerate(query.pieces) if not piece.raw), None)
        if empty is not None:
            # The ampersand before an empty piece, or behind it where it is the first.
            at = query.offset + (query.pieces[empty].start - 1 if empty else 0)
        elif query.raw.endswith("?"):
            at = query.offset + len(query.raw) - 1
    if at is not None:
        yield Problem("LNK008", f'a stray "{found.url[at]}"', at, at + 1)


def schemeless(found: Description, context: Context) -> Iterator[Problem]:
    """LNK014: `www.amazon.com/…` without a scheme, which a browser takes for a path of the own site."""
    if is_schemeless(found, context):
        says = "no scheme: a browser takes it for a path of the own site"
        yield Problem("LNK014", says, found.parsed.start, found.parsed.end)


CHECKS = (
    malformed,
    escaped_ampersand,
    second_question_mark,
    double_encoded,
    query_after_fragment,
    stray_separator,
    schemeless,
)


def repair(found: Description, context: Context, codes: Container[str] | None = None) -> str | None:
    """The URL as it was probably meant, without the faults above; None where it cannot be one, or nothing changes.

    `codes`: only these faults are repaired, and what has no other stays byte for byte.
    """
    parsed = found.parsed
    if parsed.error is not None:
        return None

    def of(code: str) -> bool:
        return codes is None or code in codes

    chars = list(parsed.raw)
    if of("LNK005"):
        for param, at in _second_question_marks(found):
            chars[found.query.offset + param.start + at] = "&"
    meant = "".join(chars[parsed.start : parsed.end])
    if of("LNK014") and is_schemeless(found, context):
        meant = f"https://{meant}"
    if of("LNK002"):
        meant = _DOUBLED_SCHEME.sub("", meant, count=1) if _DOUBLED_SCHEME.match(meant) else meant
        meant = (
            _SLASHES.sub(lambda scheme: f"{scheme['scheme']}://", meant, count=1) if _SLASHES.match(meant) else meant
        )
    if of("LNK004"):
        meant = _ESCAPED_AMPERSAND.sub("&", meant)
    if of("LNK002"):
        meant = _REPAIRED.sub(_percent_encoded, _REMOVED.sub("", meant))
    head, hash_, fragment = meant.partition("#")
    path, mark, query = head.partition("?")
    if of("LNK002") and parsed.scheme in {"http", "https"}:
        path = path.replace("\\", "/")
    if of("LNK006") and parsed.scheme in {"http", "https"} and not found.is_wrapper:
        path = _DOUBLE_ENCODED_PATH.sub("%", path)
    pairs = _pairs(query, found, context, of)
    odd = _after_fragment(fragment) if of("LNK007") else None
    if odd:
        before, behind = fragment[: odd.start()], fragment[odd.start() :].lstrip("?&")
        pairs += [pair for pair in behind.split("&") if pair]
        mark, hash_, fragment = ("?", "#", before) if before else ("?", "", "")
    if of("LNK008"):
        while pairs and pairs[-1].endswith("?"):
            last = pairs.pop().rstrip("?")
            pairs += [last] if last else []
        mark = "?" if pairs else ""
    repaired = path + mark + "&".join(pairs) + hash_ + fragment
    if codes is not None and "LNK002" not in codes:
        repaired = parsed.raw[: parsed.start] + repaired + parsed.raw[parsed.end :]
    return repaired if repaired != parsed.raw and parse(repaired).error is None else None


def _pairs(query: str, found: Description, context: Context, of: Callable[[str], bool]) -> list[str]:
    """The pieces of a query, repaired."""
    cased = {param.key: meant for param, meant in miscased_params(found, context)} if of("LNK012") else {}
    pairs = []
    for text in query.split("&"):
        if not text and (of("LNK008") or not query):
            continue
        piece = Param.parse(text, 0)
        raw = _DOUBLE_ENCODED.sub("%", text) if of("LNK006") and _double_encoded(piece) else text
        pairs.append(cased[piece.key] + raw[len(piece.raw_key) :] if piece.key in cased else raw)
    return pairs


def _percent_encoded(odd: re.Match[str]) -> str:
    return "".join(f"%{ord(char):02X}" for char in odd[0])


def is_schemeless(found: Description, context: Context) -> bool:
    """Whether a relative URL is certainly meant as another host: `www.…`, or a host that a network has."""
    parsed = found.parsed
    if not parsed.is_relative or parsed.error is not None:
        return False
    text = _REMOVED.sub("", parsed.raw[parsed.start : parsed.path_end])
    host = re.split(r"[/\\]", text, maxsplit=1)[0].lower()
    return host_like(text) and (host.startswith("www.") or bool(context.networks.of_host(host)))


def _second_question_marks(found: Description) -> Iterator[tuple[Param, int]]:
    for param in found.query.params:
        # A URL in a value may have a query of its own.
        if "?" in param.raw and not _is_nested(param):
            for odd in _SECOND_QUESTION_MARK.finditer(param.raw):
                yield param, odd.start()


def _double_encoded(param: Param) -> re.Match[str] | None:
    return _DOUBLE_ENCODED.search(param.raw) if "%25" in param.raw and not _is_nested(param) else None


def _is_nested(param: Param) -> bool:
    return _NESTED_URL.match(param.value.lstrip()) is not None


def _after_fragment(fragment: str | None) -> re.Match[str] | None:
    if not fragment or "=" not in fragment or fragment.startswith(":~:"):
        return None
    odd = _AFTER_FRAGMENT.search(fragment)
    # An application that routes by its fragment (`#/list?page=2`) has parameters of its own there.
    return odd if odd and (odd["key"] or not fragment.startswith(("/", "!"))) else None


def _names(odd: str) -> str:
    char = odd[0]
    if char == " ":
        return "a raw blank"
    return f"a raw {char}" if char.isprintable() else f"the control character U+{ord(char):04X}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
