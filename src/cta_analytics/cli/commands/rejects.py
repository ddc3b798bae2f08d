"""`cta rejects`: what was not understood."""

from __future__ import annotations

from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config, Quiet
from cta_analytics.cli.output import TableFormat, emit_rows, escape, say

COLUMNS = ("batch_id", "file", "line_number", "reason", "line")
SHOWN = 100
"""Characters of a line in a table; the other formats give all that is kept."""


def main(
    batch: Annotated[
        int | None, typer.Option("--batch", metavar="ID", help="Only those of this batch.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most so many lines.")] = 100,
    format: Annotated[TableFormat, typer.Option("--format", help="How to print the lines.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
) -> None:
    """Show the log lines that were not understood, with the reason; addresses in them are masked."""
    from cta_analytics.events import batches
    from cta_analytics.warehouse.connection import reader

    with reader(config.read(config_file)) as connection:
        rows, total = batches.rejects(connection, batch, limit)
    if format is TableFormat.table:
        rows = [row | {"line": escape(row["line"])[:SHOWN]} for row in rows]
    emit_rows(rows, COLUMNS, format)
    if total > len(rows):
        say(f"{total:,} lines were rejected, {len(rows):,} are shown; --limit shows more", quiet)
