"""Packed files: within limits, without macros, and a folder as it is."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.conversions import workbooks

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import archive, document, imports
from cta_analytics.errors import CtaError

CSV = b"Date,Campaign,Clicks\n2026-11-02,c,9\n"


def parts(tmp_path: Path, content: bytes) -> document.Parts:
    (tmp_path / "packed").write_bytes(content)
    return document.parts(tmp_path / "packed", "packed")


def test_a_gzip_is_its_text(tmp_path: Path) -> None:
    (found,) = parts(tmp_path, gzip.compress(CSV)).documents
    assert found.table
    assert found.table.rows == ((2, ("2026-11-02", "c", "9")),)
    with pytest.raises(CtaError, match="packed: gzipped, but cut off or damaged"):
        parts(tmp_path, gzip.compress(CSV)[:-9])


def test_what_unpacks_to_more_than_a_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1 << 20)
    bomb = b"0" * ((1 << 20) + 1)
    for content in (
        gzip.compress(bomb),
        workbooks.archive({"a.csv": bomb}),
        workbooks.workbook({"a": [["0" * len(bomb)]]}),
    ):
        with pytest.raises(CtaError, match="packed: unpacks to "):
            parts(tmp_path, content)
    lying = workbooks.archive({"a.csv": bomb}).replace(len(bomb).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    with pytest.raises(CtaError, match="packed: a spreadsheet or ZIP archive, but damaged"):
        parts(tmp_path, lying)


def test_macros_damage_and_empty_archives_are_refused(tmp_path: Path) -> None:
    rows = [["Date", "Clicks"], ["2026-11-02", 9]]
    for content, message in (
        (workbooks.workbook({"a": rows}, macros=True), "packed: a workbook with macros; save the report as .xlsx"),
        (workbooks.workbook({"a": []}), "packed: empty; no sheet of it holds a table"),
        (workbooks.archive({}), "packed: "),
        (workbooks.archive({"a.pdf": b"%PDF"}), "packed: no report in this archive"),
        (workbooks.workbook({"a": rows})[:200], "packed: a spreadsheet or ZIP archive, but damaged"),
    ):
        with pytest.raises(CtaError, match=message):
            parts(tmp_path, content)


def test_a_folder_is_imported_as_it_is(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "a.csv").write_bytes(CSV)
    (drop / "notes.txt").write_text("Reports, as downloaded.\nAsk Ann, or Bo.\n")
    (drop / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (drop / "unknown.csv").write_text("mood,weather\ngood,rain\n")
    here = Project(contract=Contract.model_validate({"accounts": {"us": {}}}), root=tmp_path, file=None)
    outcome = imports.run(here, [drop])
    assert [each.file for each in outcome.imported] == ["drop/a.csv"]
    assert [note.partition(": ")[0] for note in outcome.notes] == [
        "passed over drop/logo.png",
        "passed over drop/notes.txt",
    ]
    assert [failure.file for failure in outcome.failures] == ["drop/unknown.csv"]
    # Named by hand, the same text is an error.
    assert len(imports.run(here, [drop / "notes.txt"]).failures) == 1
