"""Amazon Associates' files: what is read from them, whose it is, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conversions.workbooks import archive, workbook

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import accounts, detect, document, imports
from cta_analytics.conversions.importer import Reading
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import connection, queries

ORDERS = "Category,Name,ASIN,Date,Qty,Price($),Link Type,Tag,Indirect Sales,Device Type Group"
EARNINGS = (
    "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),"
    "Device Type Group"
)
TRACKING = "Tracking ID,Clicks,Items Ordered,Items Shipped,Revenue($),Ad Fees($)"
TITLE = "Fee-Earnings reports from 11-02-2026 to 11-29-2026"
SALE = "Sports,Larkmoor Roller,B0LARKMR01,Larkmoor,larkmoor-20,2026-11-09 00:00:00,24.50,2,0,49.00,1.47,PHONE"
RETURN = "Sports,Larkmoor Roller,B0LARKMR01,Larkmoor,larkmoor-20,2026-11-20 00:00:00,24.50,0,1,-24.50,-0.74,PHONE"
WEEK = "Fee-Tracking reports from 11-16-2026 to 11-22-2026"


def project(root: Path, **contract: Any) -> Project:
    values = {"accounts": {"us": {"marketplace": "US"}}} | contract
    return Project(contract=Contract.model_validate(values), root=root, file=None)


def read(root: Path, content: str | bytes, name: str = "report", **contract: Any) -> Reading:
    path = root / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    here = project(root, **contract)
    (found,) = document.parts(path, name).documents
    source, importer = detect.source_of(found, here.contract.imports)
    assert source == "amazon_associates"
    return importer.read(found, accounts.settings(here, source, path, None, []))


def lines(*texts: str) -> str:
    return "\n".join([*texts, ""])


def test_earnings_are_sales_and_commission_by_the_day_of_shipment(tmp_path: Path) -> None:
    (statement,) = read(tmp_path, lines(TITLE, EARNINGS, SALE, RETURN)).statements
    assert (statement.report, statement.level, statement.date_means) == ("earnings", "tag", "shipment")
    # The rows prove the title's order of day and month: 29 is no month.
    assert (statement.covers_from, statement.covers_to) == (date(2026, 11, 2), date(2026, 11, 29))
    sale, returned = statement.rows
    assert (sale.row_number, sale.day, sale.tag, sale.asin) == (3, date(2026, 11, 9), "larkmoor-20", "B0LARKMR01")
    assert (sale.sales_minor, sale.commission_minor, sale.shipped_units, sale.returned_units) == (4900, 147, 2, 0)
    assert (sale.units, sale.orders, sale.device, sale.seller) == (None, None, "PHONE", "Larkmoor")
    assert (returned.sales_minor, returned.commission_minor, returned.returned_units) == (-2450, -74, 1)


def test_orders_are_units_by_the_day_of_order_and_keep_direct_and_indirect(tmp_path: Path) -> None:
    text = lines(
        "Fee-Orders reports from 02-11-2026 to 29-11-2026",
        ORDERS,
        "Sports,Larkmoor Roller,B0LARKMR01,2026-11-09 00:00:00,2,24.50,Text/Image,larkmoor-20,DI,PHONE",
        "Books,The Patient Back,B0LARKMR02,2026-11-10,1,9.00,Text/Image,larkmoor-20,NDI,DESKTOP",
    )
    (statement,) = read(tmp_path, text).statements
    assert (statement.report, statement.date_means, statement.covers_from) == ("orders", "order", date(2026, 11, 2))
    assert [(row.units, row.sales_minor, row.directness, row.link_type) for row in statement.rows] == [
        (2, None, "DI", "Text/Image"),
        (1, None, "NDI", "Text/Image"),
    ]


def test_a_name_with_commas_and_bare_quotes_stays_whole(tmp_path: Path) -> None:
    names = ['Roller 12" x 5", Grey, Large', '"Roller, 12 inch"', '"Grey" Roller', '"Wide, 5" Roller', "Plain"]
    text = lines(EARNINGS, *(SALE.replace("Larkmoor Roller", name) for name in names))
    (statement,) = read(tmp_path, text).statements
    assert [row.item for row in statement.rows] == [
        'Roller 12" x 5", Grey, Large',
        "Roller, 12 inch",
        '"Grey" Roller',
        '"Wide, 5" Roller',
        "Plain",
    ]
    assert {(row.sales_minor, row.tag, row.day) for row in statement.rows} == {(4900, "larkmoor-20", date(2026, 11, 9))}


def test_two_equal_rows_are_two_sales(tmp_path: Path) -> None:
    (statement,) = read(tmp_path, lines(TITLE, EARNINGS, SALE, SALE)).statements
    assert sum(row.sales_minor or 0 for row in statement.rows) == 9800


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_line_ends_and_decimal_commas(tmp_path: Path, encoding: str, end: str) -> None:
    header = EARNINGS.replace("($)", "").replace(",", "\t") + "\tDirect"
    row = "Sport\tLarkmoor Rolle, grün\tB0LARKMR01\tLarkmoor\tlarkmoor-21\t2026-11-09\t1.016,39 €\t1\t0\t1.016,39 €\t30,49 €\tPHONE\tDI"
    content = end.join(["Fee-Earnings reports from 02-11-2026 to 29-11-2026", header, row, ""]).encode(encoding)
    (statement,) = read(tmp_path, content, accounts={"it": {"marketplace": "IT"}}).statements
    (found,) = statement.rows
    assert (found.item, found.sales_minor, found.commission_minor) == ("Larkmoor Rolle, grün", 101639, 3049)
    assert found.directness == "DI"


def test_yen_have_no_minor_unit(tmp_path: Path) -> None:
    text = lines(
        EARNINGS.replace("($)", "(¥)"),
        SALE.replace("24.50", "2,450").replace("2,450", '"2,450"').replace("49.00", '"4,900"').replace("1.47", "147"),
    )
    (statement,) = read(tmp_path, text, accounts={"jp": {"marketplace": "JP"}}).statements
    assert (statement.rows[0].sales_minor, statement.rows[0].commission_minor) == (4900, 147)


def test_italian_daily_trends_are_a_summary(tmp_path: Path) -> None:
    text = lines(
        "Fee-DailyTrends reports from 02-11-2026 to 15-11-2026",
        "Data,Clic,Articoli ordinati (Amazon),Articoli ordinati (3rd Party),Totale articoli ordinati,Conversione",
        '2026-11-09 00:00:00,12,1,2,3,"25,00"',
    )
    (statement,) = read(tmp_path, text, accounts={"it": {"marketplace": "IT"}}).statements
    assert (statement.report, statement.level) == ("daily_trends", "summary")
    assert (statement.rows[0].clicks_through, statement.rows[0].units) == (12, 3)


def test_tracking_gives_the_clicks_of_a_week_and_a_summary(tmp_path: Path) -> None:
    clicks, summary = read(tmp_path, lines(WEEK, TRACKING, "larkmoor-20,25,6,5,117.94,4.00")).statements
    assert (clicks.level, summary.level) == ("tag", "summary")
    (row,) = clicks.rows
    assert (row.period_from, row.day, row.clicks_through, row.sales_minor) == (
        date(2026, 11, 16),
        date(2026, 11, 22),
        25,
        None,
    )
    assert (summary.rows[0].sales_minor, summary.rows[0].units, summary.rows[0].shipped_units) == (11794, 6, 5)


def test_tracking_over_several_weeks_is_a_summary_only(tmp_path: Path) -> None:
    title = "Fee-Tracking reports from 11-16-2026 to 11-29-2026"
    reading = read(tmp_path, lines(title, TRACKING, "larkmoor-20,25,6,5,117.94,4.00"))
    assert [statement.level for statement in reading.statements] == ["summary"]
    assert "download a week at a time, Monday to Sunday" in reading.notes[0]


def test_a_title_that_can_be_read_in_two_ways_is_asked_about(tmp_path: Path) -> None:
    text = lines("Fee-Tracking reports from 11-02-2026 to 12-02-2026", TRACKING, "larkmoor-20,25,6,5,117.94,4.00")
    with pytest.raises(CtaError, match=r"can be read in two ways.*date_order.*\[imports.mappings.amazon_associates\]"):
        read(tmp_path, text)
    for order, last in (("DMY", date(2026, 2, 12)), ("MDY", date(2026, 12, 2))):
        told = {"mappings": {"amazon_associates": {"date_order": order}}}
        assert read(tmp_path, text, imports=told).statements[-1].covers_to == last
    with pytest.raises(CtaError, match="no title line names the period"):
        read(tmp_path, lines(TRACKING, "larkmoor-20,25,6,5,117.94,4.00"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lines(TITLE, EARNINGS, SALE[:80]), r'row 3, column "Price\(\$\)": the row has 7 cells and the header 12'),
        (lines(TITLE, EARNINGS.replace("($)", "(£)"), SALE), r'column "Price\(£\)" is in GBP, but account us reports'),
        (lines(TITLE, EARNINGS, SALE.replace("49.00", "49.00 €")), 'row 3, column "Revenue.*: "49.00 €" is in EUR'),
        (lines(TITLE, EARNINGS, SALE.replace("2026-11-09", "yesterday")), 'row 3, column "Date Shipped": "yesterday'),
        (lines(TITLE, EARNINGS, SALE.replace(",2,0,", ",two,0,")), 'row 3, column "Items Shipped": "two" is no number'),
        (lines(TITLE, EARNINGS + ",Mood", SALE + ",good"), 'unknown column "Mood".*nearest known report is amazon_asso'),
        (lines("Fee-Tracking", "Tracking ID,Clicks"), 'no day, key or figure among its columns'),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_row_and_column(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CtaError, match=message):
        read(tmp_path, text)


def test_an_unknown_header_comes_with_a_mapping_of_three_samples(tmp_path: Path) -> None:
    text = lines(TITLE, EARNINGS + ",Mood", *(f"{SALE},{mood}" for mood in ("good", "fair", "poor", "bad")))
    with pytest.raises(CtaError) as caught:
        read(tmp_path, text)
    block = str(caught.value).partition("\n\n")[2].splitlines()
    assert block[0] == "[imports.mappings.amazon_associates.columns]"
    assert '"Mood" = "ignore"  # unknown; good | fair | poor' in block
    assert '"Revenue($)" = "sales"  # check; 49.00' in block or '"Revenue($)" = "sales"  # 49.00' in block
    mapped = {"mappings": {"amazon_associates": {"columns": {"Mood": "ignore"}}}}
    assert len(read(tmp_path, text, imports=mapped).statements[0].rows) == 4


def test_reports_that_name_no_tag_or_are_not_known_are_said_and_left(tmp_path: Path) -> None:
    by_type = lines(
        "Fee-LinkType reports from 11-02-2026 to 11-29-2026",
        "Link Type,Clicks,Items Ordered,Conversion,Ordered Revenue($),Items Shipped,Ad Fees($)",
        "Text/Image,25,6,24.00,117.94,5,4.00",
    )
    assert read(tmp_path, by_type) == Reading(
        (), notes=("by type of link: it names neither a day nor a tracking id; not read",)
    )
    bounty = lines("Bounty reports from 11-02-2026 to 11-29-2026", "Name,Date Shipped,Tracking Id,Quantity,Ad Fees($)")
    assert read(tmp_path, bounty).notes == ("a Bounty report; not read, as no whole header of one is known",)


def test_a_workbook_has_a_report_a_sheet_and_dates_as_dates(tmp_path: Path) -> None:
    day = 46335.0  # 2026-11-09, counted from 1899-12-30
    assert date(1899, 12, 30).toordinal() + day == date(2026, 11, 9).toordinal()
    sale = ["Sports", "Larkmoor Roller, Grey", "B0LARKMR01", "Larkmoor", "larkmoor-20", ("date", day), 24.5, 2, 0]
    sheets = {
        "Fee-Earnings": [[TITLE], EARNINGS.split(","), [*sale, 48.99999999999999, 1.47, "PHONE"]],
        "Fee-Tracking": [[WEEK], TRACKING.split(","), ["larkmoor-20", 25, 6, 5, 117.94, 4]],
        "Notes": [["nothing"]],
    }
    path = tmp_path / "1796083200000-Fee-LinkType-x-XLSX.xlsx"
    path.write_bytes(workbook(sheets))
    outcome = imports.run(project(tmp_path), [path])
    assert outcome.failures == ()
    assert [(each.report, each.level, each.row_count, each.as_of_from) for each in outcome.imported] == [
        ("earnings", "tag", 1, "name"),
        ("tracking", "tag", 1, "name"),
        ("tracking", "summary", 1, "name"),
    ]
    with connection.reader(project(tmp_path)) as database:
        assert database.execute(
            "SELECT day, item, sales_minor, commission_minor, row_number FROM conversions WHERE report = 'earnings'"
        ).fetchall() == [(date(2026, 11, 9), "Larkmoor Roller, Grey", 4900, 147, 3)]
    again = imports.run(project(tmp_path), [path])
    assert {each.status for each in again.imported} == {"unchanged"}


def test_a_zip_with_several_files_is_the_files(tmp_path: Path) -> None:
    orders = lines(ORDERS, "Sports,Roller,B0LARKMR01,2026-11-09,2,24.50,Text/Image,larkmoor-20,DI,PHONE")
    earnings = lines(TITLE, EARNINGS, SALE)
    packed = {
        "2026-11-30/orders.csv": orders.encode("utf-8-sig"),
        "earnings.xlsx": workbook({"Fee-Earnings": [[TITLE], EARNINGS.split(","), SALE.split(",")]}),
        "__MACOSX/._orders.csv": b"\x00\x05",
        "photo.pdf": b"%PDF-1.7",
        "inner.zip": archive({"a.csv": b"a"}),
    }
    (tmp_path / "reports.zip").write_bytes(archive(packed))
    outcome = imports.run(project(tmp_path), [tmp_path / "reports.zip"])
    assert [(each.file, each.report) for each in outcome.imported] == [
        ("reports.zip: 2026-11-30/orders.csv", "orders"),
        ("reports.zip: earnings.xlsx: sheet Fee-Earnings", "earnings"),
    ]
    assert outcome.failures == ()
    assert [note.partition(";")[0] for note in outcome.notes] == [
        "passed over reports.zip: inner.zip: a spreadsheet or ZIP archive",
        "passed over reports.zip: photo.pdf: a PDF",
    ]
    # The same file outside the ZIP is the same import.
    (tmp_path / "orders.csv").write_bytes(orders.encode("utf-8-sig"))
    assert [each.status for each in imports.run(project(tmp_path), [tmp_path / "orders.csv"]).imported] == ["unchanged"]
    (tmp_path / "other.csv").write_text(earnings)
    assert [each.status for each in imports.run(project(tmp_path), [tmp_path / "other.csv"]).imported] == ["imported"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_overlapping_exports_give_the_newest_knowledge_in_any_order(tmp_path: Path, order: tuple[int, int]) -> None:
    old = lines("Fee-Earnings reports from 11-02-2026 to 11-15-2026", EARNINGS, SALE)
    new = lines(TITLE, EARNINGS, SALE.replace("49.00", "73.50"), RETURN)
    files = [tmp_path / "earnings-2026-11-16.csv", tmp_path / "earnings-2026-11-30.csv"]
    for path, text in zip(files, (old, new), strict=True):
        path.write_text(text)
    for at in order:
        imports.run(project(tmp_path), [files[at]])
    with connection.reader(project(tmp_path)) as database:
        # 73.50 - 24.50 by hand; the old 49.00 is history.
        assert database.execute("SELECT sum(sales_minor) FROM conversions").fetchall() == [(4900,)]
        assert database.execute("SELECT count(*) FROM conversion_versions").fetchall() == [(3,)]


def test_a_tracking_id_of_one_answer_is_measured_and_a_shared_one_is_not(tmp_path: Path) -> None:
    mine, shared = SALE.replace("larkmoor-20", "larkmoorback-20"), SALE
    (tmp_path / "e.csv").write_text(lines(TITLE, EARNINGS, mine, shared))
    here = project(tmp_path, tags={"by_answer": {"back": {"tracking_id": "larkmoorback-20"}}})
    imports.run(here, [tmp_path / "e.csv"])
    with connection.reader(here) as database:
        assert database.execute(
            "SELECT basis, answer, sales_minor, commission_minor FROM answer_conversions ORDER BY ALL"
        ).fetchall() == [("measured", "back", 4900, 147), ("unallocated", None, 4900, 147)]
        for audit in ("conversions_add_up", "tags_add_up"):
            assert database.execute(queries.read("audits", audit).sql).fetchall() == []
