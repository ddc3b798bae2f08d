"""Every importer and every kind of damage: a report is taken in right, or refused with its name; never taken in wrong.

Runs over the registry and its samples, so that a new importer with a sample is covered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conversions.workbooks import archive, workbook

from cta_analytics.config import Account, Contract, ImportReport, Project
from cta_analytics.conversions import IMPORTERS, detect, document, imports
from cta_analytics.conversions.importer import COUNTS, MONEY, ConversionRow, Settings
from cta_analytics.errors import CtaError

SAMPLES = Path(__file__).parent / "samples"
FILES = [path for name in IMPORTERS for path in sorted(SAMPLES.glob(f"{name}.*")) if path.suffix != ".toml"]
TABLES = [path for path in FILES if path.suffix in {".csv", ".tsv"}]
DATE = re.compile(r"2026-11-09(?: 00:00:00)?|09\.11\.2026")


def _read(content: bytes, sample: Path, folder: Path) -> list[ConversionRow]:
    """The rows of a report as an import reads them, without what only says where they stood."""
    path = folder / f"damaged{sample.suffix}"
    path.write_bytes(content)
    mapping = SAMPLES / f"{sample.stem}.toml"
    given = Contract.model_validate(tomllib.loads(mapping.read_text()) if mapping.exists() else {}).imports
    rows = []
    for found in document.parts(path, path.name).documents:
        source, importer = detect.source_of(found, given)
        report = given.mappings.get(source, ImportReport())
        currency = "EUR" if source == "generic_csv" else "USD"
        reading = importer.read(found, Settings(source, "us", Account(), currency, 2, report))
        rows += [row.model_copy(update={"row_number": 0}) for each in reading.statements for row in each.rows]
    return rows


def _refusal(content: bytes, sample: Path, folder: Path) -> str:
    """What an import says of the file, of which it takes nothing in."""
    path = folder / f"damaged{sample.suffix}"
    path.write_bytes(content)
    mapping = SAMPLES / f"{sample.stem}.toml"
    given = tomllib.loads(mapping.read_text()) if mapping.exists() else {}
    account = {"marketplace": "DE" if sample.stem == "generic_csv" else "US"}
    contract = Contract.model_validate(given | {"accounts": {"main": account}})
    outcome = imports.run(Project(contract=contract, root=folder, file=None), [path])
    assert outcome.imported == ()
    assert [each.name for each in folder.iterdir()] == [path.name]
    (failure,) = outcome.failures
    return failure.message


def _cells(sample: Path) -> tuple[list[list[str]], list[str], list[str]]:
    """The lines above the header, the header and the row of a sample, in cells; a name with a bare comma is one."""
    lines = sample.read_text(encoding="utf-8-sig").rstrip("\n").splitlines()
    mark = next(mark for mark in "\t;," if mark in lines[-1])
    *above, header, cells = [line.split(mark) for line in lines]
    surplus = len(cells) - len(header)
    return above, header, [cells[0], mark.join(cells[1 : 2 + surplus]), *cells[2 + surplus :]]


def _shown(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.name) for path in paths]


@pytest.mark.parametrize("sample", _shown(FILES))
@pytest.mark.parametrize(
    "written",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: (text.rstrip("\n") + "\n\n\n").encode(),
    ],
    ids=["bom", "crlf", "utf-16", "blank lines at the end"],
)
def test_another_way_to_write_the_file_changes_no_row(
    sample: Path, written: Callable[[str], bytes], tmp_path: Path
) -> None:
    text = sample.read_text(encoding="utf-8-sig")
    expected = _read(sample.read_bytes(), sample, tmp_path)
    try:
        assert _read(written(text), sample, tmp_path) == expected
    except CtaError as error:
        assert "row" in str(error) or str(error).startswith("damaged")  # noqa: PT017 - refused is as good as right


@pytest.mark.parametrize("sample", _shown(FILES))
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda whole: b"", id="empty"),
        pytest.param(lambda whole: b"\x00\x01\x02" * 99, id="not a text"),
        pytest.param(lambda whole: whole.rstrip()[:-24], id="cut off in the last row"),
        pytest.param(lambda whole: b"PK\x03\x04" + whole, id="no archive after all"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(
    sample: Path, content: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    assert _refusal(content(sample.read_bytes()), sample, tmp_path).startswith(f"damaged{sample.suffix}")


def _counts(sample: Path, folder: Path) -> list[tuple[str, str]]:
    """The counts of the sample's row that stand in its text exactly once, by field, with a pattern for each."""
    (row,) = _read(sample.read_bytes(), sample, folder)
    text = sample.read_text(encoding="utf-8-sig")
    found = [(name, rf"(?<![\w.%-]){getattr(row, name)}(?![\w.:/-])") for name in COUNTS if getattr(row, name)]
    return [(name, shape) for name, shape in found if len(re.findall(shape, text)) == 1]


