"""Amazon Associates: orders, earnings, daily trends and tracking ids, as downloaded or as a DataFeed report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cta_analytics.config import Contract, ImportReport
from cta_analytics.conversions import associates_columns, headers, period, rows, unquoted
from cta_analytics.conversions.document import Document, Table
from cta_analytics.conversions.importer import (
    COUNTS,
    MONEY,
    ConversionRow,
    DateMeans,
    Importer,
    Level,
    Reading,
    ReportedKey,
    Settings,
    Statement,
    Tie,
    UrlTags,
)
from cta_analytics.conversions.period import Period
from cta_analytics.errors import CtaError

WINDOW_DAYS = 90
"""Credit covers what is put into the cart within 24 hours of a click and bought within 90 days (docs/conversions.md)."""
_DATE_MEANS: dict[str, DateMeans] = {"orders": "order", "earnings": "shipment"}
# Reports that pay something else, of which no whole header is known.
_UNREAD = re.compile(r"^(Fee-BonusEarnings|Bounty)\b", re.IGNORECASE)


def _table(document: Document, report: ImportReport) -> Table | None:
    def likeness(cells: Sequence[str]) -> int:
        found = associates_columns.columns(cells, report.columns)
        return len(cells) - len(found.unknown) if associates_columns.kind(found) else 0

    def is_name(header: str) -> bool:
        return associates_columns.columns([header], report.columns).fields[0] == "item"

    return unquoted.table(document, likeness, is_name)


def _unread(document: Document) -> str | None:
    """The kind of a report that is known by its sheet or title, and not read."""
    first = document.text.lstrip().partition("\n")[0] if document.text else ""
    above = document.table.above if document.table else ()
    found = next((match for text in (document.sheet, first, *above) if (match := _UNREAD.match(text))), None)
    return found[1] if found else None


def _recognises(document: Document, report: ImportReport) -> bool:
    if document.pages is not None:
        return False
    if _unread(document):
        return True
    found = _table(document, report)
    return found is not None and not associates_columns.columns(found.header, report.columns).unknown


def _read(document: Document, settings: Settings) -> Reading:
    unread = _unread(document)
    table = None if unread else _table(document, settings.report)
    if table is None:
        return Reading((), notes=(f"a {unread} report; not read, as no whole header of one is known",))
    found = associates_columns.columns(table.header, settings.report.columns)
    headers.check(found, "the header")
    associates_columns.check_currency(table.header, settings.currency, settings.account_name)
    kind = associates_columns.kind(found)
    if kind == "link_types":
        return Reading((), notes=("by type of link: it names neither a day nor a tracking id; not read",))
    if kind == "tracking":
        return _tracking(found, table, settings)
    read = rows.read(found, table.rows, settings, decimal=None)
    if not read.rows:
        return Reading((), notes=read.notes)
    days = [row.day for row in read.rows]
    first, last = period.in_title(table.above, days, settings.report.date_order) or (min(days), max(days))
    level: Level = "summary" if kind == "daily_trends" else "tag"
    means = _DATE_MEANS.get(str(kind), "unknown")
    return Reading((Statement(str(kind), level, read.rows, first, last, means),), notes=read.notes)


def _tracking(found: headers.Columns, table: Table, settings: Settings) -> Reading:
    """Totals by tracking id: the clicks, which no other report has, and a summary of what orders and earnings state."""
    covered = period.in_title(table.above, (), settings.report.date_order)
    if covered is None:
        if period.has_dates(table.above):
            ask = f'say how its dates are written with date_order = "DMY" or "MDY" under {settings.section}'
            raise CtaError(f'row 1: "{table.above[0]}" can be read in two ways, and the rows have no day; {ask}')
        raise CtaError("the rows have no day, and no title line names the period; download the report with its title")
    read = rows.read(found, table.rows, settings, decimal=None, period=covered)
    if not read.rows:
        return Reading((), notes=read.notes)
    summary = Statement("tracking", "summary", read.rows, *covered, "unknown")
    if not period.is_in_one_week(covered):
        return Reading((summary,), notes=(*read.notes, _too_long(covered)))
    nothing = {f"{name}_minor" if name in MONEY else name: None for name in (*COUNTS, *MONEY)}
    clicks = tuple(
        ConversionRow(**(row.model_dump() | nothing | {"clicks_through": row.clicks_through})) for row in read.rows
    )
    return Reading((Statement("tracking", "tag", clicks, *covered, "click"), summary), notes=read.notes)


def _too_long(covered: Period) -> str:
    return (
        f"its rows sum up {covered[0]} to {covered[1]}, more than one week, so they are kept as a summary only; "
        "download a week at a time, Monday to Sunday, to have its clicks by answer"
    )


def _link_tags(url: UrlTags) -> Sequence[str]:
    """The tracking id, and it with the sub-tag: what a report with sub-tags names."""
    if not url.tracking_id:
        return ()
    return (url.tracking_id, f"{url.tracking_id}/{url.sub_tag}") if url.sub_tag else (url.tracking_id,)


def _tie(key: ReportedKey, contract: Contract, known: frozenset[str]) -> Tie | None:
    """The sub-tag where a link carries it, else the tracking id."""
    if not key.stated_tag:
        return None
    with_sub_tag = f"{key.stated_tag}/{key.sub_tag}"
    if key.sub_tag and with_sub_tag in known:
        return Tie(with_sub_tag, "sub-tag")
    return Tie(key.stated_tag, "tracking id")


def _contract_tags(contract: Contract) -> Sequence[tuple[str, str]]:
    return [(tags.tracking_id, answer) for answer, tags in contract.tags.by_answer.items() if tags.tracking_id]


IMPORTER = Importer(
    name="amazon_associates",
    title="Amazon Associates: orders, earnings, daily trends, tracking ids",
    vocabulary=associates_columns.VOCABULARY,
    recognises=_recognises,
    read=_read,
    link_tags=_link_tags,
    tie=_tie,
    contract_tags=_contract_tags,
    known_headers=associates_columns.KNOWN_HEADERS,
    window_days=WINDOW_DAYS,
    has_own_dates=True,
)
