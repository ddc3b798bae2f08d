"""AFF013: a price or a star rating typed in beside an Associates link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cta_analytics.lint.example import SENTENCE, TAGGED, associates
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_PRICES = Option("prices", True, "whether prices are looked for")
_RATINGS = Option("ratings", True, "whether star ratings are looked for")

_AMOUNT = r"\d+(?:[.,'’\u202f ]\d{3})*(?:[.,]\d{2})?"
_PRICE = re.compile(
    rf"(?<![\w$€£¥₹–-])(?:(?:US|CA?|AU?|NZ|MX|R)?[$€£¥₹]|USD|EUR|GBP|CAD|AUD|INR|JPY)\s?{_AMOUNT}(?!\w|[.,]\d)"
    rf"|(?<![\w$€£¥₹.,–-]){_AMOUNT}\s?(?:[€£]|(?:USD|EUR|GBP|CAD|AUD|INR|JPY|PLN)\b)"
)
# A limit, a saving or another sum is no price of what is linked.
_OTHER_SUM = re.compile(
    r"\b(?:under|over|below|above|beyond|within|than|up to|at least|at most|least|saves?|saved|saving|spend|spent|los(?:e|t|ing)|worth|"
    r"budget(?: of)?|between|from .{1,12} to|off)\s+(?:you |us |me )?(?:about |around |just )?$",
    re.IGNORECASE,
)
_BEFORE = 60
_NOT_A_PRICE = re.compile(
    r"\s?(?:k|m|bn|million|billion|thousand)\b|[-/+]|\s(?:in |of )?(?:free |store )?credit\b|\sa (?:day|week|month|year)\b"
    r"|[-\s]?(?:off|(?:or )?(?:less|more|under|cheaper)|and (?:up|under)|budget|gift|bill|per)\b",
    re.IGNORECASE,
)
_RATING = re.compile(
    r"[★⭐✭✮✰☆]{2,}|\b[0-5][.,]\d\s?(?:/|out of)\s?5\b|\b[0-5](?:[.,]\d)?(?:\s?(?:/|out of)\s?5)?[\s-]stars?\b",
    re.IGNORECASE,
)


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    told: set[int] = set()
    for link in text.by_program["associates"]:
        start, end = text.block_of(link)
        if start in told:
            continue
        typed = _typed(text.said(start, end), context)
        if typed:
            told.add(start)
            yield Hit(
                f'"{typed}" is typed in beside this Associates link and will not change when Amazon\'s does', link
            )


def _typed(said: str, context: Context) -> str | None:
    """The first price or rating in a text."""
    if context.options[_PRICES.name]:
        for found in _PRICE.finditer(said):
            before = max(0, found.start() - _BEFORE)
            if not _OTHER_SUM.search(said, before, found.start()) and not _NOT_A_PRICE.match(said, found.end()):
                return found[0]
    rating = _RATING.search(said) if context.options[_RATINGS.name] else None
    return rating[0] if rating else None


def _page(around: str) -> str:
    return f"<p>{SENTENCE}</p>\n<p>{around.format(f'<a href={chr(34)}{TAGGED}{chr(34)} rel={chr(34)}sponsored{chr(34)}>')}</p>"


RULE = Rule(
    code="AFF013",
    name="hard-coded-price",
    severity="warning",
    summary="A price or a star rating is typed in beside an Associates link.",
    why=(
        "The program policies ask that prices and ratings be none that were typed in. A visitor who finds another price "
        "at Amazon than the page has promised leaves, and the account is at risk."
    ),
    bad=(
        Example(_page("{}This kettle</a> (paid link) is $24.99."), path="/blog/kettles"),
        Example(_page("{}This kettle</a> (paid link) kostet 24,99&nbsp;€."), path="/blog/kettles"),
        Example(_page("{}This kettle, £1,049.00</a> (paid link)"), path="/blog/kettles"),
        Example(_page("{}This kettle</a> (paid link) has 4.5 out of 5 stars."), path="/blog/kettles"),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(_page("The best kettle under $25 is {}this one</a> (paid link)."), path="/blog/kettles"),
        Example(_page("We like {}this kettle</a> (paid link).</p><p>A repair costs $24.99."), path="/blog/kettles"),
    ),
    text=_check,
    options=(_PRICES, _RATINGS),
)
