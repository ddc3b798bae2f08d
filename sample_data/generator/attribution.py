"""Amazon Attribution reports: the Ads API's answers by ad group and by campaign, and a console download."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import clock, sales
from .catalogue import Catalogue
from .sales import Click, Order

PULLS = (date(2026, 10, 5), date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 9))
CAMPAIGN = "keenrow-answers"
_COUNTS = ("views", "carts", "orders", "units", "sales")
_MASK_BELOW = 10  # lifetime clicks of a returned row


@dataclass(slots=True)
class Figures:
    """The figures of one row: counts, and money in minor units, of promoted products and of the whole brand."""

    clicks: int = 0
    promoted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    bonus: int = 0
    prices: list[tuple[int, bool]] = field(default_factory=list)

    def add(self, click: Click, known_at: int) -> None:
        """Add a click with what is known about it at `known_at`."""
        self.clicks += 1
        for figures in (self.promoted, self.total):
            figures["views"] += click.detail_view
            figures["carts"] += click.cart
        for order in click.orders:
            if order.counts_at(known_at):
                self._order(order)

    def _order(self, order: Order) -> None:
        amount = order.product.price * order.units
        for figures in [self.total] if order.halo else [self.promoted, self.total]:
            figures["orders"] += 1
            figures["units"] += order.units
            figures["sales"] += amount
        if order.halo:
            self.total["views"] += 1
        self.bonus += amount // 10
        self.prices.append((amount, order.halo))

    def sales_text(self, *, total: bool) -> str:
        """The sum as the API prints it: a float with its noise."""
        return _float_sum(amount for amount, halo in self.prices if total or not halo)

    def bonus_text(self) -> str:
        """The bonus as the API prints it."""
        return _float_sum(amount // 10 for amount, _ in self.prices)


def _float_sum(amounts: Iterable[int]) -> str:
    text = repr(sum((amount / 100 for amount in amounts), 0.0))
    return text.removesuffix(".0")


def pulled_at(day: date) -> int:
    """A pull is made on a Monday at seven in the morning."""
    return clock.moment(day, 7 * 3600)


def covered(day: date) -> tuple[date, date]:
    """The 30 days up to the one before a pull, as Amazon asks for; the logs begin on 7 September."""
    return max(date(2026, 9, 7), day - timedelta(days=30)), day - timedelta(days=1)


Rows = dict[tuple[date, str], Figures]


def rows(catalogue: Catalogue, clicks: Sequence[Click], pull: date, *, by_campaign: bool = False) -> Rows:
    """The rows of a pull by day and ad group, before masking; a click is in after 20 hours."""
    known_at = pulled_at(pull)
    first, last = covered(pull)
    found: Rows = {}
    for click in clicks:
        group = sales.ad_group(catalogue, click)
        if group and first <= click.day <= last and click.at + 20 * 3600 <= known_at:
            key = (click.day, CAMPAIGN if by_campaign else group)
            found.setdefault(key, Figures()).add(click, known_at)
    return dict(sorted(found.items()))


def masked_groups(catalogue: Catalogue, clicks: Sequence[Click], pull: date) -> set[str]:
    """The ad groups that had fewer than ten clicks in their life when the pull was made."""
    lifetime: dict[str, int] = dict.fromkeys(catalogue.contract["tags"]["ad_groups"], 0)
    for click in clicks:
        group = sales.ad_group(catalogue, click)
        if group and click.at + 20 * 3600 <= pulled_at(pull):
            lifetime[group] += 1
    return {group for group, count in lifetime.items() if count < _MASK_BELOW}


def visible(catalogue: Catalogue, clicks: Sequence[Click], pull: date) -> Rows:
    """The rows of a pull by day and ad group as Amazon returns them: zeros where it masks."""
    masked = masked_groups(catalogue, clicks, pull)
    found = rows(catalogue, clicks, pull)
    return {key: Figures() if key[1] in masked else figures for key, figures in found.items()}


def as_last_reported(catalogue: Catalogue, clicks: Sequence[Click]) -> Rows:
    """Every day and ad group as the newest pull that covers the day has it."""
    found: Rows = {}
    for pull in PULLS:
        first, last = covered(pull)
        found = {key: figures for key, figures in found.items() if not first <= key[0] <= last}
        found |= visible(catalogue, clicks, pull)
    return dict(sorted(found.items()))


def _row(day: date, group: str | None, figures: Figures) -> dict[str, str]:
    promoted, total = figures.promoted, figures.total
    row = {"date": f"{day:%Y%m%d}", "advertiserName": "Keenrow"}
    if group:
        row["publisher"] = "Display - Other"
    row["campaignId"] = CAMPAIGN
    if group:
        row["adGroupId"] = group
    return row | {
        "Click-throughs": str(figures.clicks),
        "attributedDetailPageViewsClicks14d": str(promoted["views"]),
        "attributedAddToCartClicks14d": str(promoted["carts"]),
        "attributedPurchases14d": str(promoted["orders"]),
        "unitsSold14d": str(promoted["units"]),
        "attributedSales14d": figures.sales_text(total=False),
        "attributedTotalDetailPageViewsClicks14d": str(total["views"]),
        "attributedTotalAddToCartClicks14d": str(total["carts"]),
        "attributedTotalPurchases14d": str(total["orders"]),
        "totalUnitsSold14d": str(total["units"]),
        "totalAttributedSales14d": figures.sales_text(total=True),
        "brb_bonus_amount": figures.bonus_text(),
    }


def _answer(reports: list[dict[str, str]]) -> bytes:
    body = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in reports)
    return f'{{"reports": [\n  {body}\n], "cursorId": "", "size": {len(reports)}}}\n'.encode()


def files(catalogue: Catalogue, clicks: Sequence[Click]) -> dict[str, bytes]:
    """The pulls by ad group, the last one by campaign too, and a console download of the last week."""
    found = {}
    for pull in PULLS:
        found[f"attribution-{pull}.json"] = _answer(
            [_row(day, group, figures) for (day, group), figures in visible(catalogue, clicks, pull).items()]
        )
    whole = rows(catalogue, clicks, PULLS[-1], by_campaign=True)
    found[f"campaign-attribution-{PULLS[-1]}.json"] = _answer(
        [_row(day, None, figures) for (day, _), figures in whole.items()]
    )
    found[f"console-download-{PULLS[-1]}.csv"] = _console(catalogue, clicks)
    return found


def _console(catalogue: Catalogue, clicks: Sequence[Click]) -> bytes:
    """Shaped like a console download; no English header line of a real one is known, so this one is invented."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        ["Day", "Campaign", "Ad group", "Publisher", "Clicks", "DPV", "ATC", "Purchases", "Units sold", "Product sales",
         "Total DPV", "Total ATC", "Total purchases", "Total units sold", "Total sales", "Brand Referral Bonus"]
    )  # fmt: skip
    for (day, group), figures in visible(catalogue, clicks, PULLS[-1]).items():
        if day >= date(2026, 11, 2):
            cells = [day.isoformat(), CAMPAIGN, group, "Display - Other", figures.clicks]
            for counts in (figures.promoted, figures.total):
                cells += [*(counts[name] for name in _COUNTS[:4]), _dollars(counts["sales"])]
            writer.writerow([*cells, _dollars(figures.bonus)])
    return text.getvalue().encode("utf-8-sig")


def _dollars(minor: int) -> str:
    return f"${minor // 100:,}.{minor % 100:02d}"
