"""`cta scan`: the inventory of pages and links."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cta_analytics import config
from cta_analytics.cli import attribution, output
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.errors import CtaError
from cta_analytics.links import extract, printed
from cta_analytics.links.contract import Resolver
from cta_analytics.links.files import PageFile, Selection, select
from cta_analytics.links.past import Past, earlier
from cta_analytics.links.processes import each
from cta_analytics.links.tally import Tally

if TYPE_CHECKING:
    from cta_analytics.config import Project
    from cta_analytics.links.inventory import Inventory

COLUMNS = (
    "page", "answer", "position", "href", "url", "text", "heading", "kind", "placement", "slot", "ordinal", "rel",
    "target", "file", "line", "column", "end_line", "end_column", "href_start", "href_end", "cta", "departures",
    "disclosure",
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
        typer.Argument(
            metavar="[PATH]...",
            help="Pages, folders, globs or a sitemap.xml; default are the [[sources]] of cta.toml.",
        ),
    ] = None,
    format: Annotated[ScanFormat, typer.Option("--format", help="How to print the inventory.")] = ScanFormat.table,  # noqa: A002
    write: Annotated[
        bool, typer.Option("--write", help="Store the inventory, also where there is no warehouse yet.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Store what stood on the pages before too, from git.")
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
    stores = write or history or (project.root / ".cta" / "work.duckdb").exists()
    selection = select(project, given)
    with output.progress("reading pages", len(selection.files), quiet, forks=True) as step:
        if format is ScanFormat.json and not stores:
            _stream_json(project, selection, step, quiet)
            return
        inventory = extract.scan(project, given, step)
    if history:
        with output.progress("reading history", len(selection.files), quiet) as step:
            past = earlier(project, given, step)
        output.say(_stored_history(_store(project, inventory, wait, past)), quiet)
    elif stores:
        _store(project, inventory, wait)
    _print(inventory, format)
    tally = Tally().add(inventory.pages, inventory.links, Resolver(project.contract))
    for line in (*inventory.notes, *summary(tally, project, inventory.whole)):
        output.say(line, quiet)


def _stream_json(project: Project, selection: Selection, step: output.Step, quiet: bool) -> None:
    """Prints the inventory without holding it: pages are made JSON where they are read, in several processes."""
    resolver = Resolver(project.contract)

    def work(file: PageFile) -> tuple[bytes, bytes, Tally]:
        page, links = extract.page_of(file, resolver, project)
        tally = Tally().add((page,), links, resolver)
        return printed.member(page.as_json()), b",\n".join([printed.member(link.as_json()) for link in links]), tally

    tally = Tally()
    pages: list[bytes] = []
    with TemporaryFile() as links:
        for number, (page, found, told) in enumerate(each(work, selection.files), 1):
            pages.append(page)
            if found:
                links.write(found if not links.tell() else b",\n" + found)
            tally.merge(told)
            step(number, selection.files[number - 1].name)
        out = sys.stdout.buffer
        sys.stdout.flush()
        out.write(b'{\n  "pages": [\n' + b",\n".join(pages) + b"\n  ],\n")
        if links.tell():
            out.write(b'  "links": [\n')
            links.seek(0)
            copyfileobj(links, out, 1 << 20)
            out.write(b"\n  ]\n}\n")
        else:
            out.write(b'  "links": []\n}\n')
    for line in (*selection.notes, *summary(tally, project, selection.whole)):
        output.say(line, quiet)


def _store(project: Project, inventory: Inventory, wait: float, past: list[Past] | None = None) -> int:
    from cta_analytics.warehouse import inventory as stored
    from cta_analytics.warehouse.connection import writer

    with writer(project, wait=wait) as connection:
        stored.write(connection, inventory, project.contract)
        stored.date_revisions(connection, project)
        added = stored.write_history(connection, past, project.contract) if past else 0
    attribution.refresh(project, wait)
    return added


def _stored_history(added: int) -> str:
    return f"history: {_plural(added, 'earlier revision')} from git" if added else "history: nothing new in git"


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


def summary(tally: Tally, project: Project, whole: bool) -> list[str]:
    """The scan in a few lines: pages by kind, CTAs by policy, answers without a CTA, orphan products."""
    kinds = Counter(kind for _, kind in tally.pages)
    total = _plural(sum(tally.ctas.values()), "CTA")
    lines = [
        f"{_plural(len(tally.pages), 'page')}: {_counted(kinds)}",
        f"{_plural(tally.links, 'link')}, of them {total}: {_counted(tally.ctas) or 'none'}",
    ]
    if tally.departing:
        lines.append(f"depart from the contract: {_plural(tally.departing, 'CTA')}; `cta lint` shows how")
    # Kinds that some policy asks for: where none does, a page without a CTA is as it should be.
    wanted = {kind for policy in project.contract.ctas if policy.min_per_page for kind in policy.on}
    bare = [path for path, kind in tally.pages if kind in wanted and path not in tally.with_cta]
    if bare:
        lines.append(f"without their CTA: {_plural(len(bare), 'page')}: {_first(bare)}")
    # Only where the whole site was read is it known that no page links to one.
    orphans = [path for path, kind in tally.pages if whole and kind == "product" and path not in tally.linked]
    if orphans:
        lines.append(f"linked from no page: {_plural(len(orphans), 'product page')}: {_first(orphans)}")
    return lines


def _first(paths: list[str]) -> str:
    more = f" and {len(paths) - _SHOWN_NAMES} more" if len(paths) > _SHOWN_NAMES else ""
    return ", ".join(paths[:_SHOWN_NAMES]) + more


def _plural(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
