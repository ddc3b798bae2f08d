"""Amazon Attribution: the Ads API's JSON, and downloads of the console or other tools through aliases and a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cta_analytics.config import ImportReport
from cta_analytics.conversions import ads_api, as_of, attribution_tags, headers, rows
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.headers import Columns, Vocabulary
from cta_analytics.conversions.importer import (
    COUNTS,
    MONEY,
    ConversionRow,
    Importer,
    Level,
    Reading,
    Settings,
    Statement,
)
from cta_analytics.errors import CtaError

# The Ads API's names, also as other tools spell them, and headers that were seen in other tools' code.
_ALIASES = {
    "date": "day",
    "advertisername": "advertiser",
    "publisher": "publisher", "出版商": "publisher",
    "campaignid": "campaign", "campaign": "campaign",
    "adgroupid": "ad_group", "adgroup": "ad_group", "广告组": "ad_group",
    "creativeid": "creative",
    "clickthroughs": "clicks_through", "clicks": "clicks_through", "totalclickthroughs": "clicks_through",
    "点击量": "clicks_through",
    "attributedtotaldetailpageviewsclicks14d": "detail_views", "totaldpv": "detail_views", "总dpv": "detail_views",
    "attributedtotaladdtocartclicks14d": "carts", "totalatc": "carts", "atc总计": "carts",
    "attributedtotalpurchases14d": "orders",
    "totalunitssold14d": "units", "商品销量总计": "units",
    "totalattributedsales14d": "sales", "revenue": "sales",
    "attributeddetailpageviewsclicks14d": "promoted_detail_views",
    "attributedaddtocartclicks14d": "promoted_carts",
    "attributedpurchases14d": "promoted_orders",
    "unitssold14d": "promoted_units",
    "attributedsales14d": "promoted_sales",
    "brbbonusamount": "bonus", "bonus": "bonus", "品牌引流奖励计划": "bonus",
    "kindleeditionnormalizedpagesread14d": "ignore", "kindleeditionnormalizedpagesroyalties14d": "ignore",
}  # fmt: skip
# Headers whose meaning nobody has confirmed: they fill the mapping that the user is asked to correct.
_SUGGESTIONS = {
    "day": "day", "channel": "publisher", "advertiser": "advertiser", "marketplace": "marketplace",
    "campaignname": "campaign", "adgroupname": "ad_group", "creative": "creative", "creativename": "creative",
    "currency": "currency", "currencycode": "currency", "tag": "tag", "attributiontag": "tag",
    "totaldetailpageviews": "detail_views", "totaladdtocart": "carts", "totalpurchases": "orders",
    "totalorders": "orders", "totalunitssold": "units", "totalsales": "sales", "totalproductsales": "sales",
    "购买总额": "sales", "brandreferralbonus": "bonus", "brb": "bonus",
    "dpv": "promoted_detail_views", "detailpageviews": "promoted_detail_views", "atc": "promoted_carts",
    "addtocart": "promoted_carts", "purchases": "promoted_orders", "unitssold": "promoted_units",
    "productsales": "promoted_sales", "sales": "promoted_sales",
}  # fmt: skip
VOCABULARY = Vocabulary(_ALIASES, _SUGGESTIONS)
_KNOWN_HEADERS = {
    "Ads API": (
        "date", "advertiserName", "publisher", "campaignId", "adGroupId", "Click-throughs",
        "attributedTotalDetailPageViewsClicks14d", "attributedTotalAddToCartClicks14d", "attributedTotalPurchases14d",
        "totalUnitsSold14d", "totalAttributedSales14d",
    ),
    "console download": (
        "Date", "Campaign", "Ad group", "Publisher", "Click-throughs", "Total DPV", "Total ATC", "Total purchases",
        "Total units sold", "Total sales", "Brand Referral Bonus",
    ),
}  # fmt: skip
_PRODUCTS = {"productasin", "brandhaloattributedsales14d", "productconversiontype"}


def _recognises(document: Document, report: ImportReport) -> bool:
    if document.table is not None:
        found = headers.columns(document.table.header, report.columns, VOCABULARY)
        return _is_report(found) and not found.unknown
    if document.pages is None:
        return False
    answer = ads_api.read(document.pages)
    is_report = _is_report(headers.columns(answer.header, report.columns, VOCABULARY))
    return is_report or answer.is_empty or _is_of_products(answer)


def _is_report(found: Columns) -> bool:
    """A day, a key and a figure make a report of this kind."""
    fields = set(found.fields)
    return (
        "day" in fields
        and bool(fields & {"campaign", "ad_group", "creative", "tag"})
        and bool(fields & {*COUNTS, *MONEY})
    )


def _is_of_products(answer: ads_api.Answer) -> bool:
    return bool({headers.normalise(name) for name in answer.header} & _PRODUCTS)


def _read(document: Document, settings: Settings) -> Reading:
    if document.table is not None:
        found = headers.columns(document.table.header, settings.report.columns, VOCABULARY)
        headers.check(found, "the header")
        read = rows.read(found, document.table.rows, settings, decimal=None)
        return Reading(_statements(read.rows, None), notes=read.notes)
    answer = ads_api.read(document.pages or ())
    if _is_of_products(answer):
        raise CtaError(
            "a PRODUCTS report: it states the sales of the PERFORMANCE report again, by product and without clicks; "
            "import that one instead"
        )
    ads_api.check_complete(answer)
    if answer.is_empty:
        return Reading(())
    found = headers.columns(answer.header, settings.report.columns, VOCABULARY)
    headers.check(found, "the rows")
    # The API writes numbers in one way only, so no decimal mark is to be found out.
    read = rows.read(found, ads_api.cells(answer), settings, decimal=".")
    unread = [f"not read: {', '.join(found.unknown)}"] if found.unknown else []
    stated = [text for page in answer.envelopes if isinstance(text := page.get("as_of"), str)]
    at = max(map(as_of.read, stated), default=None)
    return Reading(_statements(read.rows, ads_api.asked(answer)), at, (*read.notes, *unread))


def _statements(read: Sequence[ConversionRow], asked: tuple[date, date] | None) -> tuple[Statement, ...]:
    """The rows by level: what the finest key of a row is decides."""
    by_level: dict[Level, list[ConversionRow]] = {}
    for row in read:
        by_level.setdefault(_level(row), []).append(row)
    return tuple(_statement(level, found, asked) for level, found in by_level.items())


def _level(row: ConversionRow) -> Level:
    if row.creative:
        return "creative"
    if row.ad_group or row.tag:
        return "adgroup"
    if row.campaign:
        return "campaign"
    raise CtaError(f"row {row.row_number}: names no campaign, ad group or creative; download the report with its ids")


def _statement(level: Level, found: Sequence[ConversionRow], asked: tuple[date, date] | None) -> Statement:
    seen: dict[tuple[date | str, ...], int] = {}
    for row in found:
        key = (row.day, row.advertiser, row.campaign, row.ad_group, row.creative, row.publisher, row.tag)
        if key in seen:
            again = f"row {row.row_number}: the same day and ids as row {seen[key]}"
            raise CtaError(f"{again}; remove one of them, a page may stand in the file twice")
        seen[key] = row.row_number
    first, last = min(row.day for row in found), max(row.day for row in found)
    if asked and (first < asked[0] or last > asked[1]):
        outside = f"rows from {first} to {last} lie outside startDate {asked[0]} and endDate {asked[1]}"
        raise CtaError(f"{outside}; correct these two")
    covers_from, covers_to = asked or (first, last)
    return Statement("performance", level, tuple(found), covers_from, covers_to)


IMPORTER = Importer(
    name="amazon_attribution",
    title="Amazon Attribution: performance by campaign, ad group or creative, and day",
    vocabulary=VOCABULARY,
    recognises=_recognises,
    read=_read,
    link_tags=attribution_tags.link_tags,
    tie=attribution_tags.tie,
    contract_tags=attribution_tags.contract_tags,
    known_headers=_KNOWN_HEADERS,
    masks=True,
)
