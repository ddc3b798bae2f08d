"""`cta changes`: why two reports differ."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config, Quiet
from cta_analytics.cli.output import TableFormat, emit_rows, say

COLUMNS = ("at", "cause", "detail", "figure", "currency", "amount")
SHOWN = ("cause", "detail", "figure", "currency", "amount")
_RUNS = "Two reports, by the run_id of the view report_runs; the second is explained against the first."


def main(
    between: Annotated[tuple[int, int], typer.Option("--between", metavar="RUN RUN", help=_RUNS)],
    format: Annotated[TableFormat, typer.Option("--format", help="How to print the causes.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
) -> None:
    """Tell why the figures of two reports differ: each cause with its amount; they add up to the difference exactly.

    Causes: late lines, undone batch, restated, bot list, contract, pages scanned, forgotten, tool version, period.
    """
    from cta_analytics.reports import changes
    from cta_analytics.warehouse.connection import reader

    with reader(config.read(config_file)) as connection:
        found = changes.between(connection, *between)
    rows: list[dict[str, Any]] = [asdict(change) for change in found.changes]
    if format is TableFormat.table:
        total = [
            {"cause": "all", "detail": "", "figure": figure, "currency": currency or None, "amount": amount}
            for (figure, currency), amount in found.total.items()
        ]
        if total:
            emit_rows([_signed(row) for row in [*rows, *total]], SHOWN, format)
    else:
        emit_rows(rows, COLUMNS, format)
    if not rows:
        say("the figures are the same", quiet)


def _signed(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its amount as people read it: signed, in units of the currency's minor unit or in counts."""
    amount = row["amount"].normalize()
    return row | {"amount": f"{amount:+,f}"}
