"""`cta scan`: the inventory of pages and links."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cta_analytics import config
from cta_analytics.cli import attribution, output
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.errors import CtaError
from cta_analytics.links import extract
from cta_analytics.links.files import select

if TYPE_CHECKING:
    from cta_analytics.config import Project
    from cta_analytics.links.inventory import Inventory

COLUMNS = (
    "page", "answer", "position", "href", "url", "text", "heading", "kind", "placement", "slot", "ordinal", "rel",
    "target", "file", "line", "column", "end_line", "end_column", "href_start", "href_end", "cta", "departures",
)  # fmt: skip
_SHOWN_NAMES = 5


class ScanFormat(StrEnum):
    """How the inventory is printed; `csv` and `parquet` hold the links."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


def main(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Pages, folders or globs; default are the [[sources]] of cta.toml."),
    ] = None,
    format: Annotated[ScanFormat, typer.Option("--format", help="How to print the inventory.")] = ScanFormat.table,  # noqa: A002
    write: Annotated[
        bool, typer.Option("--write", help="Store the inventory, also where there is no warehouse yet.")
    ] = False,
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """List the links of pages: where each stands, what it is, and how it departs from the contract.

    Where the project has a warehouse, the inventory is stored in it.
    """
    project = config.read(config_file)
    given = paths or []
    with output.progress("reading pages", len(select(project, given).files), quiet) as step:
        inventory = extract.scan(project, given, step)
    if write or (project.root / ".cta" / "work.duckdb").exists():
        _store(project, inventory, wait)
    _print(inventory, format)
    for line in summary(inventory, project):
        output.say(line, quiet)


def _store(project: Project, inventory: Inventory, wait: float) -> None:
    from cta_analytics.warehouse import inventory as stored
    from cta_analytics.warehouse.connection import writer

    with writer(project, wait=wait) as connection:
        stored.write(connection, inventory, project.contract)
    attribution.refresh(project, wait)


def _print(inventory: Inventory, format: ScanFormat) -> None:  # noqa: A002
    if format is ScanFormat.json:
        output.print_json(inventory.as_json())
    elif format is ScanFormat.csv:
        output.emit_rows([link.as_json() for link in inventory.links], COLUMNS, output.TableFormat.csv)
    elif format is ScanFormat.parquet:
        _print_parquet([link.as_json() for link in inventory.links])
    else:
        rows = [
            {
                "where": f"{link.file}:{link.line}:{link.column}",
                "placement": link.placement,
                "kind": link.kind,
                "cta": link.cta,
                "departs": " ".join(departure.code for departure in link.departures) or None,
                "text": _short(link.text, 40),
                "href": _short(link.href, 80),
            }
            for link in inventory.links
        ]
        output.emit_rows(
            rows, ("where", "placement", "kind", "cta", "departs", "text", "href"), output.TableFormat.table
        )


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _print_parquet(rows: list[dict[str, Any]]) -> None:
    if sys.stdout.isatty():
        raise CtaError("--format parquet is no text; send it to a file: `cta scan --format parquet > links.parquet`")
    import json

    import polars

    numbers = {"position", "ordinal", "line", "column", "end_line", "end_column", "href_start", "href_end"}
    schema = {name: polars.Int64 if name in numbers else polars.String for name in COLUMNS}
    flat = [row | {"departures": json.dumps(row["departures"], ensure_ascii=False)} for row in rows]
    polars.DataFrame(flat, schema=schema).write_parquet(sys.stdout.buffer)


def summary(inventory: Inventory, project: Project) -> list[str]:
    """The scan in a few lines: pages by kind, CTAs by policy, answers without a CTA."""
    kinds = Counter(page.kind for page in inventory.pages)
    ctas = Counter(link.cta for link in inventory.links if link.cta)
    departing = sum(1 for link in inventory.links if link.departures)
    total = _plural(sum(ctas.values()), "CTA")
    lines = [
        f"{_plural(len(inventory.pages), 'page')}: {_counted(kinds)}",
        f"{_plural(len(inventory.links), 'link')}, of them {total}: {_counted(ctas) or 'none'}",
    ]
    if departing:
        lines.append(f"depart from the contract: {_plural(departing, 'CTA')}; `cta lint` shows how")
    # Kinds that some policy asks for: where none does, a page without a CTA is as it should be.
    wanted = {kind for policy in project.contract.ctas if policy.min_per_page for kind in policy.on}
    with_cta = {link.page for link in inventory.links if link.cta}
    bare = [page.path for page in inventory.pages if page.kind in wanted and page.path not in with_cta]
    if bare:
        more = f" and {len(bare) - _SHOWN_NAMES} more" if len(bare) > _SHOWN_NAMES else ""
        lines.append(f"without their CTA: {_plural(len(bare), 'page')}: {', '.join(bare[:_SHOWN_NAMES])}{more}")
    return lines


def _plural(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
