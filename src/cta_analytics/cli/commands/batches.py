"""`cta batches`: what came in."""

from __future__ import annotations

from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config
from cta_analytics.cli.output import TableFormat, emit_rows

COLUMNS = (
    "batch_id", "file", "log_format", "lines", "pageviews", "clicks", "impressions", "other", "rejected", "already_seen",
    "other_reasons", "first_at", "last_at", "ingested_at", "tool_version",
)  # fmt: skip


def main(
    format: Annotated[TableFormat, typer.Option("--format", help="How to print the batches.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
) -> None:
    """List the batches of log lines that came in, the latest first, each with the account of its lines."""
    from cta_analytics.events import batches
    from cta_analytics.warehouse.connection import reader

    with reader(config.read(config_file)) as connection:
        emit_rows(batches.stored(connection), COLUMNS, format)
