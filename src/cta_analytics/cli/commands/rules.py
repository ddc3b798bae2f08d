"""`cta rules`: the rules of the linter."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from cta_analytics.cli import output
from cta_analytics.lint import by_code

COLUMNS = ("code", "name", "severity", "scope", "summary")


class RulesFormat(StrEnum):
    """How the rules are printed; `markdown` is docs/rules.md."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def main(
    format: Annotated[RulesFormat, typer.Option("--format", help="How to print the rules.")] = RulesFormat.table,  # noqa: A002
) -> None:
    """List the rules of `cta lint`; `cta lint --explain RULE` explains one."""
    if format is RulesFormat.markdown:
        from cta_analytics.lint.documentation import as_markdown

        sys.stdout.write(as_markdown())
        return
    rows = [{column: getattr(rule, column) for column in COLUMNS} for rule in by_code().values()]
    output.emit_rows(rows, COLUMNS, output.TableFormat(format.value))
