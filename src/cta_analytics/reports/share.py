"""The facts for somebody outside of the team: without names of files and batches, lines of logs and user agents."""

from __future__ import annotations

from dataclasses import replace

from cta_analytics.reports.facts import Facts


def shared(facts: Facts) -> Facts:
    """The same figures; what names a file, an account or a line of a log is gone from them, so no section can show it."""
    return replace(
        facts,
        answers=tuple(replace(line, answer=replace(line.answer, file=None)) for line in facts.answers),
        without_cta=tuple(replace(row, file=None) for row in facts.without_cta),
        departing=tuple(replace(row, file=None, line=None, column=None) for row in facts.departing),
        batches=tuple(replace(row, file="", log_format="") for row in facts.batches),
        rejected=tuple(replace(row, example="") for row in facts.rejected),
        imports=tuple(replace(row, import_id="", file="", account="") for row in facts.imports),
    )
