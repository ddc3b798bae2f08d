"""A URL taken apart for people: what it is, what each parameter does, what is wrong.

Plain escape codes instead of rich, whose import alone takes a third of the time that `cta parse` may take.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from cta_analytics.cli.output import escape
from cta_analytics.urls import Description, Networks, load
from cta_analytics.urls.strips import stripped_keys

_KINDS = {
    "amazon_store": "Amazon Brand Store page",
    "amazon_product": "Amazon product page",
    "amazon_search": "Amazon search page",
    "amazon_short": "Amazon short link",
    "amazon_other": "Amazon page",
    "affiliate": "affiliate link",
    "short": "short link",
    "external": "external link",
    "email": "e-mail link",
    "phone": "phone link",
    "fragment": "place on the same page",
    "computed": "computed where the page is made or read, so nothing can be said",
    "invalid": "not a URL",
    "page": "page of the own site",
}
_LISTS = {
    "clearurls": "ClearURLs",
    "dandelionsprout": "DandelionSprout's list",
    "adguard": "AdGuard",
    "ublock": "uBlock Origin",
    "brave": "Brave",
    "brave_copy": 'Brave\'s "copy clean link"',
}
_TAG_KINDS = {"console": "console tag, ad group", "api_macro": "API macro tag", "api_static": "API tag"}
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "cyan": "36"}
_VALUE_LIMIT = 300
_URL_LIMIT = 2000

Row = tuple[str, ...]


def breakdown(
    found: Description, color: bool = False, indent: str = "", networks: Networks | None = None
) -> Iterator[str]:
    """The lines that say everything that is known about a URL; with terminal colours if wanted."""
    networks = networks or load()

    def styled(text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color and style and text else text

    def table(rows: Iterable[Row], styles: Row, margin: str) -> Iterator[str]:
        """Rows in columns, the last one as long as it is: a terminal may wrap it, and it can be copied whole."""
        cells = list(rows)
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)][:-1]
        for row in cells:
            line = margin
            for cell, width, style in zip(row, widths, styles, strict=False):
                line += styled(cell, style) + " " * (width - _width(cell) + 2)
            yield (line + styled(row[-1], styles[-1])).rstrip()

    yield indent + styled(_shown(found.url, _URL_LIMIT), "bold")
    yield indent + styled(_headline(found), "green")
    yield from table(_facts(found), ("dim", ""), indent)
    if found.params:
        yield indent + styled("parameters", "dim")
        yield from table(_parameters(found, networks), ("cyan", "dim", ""), f"{indent}  ")
    stripped = stripped_keys(found.query, found.path, found.table, networks) if found.stripped_by else {}
    if stripped:
        yield indent + styled("privacy tools that remove some of it", "dim")
        yield from table(
            ((_LISTS[name], _shown(", ".join(keys))) for name, keys in stripped.items()), ("", "dim"), f"{indent}  "
        )
    if found.problems:
        yield indent + styled("problems", "red")
        problems = ((problem.code, problem.name, _shown(problem.message)) for problem in found.problems)
        yield from table(problems, ("red", "", ""), f"{indent}  ")
    if found.target:
        yield indent + styled("leads to", "dim")
        yield from breakdown(found.target, color, f"{indent}  ", networks)


def _headline(found: Description) -> str:
    words = [_KINDS[found.kind]]
    if found.table and (found.kind == "affiliate" or (found.kind == "external" and found.is_wrapper)):
        words.append(found.table.title)
    if found.place:
        words.append(f"{found.place.name}, {found.place.currency}")
    if found.program:
        words.append(f"program {found.program}" if found.program != "none" else "no program's tag")
    return " · ".join(words)


def _facts(found: Description) -> Iterator[Row]:
    if found.kind == "invalid" and found.parsed.error:
        yield "reason", found.parsed.error
    if found.canonical:
        yield "canonical", _shown(found.canonical, _URL_LIMIT)
    if found.store and found.store.brand:
        yield "brand", _shown(found.store.brand)
    if found.store and found.store.page_id:
        yield "store page", found.store.page_id
    if found.asin:
        yield "ASIN", found.asin
    if found.attribution:
        tag = found.attribution
        yield (
            "attribution",
            f"{_TAG_KINDS[tag.kind]} {tag.id}" if tag.kind else f"tag of unknown shape {_shown(tag.tag)}",
        )
    if found.tracking_id:
        own = found.table is not None and found.table.is_own_tag(found.tracking_id)
        yield (
            "publisher",
            _shown(found.tracking_id) + (" (a tag of Amazon's own ads: it pays nobody else)" if own else ""),
        )
    if found.sub_tag:
        yield "sub-id", _shown(found.sub_tag)
    if found.channel:
        yield "source tag", _shown(found.channel)
    if found.ga4_channel:
        yield "GA4 channel", f"{found.ga4_channel} (where GA4 receives the visit)"
    if found.fragment:
        yield "fragment", _shown(found.fragment)


def _parameters(found: Description, networks: Networks) -> Iterator[Row]:
    for key, value in found.params:
        meaning = networks.parameter(found.table, key)
        yield _shown(key), meaning.meaning if meaning else "-", _shown(value)


def _shown(text: str, limit: int = _VALUE_LIMIT) -> str:
    return escape(text if len(text) <= limit else f"{text[: limit - 1]}…")


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
