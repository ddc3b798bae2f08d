"""`cta upgrade`: the warehouse of an older version."""

from __future__ import annotations

from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.cli.output import TableFormat, emit_rows, say

COLUMNS = ("schema_before", "schema_after", "migrations", "copy")


def main(
    format: Annotated[TableFormat, typer.Option("--format", help="How to print what was done.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Bring a warehouse that an older version wrote up to date, whole or not at all; a copy of it stays in .cta."""
    from cta_analytics.warehouse.upgrade import upgrade

    done = upgrade(config.read(config_file), wait)
    row = {
        "schema_before": done.before,
        "schema_after": done.after,
        "migrations": list(done.migrations),
        "copy": str(done.copy) if done.copy else None,
    }
    if done.copy or format is not TableFormat.table:
        emit_rows([row], COLUMNS, format)
    if not done.copy:
        say(f"the warehouse has schema {done.after}, which is this version's; nothing to do", quiet)
