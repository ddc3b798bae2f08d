"""What a finding costs, as far as clicks and sales tell. Whoever knows a warehouse sets it; the linter knows none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DAYS = 28
"""So many days of clicks are counted."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """What clicks are counted of: a link of a page, or, where `url` is None, the page as a whole."""

    site: str
    url: str | None = None
    """Absolute; as written where the site's address is not known."""
    ordinal: int = 1
    cta: str | None = None
    """The name of its CTA policy."""


@dataclass(frozen=True, slots=True)
class Price:
    """Counted clicks of the last 28 days, and an estimate of the sales through them that belong to nobody's figures.

    `digits`: decimal places of the currency, of whose minor unit `sales_minor` is so many. Both are None together.
    """

    clicks: int
    sales_minor: int | None = None
    currency: str | None = None
    digits: int = 2

    @property
    def words(self) -> str:
        """`312 clicks in 28 days, about USD 1,240.50 of sales not attributable`."""
        clicks = f"{self.clicks:,} click{'' if self.clicks == 1 else 's'} in {DAYS} days"
        if not self.sales_minor:
            return clicks
        whole, part = divmod(self.sales_minor, 10**self.digits)
        amount = f"{whole:,}" + (f".{part:0{self.digits}d}" if self.digits else "")
        return f"{clicks}, about {self.currency} {amount} of sales not attributable"


def total(prices: Iterable[Price | None]) -> Price | None:
    """The sum over the places of one finding; without an amount where one of them has none, or another currency."""
    given = [one for one in prices if one]
    if not given:
        return None
    clicks = sum(one.clicks for one in given)
    amounts = [one.sales_minor for one in given if one.sales_minor is not None]
    if len(amounts) < len(given) or len({one.currency for one in given}) > 1:
        return Price(clicks)
    return Price(clicks, sum(amounts), given[0].currency, given[0].digits)
