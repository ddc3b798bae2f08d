"""Amazon Attribution's files: what is read from them, and what is refused with which message."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import IMPORTERS, accounts, detect, document
from cta_analytics.conversions.importer import ConversionRow, Reading
from cta_analytics.errors import CtaError

API_ROW = {
    "date": "20261109", "advertiserName": "Example Brand", "publisher": "Display - Other", "campaignId": "answers-us",
    "adGroupId": "back-relief", "Click-throughs": "42", "attributedDetailPageViewsClicks14d": "31",
    "attributedAddToCartClicks14d": "6", "attributedPurchases14d": "3", "unitsSold14d": "4",
    "attributedSales14d": "119.96000000000001", "attributedTotalDetailPageViewsClicks14d": "38",
    "attributedTotalAddToCartClicks14d": "7", "attributedTotalPurchases14d": "4", "totalUnitsSold14d": "5",
    "totalAttributedSales14d": "149.95", "brb_bonus_amount": "14.990000000000002",
}  # fmt: skip
CSV = "Date,Campaign,Ad group,Clicks,Total DPV,Revenue\n"


def read(tmp_path: Path, content: str | bytes | Any, name: str = "report", **contract: Any) -> Reading:
    path = tmp_path / name
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    values = {"accounts": {"us": {"marketplace": "US"}}} | contract
    project = Project(contract=Contract.model_validate(values), root=tmp_path, file=None)
    found = document.read(path, name)
    importer = detect.importer_of(found, project.contract.imports)
    assert importer is IMPORTERS["amazon_attribution"]
    return importer.read(found, accounts.settings(project, importer.name, path, None, []))


def rows(reading: Reading) -> tuple[ConversionRow, ...]:
    (statement,) = reading.statements
    return statement.rows


def refusal(tmp_path: Path, content: str | bytes | Any, **contract: Any) -> str:
    with pytest.raises(CtaError) as error:
        read(tmp_path, content, **contract)
    return str(error.value)


# --- the API's JSON


def test_an_api_row_is_read_to_the_cent(tmp_path: Path) -> None:
    reading = read(tmp_path, {"reports": [API_ROW], "cursorId": "", "size": 1})
    assert rows(reading) == (
        ConversionRow(
            row_number=1, day=date(2026, 11, 9), advertiser="Example Brand", publisher="Display - Other",
            campaign="answers-us", ad_group="back-relief", clicks_through=42, detail_views=38, carts=7, orders=4,
            units=5, sales_minor=14995, promoted_detail_views=31, promoted_carts=6, promoted_orders=3,
            promoted_units=4, promoted_sales_minor=11996, bonus_minor=1499, commission_minor=None,
        ),
    )  # fmt: skip
    (statement,) = reading.statements
    assert (statement.report, statement.level, statement.covers_from) == ("performance", "adgroup", date(2026, 11, 9))


@pytest.mark.parametrize("day", ["20261109", "2026-11-09"])
def test_pages_in_every_arrangement_are_one_report(tmp_path: Path, day: str) -> None:
    first, second = API_ROW | {"date": day}, API_ROW | {"date": day, "adGroupId": "lats"}
    pages = [{"reports": [first], "cursorId": "x", "size": 1}, {"reports": [second], "cursorId": "", "size": 1}]
    arranged = [
        {"reports": [first, second]}, [first, second], pages,
        json.dumps(pages[0]) + "\n" + json.dumps(pages[1], indent=2) + "\n",
        [*pages[:1], {"reports": [second], "cursorId": "y"}, {"reports": [], "cursorId": "", "size": 0}],
    ]  # fmt: skip
    read_rows = [rows(read(tmp_path, each)) for each in arranged]
    assert [row.ad_group for row in read_rows[0]] == ["back-relief", "lats"]
    assert all(each == read_rows[0] for each in read_rows)


def test_a_page_that_names_a_next_one_is_half_a_report(tmp_path: Path) -> None:
    message = refusal(tmp_path, {"reports": [API_ROW], "cursorId": "abc", "size": 1})
    assert message.startswith(
        "the last page names a next one (cursorId), so rows are missing; put all pages into one file"
    )


def test_the_level_is_what_the_keys_say(tmp_path: Path) -> None:
    campaign = {k: v for k, v in API_ROW.items() if k not in {"adGroupId", "publisher"}}
    reading = read(tmp_path, [campaign, API_ROW, API_ROW | {"creativeId": "lats"}])
    assert [(s.level, len(s.rows)) for s in reading.statements] == [("campaign", 1), ("adgroup", 1), ("creative", 1)]


def test_numbers_may_be_numbers(tmp_path: Path) -> None:
    text = (
        json.dumps([API_ROW])
        .replace('"149.95"', "191.95999999999998")
        .replace('"42"', "42")
        .replace('"answers-us"', "123456789012345678901")
    )
    (row,) = rows(read(tmp_path, text))
    assert (row.sales_minor, row.clicks_through, row.campaign) == (19196, 42, "123456789012345678901")


def test_a_null_is_unknown_and_an_absent_bonus_too(tmp_path: Path) -> None:
    (row,) = rows(
        read(tmp_path, [{k: v for k, v in API_ROW.items() if k != "brb_bonus_amount"} | {"Click-throughs": None}])
    )
    assert (row.bonus_minor, row.clicks_through) == (None, None)


def test_the_snake_case_of_other_tools_is_known(tmp_path: Path) -> None:
    header = "date,campaign_id,ad_group_id,click_throughs,attributed_total_purchases_14_d,total_attributed_sales_14_d"
    text = f"{header}\n2026-11-09,c,g,42,4,149.95\n"
    (row,) = rows(read(tmp_path, text))
    assert (row.campaign, row.ad_group, row.clicks_through, row.orders, row.sales_minor) == ("c", "g", 42, 4, 14995)


def test_yen_have_no_minor_unit(tmp_path: Path) -> None:
    (row,) = rows(
        read(tmp_path, [API_ROW | {"totalAttributedSales14d": "1234.0"}], accounts={"jp": {"marketplace": "JP"}})
    )
    assert row.sales_minor == 1234


def test_a_script_may_write_when_and_what_it_asked(tmp_path: Path) -> None:
    page = {"reports": [API_ROW], "as_of": "2026-11-10T06:00:00Z", "startDate": "20261012", "endDate": "20261110"}
    reading = read(tmp_path, page)
    (statement,) = reading.statements
    assert reading.as_of == datetime(2026, 11, 10, 6, tzinfo=UTC)
    assert (statement.covers_from, statement.covers_to) == (date(2026, 10, 12), date(2026, 11, 10))


@pytest.mark.parametrize("content", [{"reports": [], "cursorId": "", "size": 0}, [], [{"reports": []}]])
def test_an_answer_without_rows_is_a_report_without_statements(tmp_path: Path, content: Any) -> None:
    assert read(tmp_path, content) == Reading(())


def test_what_amazon_adds_is_named_as_not_read(tmp_path: Path) -> None:
    assert read(tmp_path, [API_ROW | {"newToBrand": "1"}]).notes == ("not read: newToBrand",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"Click-throughs": "-1"},
            'row 2, column "Click-throughs": "-1" is negative, and a count cannot be; correct it',
        ),
        ({"Click-throughs": "4.5"}, 'row 2, column "Click-throughs": "4.5" is no whole number'),
        ({"Click-throughs": True}, "row 2, column \"Click-throughs\": 'True' is neither text nor number"),
        ({"Click-throughs": {"a": 1}}, 'row 2, column "Click-throughs": '),
        ({"totalAttributedSales14d": "12,50"}, 'row 2, column "totalAttributedSales14d": "12,50" is no number'),
        (
            {"totalAttributedSales14d": "€12.50"},
            'row 2, column "totalAttributedSales14d": "€12.50" is in EUR, but account us',
        ),
        ({"totalAttributedSales14d": "9" * 20}, 'row 2, column "totalAttributedSales14d": '),
        ({"date": "20261309"}, 'row 2, column "date": "20261309" is no day'),
        ({"date": None}, 'row 2, column "date": empty; each row needs its day'),
        ({}, "row 2: the same day and ids as row 1; remove one of them"),
        ({"campaignId": "", "adGroupId": ""}, "row 2: names no campaign, ad group or creative"),
        ({"adGroupId": "Total"}, 'row 2, column "adGroupId": a total of a day inside the data'),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    assert refusal(tmp_path, [API_ROW, API_ROW | change]).startswith(message)


def test_a_products_report_is_named(tmp_path: Path) -> None:
    row = {
        "date": "20261109",
        "campaignId": "c",
        "adGroupId": "g",
        "productAsin": "B000000000",
        "brandHaloAttributedSales14d": "1",
    }
    assert refusal(tmp_path, [row]).startswith("a PRODUCTS report: it states the sales of the PERFORMANCE report again")


def test_a_report_of_another_advertiser_is_refused(tmp_path: Path) -> None:
    owner = {"us": {"marketplace": "US", "advertiser": "Our Brand"}}
    assert refusal(tmp_path, [API_ROW], accounts=owner).startswith(
        'row 1, column "advertiserName": "Example Brand", but account us has "Our Brand": a report of another account'
    )
    assert rows(read(tmp_path, [API_ROW], accounts={"us": {"advertiser": "example brand"}}))


# --- tables


def test_a_table_with_known_headers_needs_no_mapping(tmp_path: Path) -> None:
    (row,) = rows(read(tmp_path, CSV + "2026-11-09,c,g,42,38,149.95\n"))
    assert (row.row_number, row.clicks_through, row.detail_views, row.sales_minor) == (2, 42, 38, 14995)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    written = io.StringIO(newline="")
    rows_of = [("Date", "广告组", "点击量", "Revenue"), ("2026-11-09", "Rücken, oben; unten", "42", "1.234,50")]
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows(rows_of)
    (row,) = rows(read(tmp_path, written.getvalue().encode(encoding)))
    assert (row.ad_group, row.clicks_through, row.sales_minor) == ("Rücken, oben; unten", 42, 123450)


def test_title_lines_and_trailing_delimiters_are_no_data(tmp_path: Path) -> None:
    header = CSV.strip() + ","
    (row,) = rows(read(tmp_path, f"Attribution report, generated today\n{header}\n\n2026-11-09,c,g,42,38,149.95,\n"))
    assert (row.row_number, row.orders, row.clicks_through) == (4, None, 42)


def test_a_mapping_reads_what_the_aliases_do_not(tmp_path: Path) -> None:
    mapping = {"Tag": "date", "Umsatz": "sales"}
    text = "Tag;Kampagne;Klicks;Umsatz;CTR\n09.11.2026;c;1.042;149,95 €;3%\n"
    columns = {"Tag": "day", "Kampagne": "campaign", "klicks": "clicks_through", "Umsatz": "sales", "CTR": "ignore"}
    (row,) = rows(
        read(
            tmp_path,
            text,
            accounts={"de": {"marketplace": "DE"}},
            imports={"mappings": {"amazon_attribution": {"columns": columns}}},
        )
    )
    assert (row.day, row.campaign, row.clicks_through, row.sales_minor) == (date(2026, 11, 9), "c", 1042, 14995)
    with pytest.raises(CtaError, match='"Tag" = "date" is no field'):
        detect.check_mappings(
            Contract.model_validate({"imports": {"mappings": {"amazon_attribution": {"columns": mapping}}}}).imports
        )
    with pytest.raises(CtaError, match='no importer of that name; did you mean "amazon_attribution"'):
        detect.check_mappings(Contract.model_validate({"imports": {"mappings": {"amazon_atribution": {}}}}).imports)


def test_a_total_row_is_left_out_and_compared(tmp_path: Path) -> None:
    body = CSV + "2026-11-09,c,g,42,38,149.95\n2026-11-09,c,h,2,1,0.05\n"
    exact, masked = read(tmp_path, body + "Total,,,44,39,150.00\n"), read(tmp_path, body + ",,,50,39,150.00\n")
    assert [len(rows(each)) for each in (exact, masked)] == [2, 2]
    assert exact.notes == ("row 4: the total row was left out; it is the sum of the rows",)
    assert masked.notes == (
        "row 4: the total row was left out; it is not the sum of the rows (Clicks 50 instead of 44)",
    )
    assert read(tmp_path, body + "Total\n").statements == exact.statements


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "report: empty"),
        (b" \n \n", "report: empty"),
        (CSV.encode() + b"2026-11-09,c,R\xfccken,1,2,3\n", "report: row 2, byte 15: not UTF-8 (0xfc)"),
        (CSV.encode("utf-16-le"), "report: binary, or UTF-16 without its mark"),
        (b"PK\x03\x04rest", "report: a spreadsheet or ZIP archive"),
        (b"\x1f\x8brest", "report: gzipped"),
        (CSV + "2026-11-09,c,g,42\n", 'row 2, column "Clicks": the row has 4 cells and the header 6; the file is cut'),
        (CSV + '2026-11-09,c,"g,42,38,149.95\n', "report: row 2: a quote is not closed: the file is cut off"),
        (CSV + "2026-11-09,c,g,2,3,$1.00\n2026-11-10,c,g,2,3,1.00 €\n", 'row 3, column "Revenue": "1.00 €" is in EUR'),
        (CSV + '2026-11-09,c,g,2,3,1.50\n2026-11-10,c,g,2,3,"1,50"\n', 'row 3, column "Revenue": "1,50" has a decimal'),
        (CSV + "11/09/2026,c,g,42,38,1.00\n", 'row 2, column "Date": "11/09/2026" may be day-month or month-day'),
        (CSV + "2026-11-09,c,g,-1,38,1.00\n", 'row 2, column "Clicks": "-1" is negative'),
        ("Date,Campaign,Clicks,Click-throughs\n", 'the header: columns "Clicks" and "Click-throughs" both mean'),
        ('{"reports": [{"date": "202611', "report: row 1, column 23: cut off"),
        ('{"reports": [', "report: row 1, column 14: cut off"),
        ('{"reports": [{"date": NaN}]}', 'report: holds "NaN" where a number must stand'),
        ("just a sentence\n", "report: no report of a kind that is known; known are amazon_associates (Amazon Associates"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_file_row_and_column(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert refusal(tmp_path, content).startswith(message)


def test_an_unknown_header_prints_a_mapping_that_works_when_pasted(tmp_path: Path) -> None:
    text = 'Day,Campaign,Ad group,Clicks,Purchases,Total sales,"Odd ""name"""\n' + "".join(
        f"2026-11-0{n},c,g,{n},0,${n}.00,x\n" for n in range(1, 6)
    )
    first, _, block = refusal(tmp_path, text).partition("\n\n")
    assert first == (
        'report: unknown column "Day", "Purchases", "Total sales", "Odd "name""; the header is: Day, Campaign, '
        'Ad group, Clicks, Purchases, Total sales, Odd "name"; nearest known report is amazon_attribution '
        "(console download), which knows 3 of 7 columns; if it is one, paste this into cta.toml and correct it:"
    )
    assert '"Total sales" = "sales"  # check; $1.00 | $2.00 | $3.00' in block.splitlines()
    assert '"Odd \\"name\\"" = "ignore"  # unknown; x' in block.splitlines()
    pasted = tomllib.loads(block)
    assert [(row.clicks_through, row.sales_minor) for row in rows(read(tmp_path, text, **pasted))] == [
        (n, n * 100) for n in range(1, 6)
    ]


def test_a_json_of_another_kind_shows_its_keys_too(tmp_path: Path) -> None:
    message = refusal(tmp_path, {"dimension": "DATE", "metricsDetails": [{"DATE": "20240112", "VISITS": 3}]})
    assert "the header is: DATE, VISITS; nearest known report is amazon_store (insights by" in message