@pytest.mark.parametrize("sample", _shown(FILES))
@pytest.mark.parametrize("wrong", ["-7", "1.5", "#DIV/0!", "=1+1", "12 apples", "1e400"])
def test_a_count_that_is_none_is_refused_with_its_place(sample: Path, wrong: str, tmp_path: Path) -> None:
    text = sample.read_text(encoding="utf-8-sig")
    for _, shape in _counts(sample, tmp_path):
        value = wrong if sample.suffix != ".json" else f'"{wrong}"'
        damaged = re.sub(rf'"?{shape}"?', value, text, count=1)
        assert damaged != text
        refusal = _refusal(damaged.encode(), sample, tmp_path)
        assert re.match(rf"damaged{re.escape(sample.suffix)}\S*[: ]", refusal)
        assert re.search(r"\d", refusal.removeprefix(f"damaged{sample.suffix}")), refusal


@pytest.mark.parametrize("sample", _shown(TABLES))
@pytest.mark.parametrize("wrong", ["05/06/2026", "2026-02-30", "yesterday"])
def test_a_date_that_cannot_be_told_is_refused_with_its_line(sample: Path, wrong: str, tmp_path: Path) -> None:
    text = sample.read_text(encoding="utf-8-sig")
    refusal = _refusal(DATE.sub(wrong, text).encode(), sample, tmp_path)
    assert refusal.startswith(f"damaged{sample.suffix}")
    assert wrong in refusal


@pytest.mark.parametrize("sample", _shown(TABLES))
def test_a_row_of_totals_is_left_out_or_refused(sample: Path, tmp_path: Path) -> None:
    text = sample.read_text(encoding="utf-8-sig").rstrip("\n")
    last = text.splitlines()[-1]
    expected = _read(sample.read_bytes(), sample, tmp_path)
    try:
        assert _read(f"{text}\n{DATE.sub('Total', last)}\n".encode(), sample, tmp_path) == expected
    except CtaError as error:
        assert re.search(r"row \d", str(error))  # noqa: PT017


@pytest.mark.parametrize("sample", _shown(TABLES))
def test_two_currencies_in_a_column_are_refused(sample: Path, tmp_path: Path) -> None:
    text = sample.read_text(encoding="utf-8-sig").rstrip("\n")
    last = text.splitlines()[-1]
    own, other = ("€", "£") if "€" in last else ("$", "£")
    (row,) = _read(sample.read_bytes(), sample, tmp_path)
    if not any(getattr(row, f"{name}_minor") for name in MONEY):
        pytest.skip("no amount of its rows is taken in")
    amount = re.compile(r"(?<![\w/])[$]?(\d[\d.]*[.,]\d\d)(?: €)?(?![\d-])")
    marked = [amount.sub(rf"{sign}\1", last) for sign in (own, other)]
    content = "\n".join([*text.splitlines()[:-1], *marked]) + "\n"
    refusal = _refusal(content.encode(), sample, tmp_path)
    assert refusal.startswith(f"damaged{sample.suffix}")


