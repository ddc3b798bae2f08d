"""The memory of the reports that were made: what `report_runs` shows, and what no report prints."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.period import Period
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.as_known import as_known_on, published_at

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project

Amounts = dict[tuple[str, str], Decimal]
"""The figures of a report by name and currency ('' for counts); `queries/schema/70_figures.sql` says which there are."""


def record(
    connection: DuckDBPyConnection, project: Project, period: Period, file: Path, known_at: datetime | None = None
) -> int:
    """Note on a writing connection that the report of `period` was written to `file`; returns the number of the run.

    `known_at`: as known at which instant it was made; by default what was published last.
    """
    both = Period(period.before.first, period.last)
    source = project.contract.report.sales_from
    at = known_at or published_at(connection)
    with as_known_on(connection, at):
        imports = measure.rows(connection, "imports_used", figures.Import, both, source=source)
        values = {
            "bot_list": measure.rows(connection, "provenance", figures.Provenance)[0].bot_list,
            "batches": [batch.batch_id for batch in measure.rows(connection, "batches_used", figures.Batch, both)],
            "imports": [each.import_id for each in imports],
            "figures": as_json(amounts(connection, period, source)),
        }
    row = connection.execute(
        "INSERT INTO internal.report_runs BY NAME SELECT coalesce(max(run_id), 0) + 1 AS run_id, "
        "now() AT TIME ZONE 'UTC' AS made_at, $tool AS tool_version, $period_from AS period_from, $period_to AS period_to, "
        "$file AS file, $contract AS contract_sha256, $bot_list AS bot_list, $batches::BIGINT[] AS batches, "
        "$imports::VARCHAR[] AS imports, $known_at::TIMESTAMP AS known_at, $source AS source, $figures AS figures "
        "FROM internal.report_runs RETURNING run_id",
        values
        | {
            "tool": __version__,
            "period_from": period.first,
            "period_to": period.last,
            "file": _name(file, project.root),
            "contract": contract_sha256(project),
            "known_at": at,
            "source": source,
        },
    ).fetchone()
    return int(row[0]) if row else 0


def amounts(connection: DuckDBPyConnection, period: Period, source: str) -> Amounts:
    """The figures of a period as they are known on this connection."""
    rows = queries.run(connection, "models", "figures", source=source, period_from=period.first, period_to=period.last)
    return {(figure, currency): amount for figure, currency, amount in rows if amount}


def as_json(found: Amounts) -> str:
    """The figures as `report_runs` keeps them: [figure, currency, amount] each, amounts as text so that none is rounded."""
    return json.dumps([[figure, currency, str(amount)] for (figure, currency), amount in sorted(found.items())])


def from_json(text: str) -> Amounts:
    """The figures that `report_runs` has kept."""
    return {(figure, currency): Decimal(amount) for figure, currency, amount in json.loads(text)}


def contract_sha256(project: Project) -> str | None:
    """SHA-256 of the bytes of `cta.toml`; None where there is none."""
    return hashlib.sha256(project.file.read_bytes()).hexdigest() if project.file else None


def _name(file: Path, root: Path) -> str:
    """The file relative to `cta.toml` where it stands below it."""
    absolute = file.absolute()
    return str(absolute.relative_to(root)) if absolute.is_relative_to(root) else str(absolute)
