"""A block of lines as records in columns, with what was not understood beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import LogFormat, Record

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame

FIELDS = tuple(field.name for field in fields(Record))
_values = attrgetter(*FIELDS)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not understood."""

    line_number: int
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a block: every one is in exactly one of the first four."""

    records: DataFrame
    """`line_number`, `family` (of its format) and the fields of `Record`, in no order."""
    rejected: list[Rejected]
    blank: int
    comments: int
    log_format: LogFormat
    """How the block after this one is to be read."""


def read(block: Block, log_format: LogFormat, others: Sequence[LogFormat] = ()) -> Lines:
    """The lines of a block: first as columns, then one by one those that the plan for columns does not fit.

    `others`: formats that a line may have which is not of the log's.
    """
    import polars as pl

    parts = []
    for part, log_format in _parts(block, log_format):  # noqa: B020 - the last is that of the next block
        parts.append(_read(part, log_format, others))
    if len(parts) == 1:
        return parts[0]
    return Lines(
        pl.concat([part.records for part in parts]),
        [line for part in parts for line in part.rejected],
        sum(part.blank for part in parts),
        sum(part.comments for part in parts),
        log_format,
    )


def each(lines: Iterable[str], log_format: LogFormat) -> Iterator[tuple[str, Record | str]]:
    """The lines one by one, each with its record or the reason why it is not understood."""
    for line in lines:
        log_format = log_format.after(line)
        yield line, log_format.parse(line)


def _parts(block: Block, log_format: LogFormat) -> Iterator[tuple[Block, LogFormat]]:
    """The block cut where a line says that what follows is to be read in another way; at least one part."""
    start, first_line = 0, block.first_line
    if log_format.directives:
        begins = b"|".join(re.escape(directive.encode()) for directive in log_format.directives)
        for found in re.finditer(rb"^(?:" + begins + rb")[^\n]*", block.text, re.MULTILINE):
            following = log_format.after(found[0].decode())
            # A server writes the same directives again at each start: what is read alike stays together.
            if following.parse is not log_format.parse and found.start() > start:
                part = Block(block.text[start : found.start()], first_line)
                yield part, log_format
                start, first_line = found.start(), first_line + part.text.count(b"\n")
            log_format = following
    yield (Block(block.text[start:], first_line) if start else block), log_format


def _read(block: Block, log_format: LogFormat, others: Sequence[LogFormat]) -> Lines:
    import polars as pl

    number = pl.col("_number").cast(pl.Int64) + block.first_line
    frame = pl.scan_lines(block.text, row_index_name="_number").with_columns(line_number=number)
    if log_format.columns is None:
        plain = pl.DataFrame(schema=_schema())
        odd = frame.select("line_number", "line").collect()
    else:
        both = (
            _whole(log_format.columns(frame)).select("line_number", *FIELDS, "fits", "line").collect(engine="streaming")
        )
        odd = both.select("line_number", "line", "fits").filter(~pl.col("fits")).drop("fits")
        plain = (
            both.select("line_number", *FIELDS)
            if odd.is_empty()
            else both.filter("fits").select("line_number", *FIELDS)
        ).with_columns(family=pl.lit(log_format.family))
    records: list[tuple[object, ...]] = []
    rejected: list[Rejected] = []
    blank = comments = 0
    for line_number, line in odd.iter_rows():
        found, family = log_format.parse(line), log_format.family
        if isinstance(found, str) and others and line.strip() and not line.startswith("#"):
            found, family = _of_another(line, log_format, others) or (found, family)
        if isinstance(found, Record):
            records.append((line_number, *_values(found), family))
        elif not line.strip():
            blank += 1
        elif line.startswith("#"):
            comments += 1
        else:
            rejected.append(Rejected(line_number, found, line))
    if records:
        columns = dict(zip(("line_number", *FIELDS, "family"), zip(*records, strict=True), strict=True))
        plain = plain.vstack(pl.DataFrame(columns, schema=_schema()))
    return Lines(plain, rejected, blank, comments, log_format)


def _of_another(line: str, log_format: LogFormat, others: Sequence[LogFormat]) -> tuple[Record, str] | None:
    """The record of a line in another format and the family of that, its texts such that the format of the log decodes them."""
    for other in others:
        found = other.parse(line)
        if isinstance(found, Record):
            if other.unescape is log_format.unescape:
                return found, other.family
            target, referrer, user_agent = (
                _escaped(other.unescape(text), log_format) for text in (found.target, found.referrer, found.user_agent)
            )
            return replace(found, target=target, referrer=referrer, user_agent=user_agent), other.family
    return None


def _escaped(text: str, log_format: LogFormat) -> str:
    # Every escape of the formats that have one begins with a backslash, and two of them stand for one.
    return text if log_format.unescape is str else text.replace("\\", "\\\\")


def _whole(plan: LazyFrame) -> LazyFrame:
    """The plan with `no_tracking` and `prefetch`, which most formats do not log."""
    import polars as pl

    known = plan.collect_schema().names()
    missing = [name for name in ("no_tracking", "prefetch") if name not in known]
    return plan.with_columns(**dict.fromkeys(missing, pl.lit(value=False))) if missing else plan


def _schema() -> dict[str, type]:
    import polars as pl

    others = {"at": pl.Int64, "status": pl.Int16, "no_tracking": pl.Boolean, "prefetch": pl.Boolean}
    return {"line_number": pl.Int64, **{name: others.get(name, pl.String) for name in FIELDS}, "family": pl.String}
