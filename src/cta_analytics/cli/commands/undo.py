"""`cta undo`: take a batch back."""

from __future__ import annotations

from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import attribution
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.cli.output import TableFormat, emit_rows, say

COLUMNS = (
    "batch_id",
    "file",
    "lines",
    "pageviews",
    "clicks",
    "impressions",
    "other",
    "rejected",
    "already_seen",
    "handed_over",
)


def main(
    batch_ids: Annotated[
        list[int], typer.Argument(metavar="BATCH…", help="Batches, by the batch_id of `cta batches`.")
    ],
    format: Annotated[TableFormat, typer.Option("--format", help="How to print them.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Take batches back exactly; lines that another log has too stay, and are that log's. Ingest the log again to restore them."""
    from cta_analytics.events.undo import undo

    project = config.read(config_file)
    done = undo(project, batch_ids, wait)
    attribution.refresh(project, wait)
    emit_rows([each.batch.as_json() | {"handed_over": each.handed_over} for each in done], COLUMNS, format)
    for each in done:
        for heir in each.heirs:
            say(
                f"{heir.lines:,} lines of batch {each.batch.batch_id} are in {heir.file} too: they are batch {heir.batch_id}'s now",
                quiet,
            )
