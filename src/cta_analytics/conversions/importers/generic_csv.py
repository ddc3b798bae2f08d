"""Any other network's table of sales or clicks by day, read by a mapping in cta.toml."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.config import Contract, ImportReport
from cta_analytics.conversions import headers, rows
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.headers import Columns, Vocabulary
from cta_analytics.conversions.importer import (
    COUNTS,
    MONEY,
    Importer,
    Reading,
    ReportedKey,
    Settings,
    Statement,
    Tie,
    UrlTags,
)
from cta_analytics.errors import CtaError

# What a column is often called; nothing is read by it alone, it only fills the mapping that the user is to correct.
_SUGGESTIONS = {
    "date": "day", "day": "day", "transactiondate": "day", "eventdate": "day", "orderdate": "day",
    "subid": "tag", "sid": "tag", "clickref": "tag", "subid1": "tag", "sharedid": "tag", "trackingid": "tag",
    "clicks": "clicks_through", "orders": "orders", "sales": "sales", "saleamount": "sales", "revenue": "sales",
    "amount": "sales", "commission": "commission", "commissionamount": "commission", "earnings": "commission",
    "payout": "commission", "quantity": "units", "units": "units", "items": "units", "currency": "currency",
    "product": "item", "productname": "item", "advertiser": "seller", "advertisername": "seller",
}  # fmt: skip
VOCABULARY = Vocabulary({}, _SUGGESTIONS)


def _recognises(document: Document, report: ImportReport) -> bool:
    if document.table is None or not report.columns:
        return False
    found = headers.columns(document.table.header, report.columns, VOCABULARY)
    return _is_report(found) and not found.unknown


def _is_report(found: Columns) -> bool:
    fields = set(found.fields)
    return "day" in fields and bool(fields & {*COUNTS, *MONEY})


def _read(document: Document, settings: Settings) -> Reading:
    table = document.table
    if table is None:
        raise CtaError("no table; save the report as CSV")
    found = headers.columns(table.header, settings.report.columns, VOCABULARY)
    headers.check(found, "the header")
    kept, left_out = _kept(table.header, table.rows, settings)
    read = rows.read(found, kept, settings, decimal=None)
    notes = (*read.notes, *([f"{left_out:,} rows left out by keep"] if left_out else []))
    if not read.rows:
        return Reading((), notes=notes)
    days = [row.day for row in read.rows]
    return Reading((Statement("transactions", "tag", read.rows, min(days), max(days)),), notes=notes)


def _kept(header: Sequence[str], cells: rows.Cells, settings: Settings) -> tuple[rows.Cells, int]:
    """The rows that have a wanted value in each column of `keep`, and how many have not.

    Raises: CtaError where such a column is not there.
    """
    kept = list(cells)
    for name, values in settings.report.keep.items():
        place = next((at for at, own in enumerate(header) if headers.normalise(own) == headers.normalise(name)), None)
        if place is None:
            key = f"{settings.section.removesuffix(']')}.keep]"
            raise CtaError(f'{key} names column "{name}", which the header has not; correct it')
        wanted = {value.casefold() for value in values}
        kept = [(row, texts) for row, texts in kept if place >= len(texts) or texts[place].casefold() in wanted]
    return kept, len(cells) - len(kept)


def _link_tags(url: UrlTags) -> Sequence[str]:
    """The sub-id of a link: the one key of ours that networks hand back."""
    return (url.sub_tag,) if url.sub_tag else ()


def _tie(key: ReportedKey, contract: Contract, known: frozenset[str]) -> Tie | None:
    return Tie(key.stated_tag, "column") if key.stated_tag else None


def _contract_tags(contract: Contract) -> Sequence[tuple[str, str]]:
    return ()


IMPORTER = Importer(
    name="generic_csv",
    title="another network's table by day, with a mapping in cta.toml",
    vocabulary=VOCABULARY,
    recognises=_recognises,
    read=_read,
    link_tags=_link_tags,
    tie=_tie,
    contract_tags=_contract_tags,
    is_mapped=True,
    window_days=30,
)
