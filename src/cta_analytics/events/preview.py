"""A log before it is taken in: its format, and its first lines as they would be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.logs import detect, source
from cta_analytics.logs.blocks import HEAD, clean
from cta_analytics.logs.format import Record
from cta_analytics.logs.lines import each
from cta_analytics.logs.mask import masked

ROWS = 5
COLUMNS = (
    "occurred_at", "address", "method", "target", "status", "referrer", "user_agent", "host", "request_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """The format of a log, and some of its lines by column; a line that is not understood has its reason."""

    file: str
    log_format: str
    title: str
    rows: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `cta ingest --dry-run --format json`."""
        return {"file": self.file, "log_format": self.log_format, "rows": list(self.rows)}


def preview(one: source.Source, project: Project, log_format: str = "auto") -> Preview | str:
    """The first lines of a log as columns, or what is wrong with it."""
    try:
        with source.opened(one) as opened:
            head = opened.stream.read(HEAD)
        if not head:
            raise CtaError(f"{one.name}: empty; there is no line in it")
        name = log_format if log_format != "auto" else project.contract.logs.format
        known = detect.formats(project.contract.logs)
        chosen = detect.detect(head, one.name, known) if name == "auto" else detect.named(name, known)
    except CtaError as error:
        return str(error)
    rows: list[dict[str, Any]] = []
    first = [line.rstrip("\r") for line in clean(head, is_first=True).decode().split("\n")]
    for number, (line, found) in enumerate(each(first, chosen), 1):
        if len(rows) == ROWS:
            break
        if isinstance(found, Record):
            rows.append(
                {
                    "line": number,
                    "occurred_at": datetime.fromtimestamp(found.at, UTC).isoformat(),
                    "address": found.address,
                    "method": found.method,
                    "target": chosen.unescape(found.target),
                    "status": found.status,
                    "referrer": chosen.unescape(found.referrer),
                    "user_agent": chosen.unescape(found.user_agent),
                    "host": found.host or None,
                    "request_id": found.request_id or None,
                    "rejected": None,
                }
            )
        elif line.strip() and not line.startswith("#"):
            empty = dict.fromkeys(COLUMNS)
            rows.append({"line": number, **empty, "target": masked(line), "rejected": found})
    return Preview(one.name, chosen.name, chosen.title, tuple(rows))
