"""Other networks by a mapping: the worked examples of the documentation, the rows that are kept, the tags of links."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import detect, imports
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import connection

DOCS = Path(__file__).parents[3] / "docs" / "conversions.md"
CJ = "eventDate,sid,advertiserName,saleAmountUsd,pubCommissionAmountUsd,actionStatus\n"
AWIN = "transactionDate,clickRef,commissionStatus,saleAmount,commissionAmount\n"


def project(root: Path, **contract: Any) -> Project:
    section = DOCS.read_text(encoding="utf-8").partition("## `generic_csv`")[2]
    block = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert block
    values = {"accounts": {"main": {"marketplace": "US"}}} | tomllib.loads(block[1]) | contract
    return Project(contract=Contract.model_validate(values), root=root, file=None)


def test_two_networks_are_two_sources_by_the_mappings_of_the_documentation(tmp_path: Path) -> None:
    (tmp_path / "cj.csv").write_text(
        CJ + "2026-11-03T10:00:00Z,back,Larkmoor,49.00,4.90,new\n2026-11-04,back,Larkmoor,-49.00,-4.90,new\n"
    )
    (tmp_path / "awin.csv").write_text(
        AWIN + "2026-11-03,back,approved,20.00,2.00\n2026-11-03,back,declined,80.00,8.00\n"
    )
    outcome = imports.run(project(tmp_path), [tmp_path / "cj.csv", tmp_path / "awin.csv"])
    assert outcome.failures == ()
    assert [(each.source, each.row_count) for each in outcome.imported] == [("cj", 2), ("awin", 1)]
    assert outcome.notes == ("awin.csv: 1 rows left out by keep",)
    with connection.reader(project(tmp_path)) as database:
        # A reversal is a negative row: 49.00 - 49.00.
        assert database.execute(
            "SELECT source, tag, sum(sales_minor), sum(commission_minor) FROM conversions GROUP BY ALL ORDER BY ALL"
        ).fetchall() == [("awin", "back", 2000, 200), ("cj", "back", 0, 0)]


def test_a_column_that_the_mapping_does_not_name_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "cj.csv").write_text(CJ.strip() + ",mood\n2026-11-03,back,Larkmoor,49.00,4.90,new,good\n")
    message = imports.run(project(tmp_path), [tmp_path / "cj.csv"]).failures[0].message
    assert 'unknown column "mood"' in message
    assert "[imports.mappings.cj.columns]" in message
    assert '"mood" = "ignore"  # unknown; good' in message


def test_mappings_that_cannot_be_right_are_refused(tmp_path: Path) -> None:
    def check(name: str, **mapping: Any) -> None:
        detect.check_mappings(Contract.model_validate({"imports": {"mappings": {name: mapping}}}).imports)

    with pytest.raises(
        CtaError, match=r'mappings.awin: no importer of that name; for another network add importer = "gen'
    ):
        check("awin", columns={"a": "day"})
    with pytest.raises(CtaError, match=r'mappings.awin.importer: no importer of that name; did you mean "generic_csv"'):
        check("awin", importer="generic_cvs")
    with pytest.raises(CtaError, match="is read under its own name"):
        check("awin", importer="amazon_store")
    (tmp_path / "a.csv").write_text("eventDate,sid,saleAmountUsd\n2026-11-03,back,1.00\n")
    columns = {"eventDate": "day", "sid": "tag", "saleAmountUsd": "sales"}
    twice = {name: {"importer": "generic_csv", "columns": columns} for name in ("one", "two")}
    failures = imports.run(project(tmp_path, imports={"mappings": twice}), [tmp_path / "a.csv"]).failures
    assert "[imports.mappings.one] and [imports.mappings.two] both fit" in failures[0].message


def test_the_example_of_the_sample_reads_decimal_commas(tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "samples"
    mapping = tomllib.loads((samples / "generic_csv.toml").read_text())
    here = project(tmp_path, accounts={"de": {"marketplace": "DE"}}, **mapping)
    imports.run(here, [samples / "generic_csv.csv"])
    with connection.reader(here) as database:
        assert database.execute("SELECT currency, sales_minor, commission_minor FROM conversions").fetchall() == [
            ("EUR", 104900, 5245)
        ]