@pytest.mark.parametrize("sample", _shown(TABLES))
@pytest.mark.parametrize("damage", [None, "#DIV/0!", "#REF!"])
def test_a_workbook_of_the_same_cells_is_the_same_and_its_errors_are_refused(
    sample: Path, damage: str | None, tmp_path: Path
) -> None:
    above, header, cells = _cells(sample)
    expected = _read(sample.read_bytes(), sample, tmp_path)
    if damage:
        counts = [str(getattr(expected[0], name)) for name in COUNTS if getattr(expected[0], name)]
        at = next((n for n, cell in enumerate(cells) if cell in counts), None)
        if at is None:
            pytest.skip("its rows have no count")
        cells[at] = damage
    (tmp_path / f"damaged{sample.suffix}").unlink()
    content = workbook({"Sheet1": [*above, header, cells]})
    if damage:
        assert re.search(r"row \d+, column ", _refusal(content, sample, tmp_path))
    else:
        assert _read(content, sample, tmp_path) == expected


@pytest.mark.parametrize("sample", _shown(TABLES))
@pytest.mark.parametrize("is_packed", [False, True], ids=["workbook", "workbook in a zip"])
def test_an_unknown_header_of_a_workbook_is_shown_with_a_mapping_and_three_values(
    sample: Path, is_packed: bool, tmp_path: Path
) -> None:
    above, header, cells = _cells(sample)
    rows = [[*cells, mood] for mood in ("good", "fair", "poor", "bad")]
    content = workbook({"Sheet1": [*above, [*header, "Mood"], *rows]})
    if is_packed:
        content = archive({"book.xlsx": content})
    refusal = _refusal(content, sample, tmp_path)
    first, _, block = refusal.partition("\n")
    assert 'unknown column "Mood"' in first
    assert f"the header is: {', '.join([*header, 'Mood'])};" in first
    assert f"nearest known report is {sample.stem}" in first
    assert '"Mood" = "ignore"  # unknown; good | fair | poor' in block.splitlines()
    assert tomllib.loads(block)["imports"]["mappings"][sample.stem]["columns"]["Mood"] == "ignore"


@pytest.mark.parametrize("sample", _shown(TABLES))
def test_a_header_that_stands_twice_is_refused(sample: Path, tmp_path: Path) -> None:
    lines = sample.read_text(encoding="utf-8-sig").rstrip("\n").splitlines()
    mark = next(mark for mark in "\t;," if mark in lines[-1])
    at = next(n for n, line in enumerate(lines) if line.count(mark) > 2)
    names = lines[at].split(mark)
    lines[at:] = [f"{line}{mark}{line.rsplit(mark, 1)[1]}" for line in lines[at:]]
    refusal = _refusal("\n".join(lines).encode(), sample, tmp_path)
    assert refusal.startswith(f"damaged{sample.suffix}")
    assert names[-1] in refusal


@pytest.mark.parametrize(
    ("sample", "clean", "noisy"),
    [
        ("amazon_attribution.csv", "$149.95", "$149.94999999999999"),
        ("amazon_attribution.json", '"149.95"', '"149.95000000000002"'),
        ("amazon_store.json", "97.99999999999999", "98"),
        ("amazon_associates.csv", "49.00", "48.99999999999999"),
        ("amazon_associates.csv", ",49.00,", ',"49,00",'),
        ("generic_csv.csv", "1.049,00 €", "1049,00 €"),
        ("generic_csv.csv", "1.049,00 €", "EUR 1 049,00"),
    ],
)
def test_one_amount_in_two_ways_is_one_amount(sample: str, clean: str, noisy: str, tmp_path: Path) -> None:
    path = SAMPLES / sample
    text = path.read_text(encoding="utf-8-sig")
    assert clean in text
    expected = _read(path.read_bytes(), path, tmp_path)
    try:
        assert _read(text.replace(clean, noisy).encode(), path, tmp_path) == expected
    except CtaError as error:
        assert re.search(r'row \d+, column "', str(error))  # noqa: PT017
