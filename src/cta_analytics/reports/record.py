"""The memory of the reports that were made: what `report_runs` shows, and what no report prints."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.period import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project


def record(connection: DuckDBPyConnection, project: Project, period: Period, file: Path) -> int:
    """Note on a writing connection that the report of `period` was written to `file`; returns the number of the run."""
    both = Period(period.before.first, period.last)
    imports = measure.rows(connection, "imports_used", figures.Import, both, source=project.contract.report.sales_from)
    row = connection.execute(
        "INSERT INTO internal.report_runs SELECT coalesce(max(run_id), 0) + 1, now() AT TIME ZONE 'UTC', $tool, "
        "$period_from, $period_to, $file, $contract, $bot_list, $batches::BIGINT[], $imports::VARCHAR[] "
        "FROM internal.report_runs RETURNING run_id",
        {
            "tool": __version__,
            "period_from": period.first,
            "period_to": period.last,
            "file": _name(file, project.root),
            "contract": contract_sha256(project),
            "bot_list": measure.rows(connection, "provenance", figures.Provenance)[0].bot_list,
            "batches": [batch.batch_id for batch in measure.rows(connection, "batches_used", figures.Batch, both)],
            "imports": [each.import_id for each in imports],
        },
    ).fetchone()
    return int(row[0]) if row else 0


def contract_sha256(project: Project) -> str | None:
    """SHA-256 of the bytes of `cta.toml`; None where there is none."""
    return hashlib.sha256(project.file.read_bytes()).hexdigest() if project.file else None


def _name(file: Path, root: Path) -> str:
    """The file relative to `cta.toml` where it stands below it."""
    absolute = file.absolute()
    return str(absolute.relative_to(root)) if absolute.is_relative_to(root) else str(absolute)
