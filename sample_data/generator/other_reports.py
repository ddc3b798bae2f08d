"""Associates and Brand Store reports that fit the same clicks."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from . import clock
from .catalogue import Catalogue
from .people import weighted
from .sales import Click

# What people buy after an Associates link: category, name as Amazon prints it (a comma may be quoted, an inch mark
# never is), ASIN, price, fee in per mille.
_ITEMS = [
    ("Kitchen & Dining", 'Brightfell Bench Scraper 6" Stainless Blade', "B0SCRAPER7", 1399, 45),
    ("Tools & Home Improvement", "Lumenook Clip-On Reading Lamp, 3 Colors", "B0LAMPCLP2", 1799, 30),
    ("Tools & Home Improvement", 'Granholt Cast Flattening Plate 8 x 3"', "B0FLATPLT9", 4499, 30),
    ("Kitchen & Dining", "Softedge Felt Knife Guards (Set of 5)", "B0EDGEGRD3", 1599, 45),
    ("Luggage", "Tarn & Co. Waxed Canvas Knife Roll", "B0CANVASR6", 6400, 40),
]
_INDIRECT = [
    ("Pet Products", '"Willowpaw Salmon Treats, 12 oz"', "B0PETSNCK4", 1149, 30),
    ("Books", "The Patient Baker", "B0PATBAKR5", 2450, 45),
    ("Grocery", "Harbor Mill Bread Flour 5 lb", "B0FLOURHM5", 899, 10),
]
_SHOP = "Marketplace"
_FIRST, _LAST = date(2026, 9, 7), date(2026, 11, 8)


def files(catalogue: Catalogue, clicks: Sequence[Click], rng: random.Random) -> dict[str, bytes]:
    """All reports of both kinds by file name."""
    return _associates([click for click in clicks if click.kind == "associates"], rng) | _store(catalogue, clicks, rng)


def _money(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def _csv(title: str, header: str, lines: list[list[str]]) -> bytes:
    """An Associates file: title line, header, data."""
    heading = f"{title} reports from {_FIRST:%m-%d-%Y} to {_LAST:%m-%d-%Y}"
    return "\n".join([heading, header, *(",".join(line) for line in lines), ""]).encode("utf-8-sig")


def _associates(clicks: list[Click], rng: random.Random) -> dict[str, bytes]:
    orders, earnings = [], []
    daily: Counter[date] = Counter(click.day for click in clicks if click.day <= _LAST)
    ordered: Counter[date] = Counter()
    tracking: dict[str, Counter[str]] = {tag: Counter() for tag in sorted({click.tag for click in clicks})}
    for click in clicks:
        tracking[click.tag]["clicks"] += click.day <= _LAST
        if rng.random() > 0.16:
            continue
        direct = rng.random() < 0.7
        category, name, asin, price, fee = (_ITEMS if direct else _INDIRECT)[rng.randrange(5 if direct else 3)]
        quantity = 2 if rng.random() < 0.1 else 1
        day = click.day + timedelta(days=rng.randrange(3))
        shipped = day + timedelta(days=1 + rng.randrange(4))
        device = weighted(rng, [("PHONE", 6.0), ("DESKTOP", 4.0), ("TABLET", 1.0)])
        if day <= _LAST:
            ordered[day] += quantity
            orders.append([category, name, asin, f"{day} 00:00:00", str(quantity), _money(price), "Text/Image",
                           click.tag, "DI" if direct else "NDI", device])  # fmt: skip
            tracking[click.tag]["ordered"] += quantity
        if shipped <= _LAST:
            revenue = price * quantity
            amounts = [(shipped, quantity, 0, revenue)]
            if rng.random() < 0.12 and shipped + timedelta(days=9) <= _LAST:
                amounts.append((shipped + timedelta(days=9), 0, quantity, -revenue))
            for when, items, returns, amount in amounts:
                fees = amount * fee // 1000
                earnings.append([category, name, asin, _SHOP, click.tag, f"{when} 00:00:00", _money(price), str(items),
                                 str(returns), _money(amount), _money(fees), device])  # fmt: skip
                tracking[click.tag]["shipped"] += items
                tracking[click.tag]["revenue"] += amount
                tracking[click.tag]["fees"] += fees
    trends = [
        [f"{day} 00:00:00", str(daily[day]), str(ordered[day]), "0", str(ordered[day]),
         f"{100 * ordered[day] / daily[day]:.2f}" if daily[day] else "0.00"]
        for day in clock.days(_FIRST, _LAST)
    ]  # fmt: skip
    tags = [
        [tag, str(row["clicks"]), str(row["ordered"]), str(row["shipped"]), _money(row["revenue"]), _money(row["fees"])]
        for tag, row in tracking.items()
    ]
    return {
        "associates-fee-orders-2026-11-09.csv": _csv(
            "Fee-Orders",
            "Category,Name,ASIN,Date,Qty,Price($),Link Type,Tag,Indirect Sales,Device Type Group",
            sorted(orders, key=lambda line: line[3]),
        ),
        "associates-fee-earnings-2026-11-09.csv": _csv(
            "Fee-Earnings",
            "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),"
            "Device Type Group",
            sorted(earnings, key=lambda line: line[5]),
        ),
        "associates-fee-daily-trends-2026-11-09.csv": _csv(
            "Fee-DailyTrends",
            "Date,Clicks,Items Ordered (Amazon),Items Ordered (3rd Party),Total Items Ordered,Conversion",
            trends,
        ),
        "associates-fee-tracking-2026-11-09.csv": _csv(
            "Fee-Tracking", "Tracking ID,Clicks,Items Ordered,Items Shipped,Revenue($),Ad Fees($)", tags
        ),
    }


def _store(catalogue: Catalogue, clicks: Sequence[Click], rng: random.Random) -> dict[str, bytes]:
    """Store insights by day over all weeks, and by source tag for each of the last two weeks."""
    visits = [click for click in clicks if click.kind in {"maas", "channel"} and click.day <= _LAST]
    by_day = []
    for day in clock.days(_FIRST, _LAST):
        own = [click for click in visits if click.day == day]
        by_day.append({"DATE": f"{day:%Y%m%d}"} | _insights(own, 14 + rng.randrange(12), rng))
    found = {"store-insights-date-2026-09-07_2026-11-08.json": _insight_file("DATE", by_day)}
    for monday in (date(2026, 10, 26), date(2026, 11, 2)):
        sunday = monday + timedelta(days=6)
        tags = []
        for tag in catalogue.contract["tags"]["channel"]:
            own = [click for click in visits if click.tag == tag and monday <= click.day <= sunday]
            tags.append({"TAG": tag} | _insights(own, 0, rng))
        found[f"store-insights-tag-{monday}_{sunday}.json"] = _insight_file("TAG", tags)
    return found


def _insights(own: Sequence[Click], from_elsewhere: int, rng: random.Random) -> dict[str, float]:
    orders = [order for click in own for order in click.orders if order.cancelled_at is None]
    visits = len(own) + from_elsewhere
    return {
        "VIEWS": visits + sum(1 for _ in range(visits) if rng.random() < 0.6),
        "VISITS": visits,
        "ORDERS": len(orders),
        "UNITS": sum(order.units for order in orders),
        "SALES": sum((order.product.price * order.units / 100 for order in orders), 0.0),
        "DWELL_TIME": round(28 + 40 * rng.random(), 1) if visits else 0,
        "BOUNCE_RATE": round(0.35 + 0.3 * rng.random(), 3) if visits else 0,
    }


def _insight_file(dimension: str, rows: list[dict[str, object]]) -> bytes:
    body = ",\n  ".join(json.dumps(row) for row in rows)
    return f'{{"dimension": "{dimension}", "metricsDetails": [\n  {body}\n]}}\n'.encode()
