"""Amazon Brand Store insights: visits, orders and sales by source tag, by page and by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cta_analytics.config import Contract, ImportReport
from cta_analytics.conversions import headers, period, rows
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.headers import Columns, Vocabulary
from cta_analytics.conversions.importer import Importer, Level, Reading, ReportedKey, Settings, Statement, Tie, UrlTags
from cta_analytics.conversions.period import Period
from cta_analytics.errors import CtaError

# The names of the insights API. No header of the CSV is known, so other names need a mapping.
_ALIASES = {
    "date": "day", "tag": "tag", "page": "page", "source": "publisher", "views": "views", "visits": "clicks_through",
    "orders": "orders", "units": "units", "sales": "sales", "dwelltime": "ignore", "bouncerate": "ignore",
    "visitors": "ignore", "newtostore": "ignore", "scorelevel": "ignore", "recommendations": "ignore",
    "contributors": "ignore", "dwell": "ignore", "peerdwell": "ignore",
}  # fmt: skip
_SUGGESTIONS = {
    "day": "day", "sourcetag": "tag", "tagname": "tag", "channel": "tag", "pagename": "page", "storepage": "page",
    "trafficsource": "publisher", "pageviews": "views", "totalviews": "views", "storevisits": "clicks_through",
    "totalorders": "orders", "unitssold": "units", "totalunits": "units", "totalsales": "sales",
}  # fmt: skip
VOCABULARY = Vocabulary(_ALIASES, _SUGGESTIONS)
_KNOWN_HEADERS = {
    "insights by source tag": ("TAG", "VIEWS", "VISITS", "ORDERS", "UNITS", "SALES", "DWELL_TIME", "BOUNCE_RATE"),
    "insights by page": ("PAGE", "VIEWS", "VISITS", "ORDERS", "UNITS", "SALES", "DWELL_TIME", "BOUNCE_RATE"),
    "insights by day": ("DATE", "VIEWS", "VISITS", "ORDERS", "UNITS", "SALES", "DWELL_TIME", "BOUNCE_RATE"),
}  # fmt: skip
_OTHER_TAGS = "othertags"
_REPORTS = {"tag": "tags", "page": "pages", "publisher": "sources"}


def _envelopes(document: Document) -> list[Mapping[str, Any]]:
    return [page for page in document.pages or () if isinstance(page, Mapping) and "metricsDetails" in page]


def _cells(document: Document) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    """The header and the numbered rows; of JSON the keys and values of its details."""
    if document.table is not None:
        return document.table.header, list(document.table.rows)
    details = [row for page in _envelopes(document) for row in page["metricsDetails"] if isinstance(row, Mapping)]
    keys = tuple(dict.fromkeys(key for row in details for key in row))
    texts = (tuple("" if row.get(key) is None else str(row[key]) for key in keys) for row in details)
    return keys, list(enumerate(texts, 1))


def _recognises(document: Document, report: ImportReport) -> bool:
    if document.pages is not None:
        envelopes = _envelopes(document)
        if not envelopes:
            return False
        header, cells = _cells(document)
        return not cells or _is_report(headers.columns(header, report.columns, VOCABULARY))
    if document.table is None:
        return False
    found = headers.columns(document.table.header, report.columns, VOCABULARY)
    return _is_report(found) and not found.unknown


def _is_report(found: Columns) -> bool:
    """Store visits by something; orders alone are what many reports have."""
    fields = set(found.fields)
    return "clicks_through" in fields and "sales" in fields and bool(fields & {"day", "tag", "page", "publisher"})


def _read(document: Document, settings: Settings) -> Reading:
    header, cells = _cells(document)
    if not cells:
        return Reading(())
    found = headers.columns(header, settings.report.columns, VOCABULARY)
    headers.check(found, "the header")
    fields = set(found.fields)
    by = next((name for name in _REPORTS if name in fields), None)
    covered = _period(document, settings)
    if "day" not in fields and covered is None:
        raise CtaError(
            'the rows have no day, and nothing says which days they sum up; write "startDate" and "endDate" beside '
            "metricsDetails, or both days into the file's name, like store-2026-11-02_2026-11-08"
        )
    # JSON writes numbers in one way only.
    decimal = "." if document.pages is not None else None
    read = rows.read(found, cells, settings, decimal=decimal, period=covered)
    unread = [f"not read: {', '.join(found.unknown)}"] if found.unknown else []
    if not read.rows:
        return Reading((), notes=(*read.notes, *unread))
    days = [row.day for row in read.rows]
    if covered and (min(days) < covered[0] or max(days) > covered[1]):
        raise CtaError(f"rows from {min(days)} to {max(days)} lie outside {covered[0]} to {covered[1]}, its own period")
    first, last = covered or (min(days), max(days))
    is_short = "day" in fields or period.is_in_one_week((first, last))
    # Pages, sources and days state the visits and sales of the tags again.
    level: Level = "tag" if by == "tag" and is_short else "summary"
    too_long = [] if is_short or by != "tag" else [_too_long((first, last))]
    report = _REPORTS[by] if by else "days"
    return Reading((Statement(report, level, read.rows, first, last),), notes=(*read.notes, *unread, *too_long))


def _period(document: Document, settings: Settings) -> Period | None:
    if document.pages is not None and (found := period.in_envelope(document.pages)):
        return found
    above = document.table.above if document.table else ()
    return period.in_title(above, (), settings.report.date_order) or period.in_name(document.names)


def _too_long(covered: Period) -> str:
    return (
        f"its rows sum up {covered[0]} to {covered[1]}, more than one week, so they are kept as a summary only; "
        "ask for a week at a time, Monday to Sunday, to have them by answer"
    )


def _link_tags(url: UrlTags) -> Sequence[str]:
    return (url.channel,) if url.channel else ()


def _tie(key: ReportedKey, contract: Contract, known: frozenset[str]) -> Tie | None:
    """The tag as it is; "Other tags" are those that Amazon does not itemise, and are nobody's."""
    if not key.stated_tag or headers.normalise(key.stated_tag) == _OTHER_TAGS:
        return None
    return Tie(key.stated_tag, "source tag")


def _contract_tags(contract: Contract) -> Sequence[tuple[str, str]]:
    return [(tags.channel, answer) for answer, tags in contract.tags.by_answer.items() if tags.channel]


IMPORTER = Importer(
    name="amazon_store",
    title="Amazon Brand Store insights: visits and sales by source tag, page or day",
    vocabulary=VOCABULARY,
    recognises=_recognises,
    read=_read,
    link_tags=_link_tags,
    tie=_tie,
    contract_tags=_contract_tags,
    known_headers=_KNOWN_HEADERS,
    window_days=14,
)
