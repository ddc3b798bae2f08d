"""What a packed file holds, within limits: the members of a ZIP, the sheets of a workbook, the text of a gzip."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from cta_analytics.errors import CtaError

LARGEST = 256 << 20
"""Bytes that a packed file may unpack to; a report of a year is a few megabytes."""
MOST_MEMBERS = 1000
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
_AGAIN = "download it again"


def is_packed(content: bytes) -> bool:
    """Whether this is a ZIP archive, a workbook or a gzip."""
    return content.startswith((ZIP, GZIP))


def unzipped(content: bytes, name: str) -> bytes:
    """What a gzip holds.

    Raises: CtaError where it is damaged, or larger than a report can be.
    """
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            text = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise CtaError(f"{name}: gzipped, but cut off or damaged; {_AGAIN}") from None
    if len(text) > LARGEST:
        raise CtaError(f"{name}: unpacks to over {LARGEST >> 20} MB; no report is that large, look what it is")
    return text


def is_workbook(members: dict[str, bytes]) -> bool:
    """Whether the members of a ZIP are those of an Excel workbook."""
    return "[Content_Types].xml" in members and any(name.startswith("xl/") for name in members)


def members(content: bytes, name: str) -> dict[str, bytes]:
    """The files in a ZIP by their path in it, all unpacked and their checksums compared.

    That the whole of it was unpacked within the limit is what makes it safe to hand on to a reader of workbooks.

    Raises: CtaError where it is damaged, encrypted, or larger than a report can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            listed = [each for each in packed.infolist() if not each.is_dir()]
            if len(listed) > MOST_MEMBERS or sum(each.file_size for each in listed) > LARGEST:
                large = f"{len(listed):,} files of {sum(each.file_size for each in listed) >> 20:,} MB"
                raise CtaError(
                    f"{name}: unpacks to {large}; the limit is {MOST_MEMBERS:,} files of {LARGEST >> 20} MB, look what it is"
                )
            if any(each.flag_bits & 1 for each in listed):
                raise CtaError(f"{name}: protected by a password; unpack it first")
            # A member yields no more bytes than its entry says, and one that holds more fails its checksum.
            return {each.filename: packed.read(each) for each in listed}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError):
        raise CtaError(f"{name}: a spreadsheet or ZIP archive, but damaged; {_AGAIN}") from None


def files(found: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The members that people put into a ZIP: without what macOS adds."""
    for path, content in sorted(found.items()):
        parts = PurePosixPath(path).parts
        if not any(part.startswith(".") or part == "__MACOSX" for part in parts):
            yield path, content


def sheets(content: bytes, found: dict[str, bytes], name: str) -> dict[str, list[tuple[str, ...]]]:
    """The sheets of a workbook by name, their cells as text.

    Raises: CtaError where the workbook holds macros, or cannot be read.
    """
    import fastexcel
    import polars

    # Amazon's downloads hold none, so a workbook with macros was made by somebody else.
    if any(path.casefold().endswith("vbaproject.bin") for path in found):
        raise CtaError(f"{name}: a workbook with macros; save the report as .xlsx without them")
    try:
        frames = polars.read_excel(
            io.BytesIO(content),
            engine="calamine",
            sheet_id=0,
            has_header=False,
            # As text: a guessed type would turn an ASIN or a tracking id into a number.
            infer_schema_length=0,
            drop_empty_rows=False,
            drop_empty_cols=False,
            raise_if_empty=False,
        )
    except (fastexcel.FastExcelError, polars.exceptions.PolarsError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "unknown"
        raise CtaError(f"{name}: the workbook cannot be read ({reason}); save the report as CSV") from None
    return {
        sheet: [tuple("" if cell is None else str(cell).strip() for cell in row) for row in frame.iter_rows()]
        for sheet, frame in frames.items()
    }
