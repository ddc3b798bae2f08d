"""How the report calls things: answers, days, counts with their word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cta_analytics.reports.clean import clean, short
from cta_analytics.reports.locale import Locale
from cta_analytics.reports.texts import plural, text

LONGEST_NAME = 70


def answer_name(answer: str, title: str | None) -> str:
    """The title of an answer's page, without what follows the last ` | `; its slug where there is no title."""
    name = clean(title or "").split(" | ")[0].strip()
    return short(name or clean(answer), LONGEST_NAME)


def word_list(words: Sequence[str], most: int = 3) -> str:
    """Some words as people list them: `a, b and c`, `a, b, c and 4 more`."""
    if len(words) > most:
        return text("words.more", first=", ".join(words[:most]), count=len(words) - most)
    return text("words.and", first=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


def day_list(locale: Locale, days: Sequence[date]) -> str:
    """Some days in words: `Wed 4 Nov, Thu 5 Nov, Fri 6 Nov and 3 more`."""
    return word_list([locale.weekday(day) for day in days])


def counted(locale: Locale, count: int, word: str) -> str:
    """A count with its word: `1 click`, `1,204 clicks`."""
    return plural(f"words.{word}", count, locale.count(count))
