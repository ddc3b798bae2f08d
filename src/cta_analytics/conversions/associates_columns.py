"""The headers of Associates reports: what was seen in real files, and what was not and needs the user's word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cta_analytics.conversions import headers, numbers
from cta_analytics.conversions.headers import Columns, Vocabulary
from cta_analytics.errors import CtaError

ALIASES = {
    # Downloads of the US, Canada and the UK.
    "category": "category", "name": "item", "asin": "asin", "seller": "seller",
    "date": "day", "dateshipped": "day", "tag": "tag", "trackingid": "tag",
    "qty": "units", "itemsordered": "units", "totalitemsordered": "units",
    "itemsorderedamazon": "ignore", "itemsordered3rdparty": "ignore",
    "itemsshipped": "shipped_units", "returns": "returned_units", "revenue": "sales", "adfees": "commission",
    "price": "ignore", "conversion": "ignore", "orderedrevenue": "ignore", "clicks": "clicks_through",
    "linktype": "link_type", "indirectsales": "directness", "directsale": "directness", "direct": "directness",
    "ordersthroughproductlinks": "directness", "devicetypegroup": "device",
    # Italy: daily trends in full, of the others what was seen.
    "data": "day", "clic": "clicks_through", "articoliordinatiamazon": "ignore", "articoliordinati3rdparty": "ignore",
    "totalearticoliordinati": "units", "conversione": "ignore", "dataspedizione": "day", "monitoraggioid": "tag",
    "commissionipubblicitarie": "commission", "tipodilink": "link_type", "linktipo": "link_type",
    "diconversione": "ignore", "ordiniattraversoillink": "directness",
    # DataFeed reports of large publishers.
    "productline": "category", "item": "item", "dateordered": "day", "quantity": "shipped_units",
    "earnings": "commission", "referralfeerate": "ignore", "subtag": "sub_tag", "associateid": "tag",
    "directclicks": "ignore", "directorderedquantity": "ignore", "indirectorderedquantity": "ignore",
    "totalorderedquantity": "units", "directconversionpercentage": "ignore", "shippedrevenue": "sales",
    "referralfees": "commission", "shippedearnings": "ignore",
}  # fmt: skip
SUGGESTIONS = {
    "nome": "item", "categoria": "category", "venditore": "seller", "quantità": "units", "qtà": "units",
    "articolispediti": "shipped_units", "resi": "returned_units", "ricavi": "sales", "entrate": "sales",
    "prezzo": "ignore", "gruppotipodidispositivo": "device", "売上": "sales",
}  # fmt: skip
VOCABULARY = Vocabulary(ALIASES, SUGGESTIONS)
KNOWN_HEADERS = {
    "Fee-Orders": (
        "Category", "Name", "ASIN", "Date", "Qty", "Price", "Link Type", "Tag", "Indirect Sales", "Device Type Group",
    ),
    "Fee-Earnings": (
        "Category", "Name", "ASIN", "Seller", "Tracking ID", "Date Shipped", "Price", "Items Shipped", "Returns",
        "Revenue", "Ad Fees", "Device Type Group", "Direct Sale",
    ),
    "Fee-DailyTrends": (
        "Date", "Clicks", "Items Ordered (Amazon)", "Items Ordered (3rd Party)", "Total Items Ordered", "Conversion",
    ),
    "Fee-Tracking": ("Tracking ID", "Clicks", "Items Ordered", "Items Shipped", "Revenue", "Ad Fees"),
    "Fee-LinkType": (
        "Link Type", "Clicks", "Items Ordered", "Conversion", "Ordered Revenue", "Items Shipped", "Ad Fees",
    ),
}  # fmt: skip
_SUFFIX = re.compile(r"\s*\(([^()]{1,4})\)$")


def columns(header: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """The header with the field of each column; the currency behind a name, as in `Revenue($)`, does not count."""
    plain = [_SUFFIX.sub("", name) if _signs(name) else name for name in header]
    bare = headers.columns(plain, mapping, VOCABULARY).fields
    whole = headers.columns(header, mapping, VOCABULARY).fields
    return Columns(tuple(header), tuple(own or other for own, other in zip(whole, bare, strict=True)))


def check_currency(header: Sequence[str], currency: str, account: str) -> None:
    """Raises: CtaError where a header names another currency than the account's."""
    for name in header:
        meant = _signs(name)
        if meant and currency not in meant:
            raise CtaError(
                f'column "{name}" is in {" or ".join(sorted(meant))}, but account {account} reports in {currency}; '
                "name the right account with --account"
            )


def _signs(name: str) -> frozenset[str]:
    found = _SUFFIX.search(name)
    return numbers.currencies(found[1].strip()) if found else frozenset()


def kind(found: Columns) -> str | None:
    """Which report has such columns: orders, earnings, daily_trends, tracking, link_types, or None."""
    fields = set(found.fields) - {None, "ignore"}
    if {"day", "tag", "asin", "sales", "commission"} <= fields:
        return "earnings"
    if {"day", "tag", "asin", "units"} <= fields:
        return "orders"
    if {"day", "clicks_through", "units"} <= fields and "tag" not in fields:
        return "daily_trends"
    if {"tag", "clicks_through", "units", "commission"} <= fields and "day" not in fields:
        return "tracking"
    if {"link_type", "clicks_through", "units"} <= fields and not fields & {"day", "tag"}:
        return "link_types"
    return None
