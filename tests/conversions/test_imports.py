"""Files into the warehouse: whole or not at all, twice is once, and whose report it is."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import accounts, imports
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import connection

TAG = f"maas_adg_{'A' * 32}_afap_abs"
US = {"accounts": {"us": {"marketplace": "US"}}}


def project(root: Path, **contract: Any) -> Project:
    return Project(contract=Contract.model_validate(US | contract), root=root, file=None)


def report(path: Path, *days: int, orders: int = 1, ad_group: str = "A" * 32) -> Path:
    """An ad group report of these days of November."""
    keys = {"campaignId": "c", "adGroupId": ad_group, "Click-throughs": "9"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps([{"date": f"202611{day:02}", **keys, "attributedTotalPurchases14d": str(orders)} for day in days])
    )
    return path


def kept(root: Project, sql: str) -> list[tuple[Any, ...]]:
    with connection.reader(root) as database:
        return database.execute(sql).fetchall()


def test_a_file_is_imported_once_under_whatever_name(tmp_path: Path) -> None:
    here = project(tmp_path)
    first = report(tmp_path / "in" / "a.json", 2, 3)
    second = tmp_path / "in" / "b.json"
    second.write_bytes(first.read_bytes())
    outcome = imports.run(here, [tmp_path / "in"])
    assert [(each.file, each.status) for each in outcome.imported] == [
        ("in/a.json", "imported"),
        ("in/b.json", "unchanged"),
    ]
    assert [each.status for each in imports.run(here, [first]).imported] == ["unchanged"]
    assert kept(here, "SELECT count(*), sum(orders) FROM conversions") == [(2, 2)]
    assert kept(here, "SELECT file, row_count, as_of_from FROM imports") == [("in/a.json", 2, "mtime")]


def test_a_newer_export_replaces_the_days_that_it_covers(tmp_path: Path) -> None:
    here = project(tmp_path)
    old = report(tmp_path / "attribution-2026-11-09.json", 2, 5, 8)
    new = report(tmp_path / "attribution-2026-11-16.json", 4, 5, 15, orders=4)
    imports.run(here, [new])
    imports.run(here, [old])
    # The newer one covers 4 to 15 November; that it has no row for the 8th is what it says about the 8th.
    assert kept(here, "SELECT day(day), orders FROM conversions ORDER BY 1") == [(2, 1), (4, 4), (5, 4), (15, 4)]
    assert kept(here, "SELECT day(day), orders FROM conversion_versions WHERE known_to IS NOT NULL ORDER BY 1") == [
        (5, 1),
        (8, 1),
    ]


def test_what_a_newer_export_no_longer_names_is_said(tmp_path: Path) -> None:
    here = project(tmp_path)
    imports.run(here, [report(tmp_path / "attribution-2026-11-09.json", 2, ad_group="A" * 32)])
    outcome = imports.run(here, [report(tmp_path / "attribution-2026-11-10.json", 2, ad_group="B" * 32)])
    gone = f'"c / {"A" * 32}" (9 click-throughs before)'
    assert outcome.notes == (f"attribution-2026-11-10.json: no longer names {gone} on days that it covers",)


def test_a_failing_file_leaves_nothing_and_stops_nobody(tmp_path: Path) -> None:
    here = project(tmp_path)
    good = report(tmp_path / "good.json", 2)
    bad = report(tmp_path / "bad.json", 3)
    bad.write_text(bad.read_text().replace('"9"', '"-9"'))
    outcome = imports.run(here, [bad, tmp_path / "none.json", good])
    assert [each.file for each in outcome.imported] == ["good.json"]
    assert [failure.message.splitlines()[0] for failure in outcome.failures] == [
        'bad.json: row 1, column "Click-throughs": "-9" is negative, and a count cannot be; correct it',
        "none.json: no such file; check the name, or [imports] files in cta.toml",
    ]
    assert kept(here, "SELECT DISTINCT file FROM conversions") == [("good.json",)]


def test_without_a_good_file_no_warehouse_is_made(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("[")
    assert len(imports.run(project(tmp_path), [tmp_path / "bad.json"]).failures) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def test_a_report_without_rows_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text('{"reports": [], "cursorId": "", "size": 0}')
    outcome = imports.run(project(tmp_path), [tmp_path / "empty.json"])
    assert (outcome.imported, outcome.failures) == ((), ())
    assert outcome.notes == ("empty.json: a report without rows; nothing changed",)


def test_a_copy_with_a_later_mtime_is_not_newer_and_an_older_one_dates_back(tmp_path: Path) -> None:
    here = project(tmp_path)
    path = report(tmp_path / "a.json", 2)
    for at, status, known in ((12, "imported", 12), (20, "unchanged", 12), (10, "redated", 10)):
        when = datetime(2026, 11, at, tzinfo=UTC)
        os.utime(path, (when.timestamp(), when.timestamp()))
        (done,) = imports.run(here, [path]).imported
        assert (done.status, done.as_of.day) == (status, known)
    (told,) = imports.run(here, [path], told_as_of=datetime(2026, 11, 15, tzinfo=UTC)).imported
    assert (told.status, told.as_of_from) == ("redated", "option")
    assert [each.status for each in imports.run(here, [path]).imported] == ["unchanged"]
    assert kept(here, "SELECT day(as_of) FROM imports") == [(15,)]


def test_the_same_file_read_by_another_contract_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Date,Campaign,Clicks,Mystery\n2026-11-02,c,9,4\n")
    mapped = [
        project(tmp_path, imports={"mappings": {"amazon_attribution": {"columns": {"Mystery": field}}}})
        for field in ("orders", "units")
    ]
    statuses = [imports.run(each, [path]).imported[0].status for each in mapped]
    assert statuses == ["imported", "reread"]
    assert kept(mapped[0], "SELECT orders, units FROM conversions") == [(None, 4)]


def test_a_file_belongs_to_one_account(tmp_path: Path) -> None:
    both = {"us": {"marketplace": "US"}, "uk": {"marketplace": "UK"}}
    here = project(tmp_path, accounts=both)
    path = report(tmp_path / "a.json", 2)
    assert (
        imports.run(here, [path]).failures[0].message
        == "a.json: which account is it of? Name it with --account; cta.toml has us, uk"
    )
    assert [imports.run(here, [path], account=name).imported[0].status for name in ("us", "uk")] == [
        "imported",
        "reread",
    ]
    assert kept(here, "SELECT account, currency FROM imports") == [("uk", "GBP")]


@pytest.mark.parametrize(
    ("told", "mapped", "folder", "chosen"),
    [("us", "uk", "uk", "us"), (None, "uk", "us", "uk"), (None, None, "in/uk/new", "uk")],
)
def test_the_account_is_told_mapped_or_in_the_path(
    tmp_path: Path, told: str, mapped: str, folder: str, chosen: str
) -> None:
    mapping = {"mappings": {"amazon_attribution": {"account": mapped}}}
    here = project(tmp_path, accounts={"us": {}, "uk": {"marketplace": "UK"}}, imports=mapping)
    assert accounts.settings(here, "amazon_attribution", tmp_path / folder / "a.json", told, []).account_name == chosen


def test_without_accounts_the_scanned_links_tell_the_marketplace(tmp_path: Path) -> None:
    here = Project(contract=Contract(), root=tmp_path, file=None)
    found = accounts.settings(here, "amazon_attribution", tmp_path / "a.json", None, ["UK", "UK"])
    assert (found.account_name, found.currency) == ("default", "GBP")
    for linked, seen in (([], "no link was scanned that tells it"), (["UK", "US"], "the scanned links lead to UK, US")):
        with pytest.raises(
            CtaError, match=rf"names no marketplace and {seen}; add \[accounts.main\] with its marketplace"
        ):
            accounts.settings(here, "amazon_attribution", tmp_path / "a.json", None, linked)


def test_an_account_that_the_contract_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CtaError, match=r'account "de" is not in cta.toml \(known: us\)'):
        accounts.settings(project(tmp_path), "amazon_attribution", tmp_path / "a.json", "de", [])
    wrong = project(tmp_path, accounts={"us": {"marketplace": "EN"}})
    with pytest.raises(CtaError, match='marketplace "EN" is not known; known are US, CA, '):
        accounts.settings(wrong, "amazon_attribution", tmp_path / "a.json", None, [])


def test_patterns_files_and_folders_of_the_contract(tmp_path: Path) -> None:
    report(tmp_path / "drop" / "b.json", 2)
    report(tmp_path / "drop" / ".hidden.json", 2)
    report(tmp_path / "a-1.json", 2)
    here = project(tmp_path, imports={"files": ["a-*.json", "drop"]})
    assert [path.name for path in imports.expand(imports.configured(here))] == ["a-1.json", "b.json"]
    with pytest.raises(CtaError, match=r'imports\.files: nothing matches "x\.json"'):
        imports.configured(project(tmp_path, imports={"files": ["x.json"]}))
    with pytest.raises(CtaError, match="no report is named"):
        imports.configured(project(tmp_path))


def test_an_ad_group_that_nothing_ties_is_told(tmp_path: Path) -> None:
    here = project(tmp_path, tags={"maas": [TAG]})
    outcome = imports.run(here, [report(tmp_path / "a.json", 2, ad_group="Answers")])
    assert [untied.name for untied in outcome.untied] == ["Answers"]
