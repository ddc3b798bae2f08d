"""Numbers, money and dates as people of a locale write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.metrics.period import Period

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CAD": "CA$",
    "AUD": "A$",
    "INR": "₹",
    "MXN": "MX$",
    "BRL": "R$",
}
WITHOUT_MINOR_UNIT = {"JPY"}
NOTHING = "–"
THIN = "\u202f"
MINUS = "−"


def minor_places(currency: str | None) -> int:
    """How many decimals the minor unit of a currency has."""
    return 0 if currency in WITHOUT_MINOR_UNIT else 2


@dataclass(frozen=True, slots=True)
class Locale:
    """How a locale groups digits, marks decimals, and puts a currency and a date."""

    name: str
    group: str
    point: str
    money: str = "{symbol}{number}"
    percent: str = "{number}%"
    month_first: bool = False

    def count(self, value: int | Decimal | None) -> str:
        """A whole number with its digits grouped; of a fraction one decimal."""
        if value is None:
            return NOTHING
        if isinstance(value, Decimal) and value != value.to_integral_value():
            return self._digits(value.quantize(Decimal("0.1"), ROUND_HALF_EVEN))
        return self._digits(Decimal(int(value)))

    def decimal(self, value: float, decimals: int = 1) -> str:
        """A number with so many decimals, also where they are zeros."""
        return self._digits(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN))

    def share(self, value: float | None, decimals: int = 1) -> str:
        """A share of one as a percentage."""
        if value is None:
            return NOTHING
        return self.percent.format(number=self.decimal(value * 100, decimals))

    def change(self, now: float, before: float) -> str:
        """The change from `before` to `now` in per cent, with its sign."""
        if not before:
            return NOTHING
        change = (now - before) / before
        sign = "+" if change >= 0.0005 else MINUS if change <= -0.0005 else "±"
        return sign + self.share(abs(change), 0 if abs(change) >= 0.0995 else 1)

    def cash(self, minor: int | None, currency: str | None) -> str:
        """An amount in minor units as money; `1,234.56 CHF` where the currency has no symbol here."""
        if minor is None or currency is None:
            return NOTHING
        number = self._digits(abs(Decimal(minor).scaleb(-minor_places(currency))))
        text = (
            self.money.format(symbol=SYMBOLS[currency], number=number)
            if currency in SYMBOLS
            else f"{number} {currency}"
        )
        return f"{MINUS}{text}" if minor < 0 else text

    def about(self, minor: int | None, currency: str | None) -> str:
        """An estimated amount: whole units of the currency, because cents would claim too much."""
        if minor is None or currency is None or currency in WITHOUT_MINOR_UNIT:
            return self.cash(minor, currency)
        units = self._digits(Decimal(minor).scaleb(-2).quantize(Decimal(1), ROUND_HALF_EVEN))
        return (
            self.money.format(symbol=SYMBOLS[currency], number=units) if currency in SYMBOLS else f"{units} {currency}"
        )

    def day(self, day: date, year: bool = False) -> str:
        """A day such as `8 Nov` or `Nov 8`."""
        month = MONTHS[day.month - 1]
        if self.month_first:
            return f"{month} {day.day}" + (f", {day.year}" if year else "")
        return f"{day.day} {month}" + (f" {day.year}" if year else "")

    def weekday(self, day: date) -> str:
        """A day such as `Wed 4 Nov`."""
        return f"{WEEKDAYS[day.weekday()]} {self.day(day)}"

    def span(self, period: Period) -> str:
        """A period such as `2–8 Nov 2026`."""
        first, last = period.first, period.last
        if first == last:
            return self.day(first, year=True)
        if first.year != last.year:
            return f"{self.day(first, year=True)} – {self.day(last, year=True)}"
        if first.month != last.month:
            return f"{self.day(first)} – {self.day(last, year=True)}"
        if self.month_first:
            return f"{MONTHS[first.month - 1]} {first.day}–{last.day}, {first.year}"
        return f"{first.day}–{last.day} {MONTHS[first.month - 1]} {first.year}"

    def _digits(self, number: Decimal) -> str:
        text = f"{number:,f}".replace(",", "\0").replace(".", self.point).replace("\0", self.group)
        return text.replace("-", MINUS)


LOCALES = {
    locale.name: locale
    for locale in (
        Locale("en-US", ",", ".", month_first=True),
        Locale("en-GB", ",", "."),
        Locale("en-CA", ",", ".", month_first=True),
        Locale("en-AU", ",", "."),
        Locale("de-DE", ".", ",", "{number}\u00a0{symbol}", "{number}\u00a0%"),
        Locale("es-ES", ".", ",", "{number}\u00a0{symbol}", "{number}\u00a0%"),
        Locale("fr-FR", THIN, ",", "{number}\u00a0{symbol}", f"{{number}}{THIN}%"),
        Locale("it-IT", ".", ",", "{number}\u00a0{symbol}", "{number}%"),
        Locale("nl-NL", ".", ",", "{symbol}\u00a0{number}", "{number}%"),
    )
}


def locale(name: str) -> Locale:
    """The locale of that name.

    Raises: CtaError naming the known ones.
    """
    if name not in LOCALES:
        raise CtaError(f'[report] locale = "{name}" is unknown; known are {", ".join(LOCALES)}')
    return LOCALES[name]
