"""UTM005: a value that is written in another way than values are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cta_analytics.errors import CtaError
from cta_analytics.links.link import Link
from cta_analytics.lint.checks import asked_of, with_query
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.urls.checks.parameters import is_email, is_placeholder, untidy
from cta_analytics.urls.query import Param, encode

_ALPHABET = "a-z0-9._~-"
_BETWEEN_WORDS = "-_."


def _check(link: Link, context: Context) -> Iterator[Hit]:
    found = link.description
    if not found.params or "utm_" not in found.url:
        return
    allowed = _compiled(context.options["alphabet"])
    asked = None
    for param in found.query.params:
        if not param.key.startswith("utm_") or allowed.fullmatch(param.value) or not param.value.strip():
            continue
        if is_placeholder(param.value) or is_email(param.value):
            continue
        asked = asked_of(link, context) if asked is None else asked
        # What the contract asks for is as its author wants it.
        if param.key in asked:
            continue
        start = found.query.offset
        shown = param.value if len(param.value) <= 60 else f"{param.value[:59]}…"
        yield Hit(
            f'"{param.key}" holds {untidy(param, allowed)}: "{shown}"',
            link,
            start=start + param.value_start,
            end=start + param.end,
            keys=frozenset({param.key}),
            repair=_repair(link, param, allowed),
            safety="unsafe",
        )


@lru_cache(maxsize=8)
def _compiled(alphabet: str) -> re.Pattern[str]:
    try:
        return re.compile(f"[{alphabet}]*")
    except re.error as error:
        raise CtaError(
            f'cta.toml: [lint.options.UTM005] alphabet "{alphabet}" is no class of characters ({error}); '
            f'write one like "{_ALPHABET}"'
        ) from None


def _repair(link: Link, param: Param, allowed: re.Pattern[str]) -> str | None:
    between = next((char for char in _BETWEEN_WORDS if allowed.fullmatch(char)), "")
    value = param.value.strip()
    if not allowed.fullmatch("A"):
        value = value.lower()
    value = "".join(char if allowed.fullmatch(char) else between if char.isascii() else char for char in value)
    if between:
        value = re.sub(f"{re.escape(between)}{{2,}}", between, value).strip(between)
    # How a letter beyond ASCII would be written, only its author knows.
    if not value or not allowed.fullmatch(value):
        return None
    pair = f"{param.raw_key}={encode(value)}"
    return with_query(link, link.description.query.replaced(param, pair))


RULE = Rule(
    code="UTM005",
    name="untidy-utm-value",
    severity="warning",
    summary="A UTM value holds capitals, blanks, `+`, letters beyond ASCII or other characters outside the alphabet.",
    why=(
        "Values are compared letter by letter: `Email` and `email` are two rows in every report, and a blank arrives "
        "as `+`, `%20` or `_`, as the tools on the way like it."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&utm_campaign=Spring+Sale")),
        Example(anchor(f"{STORE}?{query()}&utm_term=quiet%20kettle")),
    ),
    good=(
        Example(anchor(f"{STORE}?{query()}&utm_campaign=spring-sale")),
        Example(
            anchor(f"{STORE}?{query()}&utm_campaign=Spring"),
            contract='[lint.options.UTM005]\nalphabet = "A-Za-z0-9-"\n',
        ),
    ),
    fix="unsafe",
    link=_check,
    options=(Option("alphabet", _ALPHABET, "The characters of a value, as in a class of a regular expression"),),
)
