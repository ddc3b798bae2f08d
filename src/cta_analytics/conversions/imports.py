"""`cta import` without its printing: files in, what they became and which failed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.config import Project
from cta_analytics.conversions import accounts, as_of, attribution, detect, document, store
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.importer import Reading, Settings
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import connection as warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_REPORTS = (".csv", ".tsv", ".json", ".xlsx", ".xlsm", ".zip")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of which nothing was taken in. `message` begins with the file; its first line is the error."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files, in their order. `notes` are about files, `untied` about names that have no tag."""

    imported: tuple[store.Import, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
    untied: tuple[attribution.Untied, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parsed:
    document: document.Document
    source: str
    settings: Settings
    reading: Reading
    as_of: as_of.AsOf | None


def configured(project: Project) -> list[Path]:
    """The files of `[imports] files`: patterns, files and folders, relative to cta.toml.

    Raises: CtaError where there are none.
    """
    patterns = project.contract.imports.files
    if not patterns:
        raise CtaError("no report is named; name files, or set [imports] files in cta.toml")
    found: list[Path] = []
    for pattern in patterns:
        plain = project.resolve(pattern)
        matched = (
            [plain] if plain.exists() else sorted(project.root.glob(pattern)) if not Path(pattern).is_absolute() else []
        )
        if not matched:
            raise CtaError(f'imports.files: nothing matches "{pattern}" below {project.root}; put the reports there')
        found += matched
    return found


def expand(named: Sequence[Path]) -> list[Path]:
    """The files that are named, a folder as all that it holds (hidden files aside), each once."""
    found: list[Path] = []
    for path in named:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        found += [
            p
            for p in inside
            if p == path or not any(part.startswith((".", "~$")) for part in p.relative_to(path).parts)
        ]
        if path.is_dir() and not inside:
            raise CtaError(f"{path}: holds no file; put reports there, or name another folder")
    return list(dict.fromkeys(found))


def run(
    project: Project,
    named: Sequence[Path],
    *,
    told_as_of: datetime | None = None,
    account: str | None = None,
    wait: float = 0.0,
) -> Outcome:
    """Import files, each whole or not at all; one that fails does not stop the others.

    Raises: CtaError where the contract is wrong or the warehouse cannot be written.
    """
    detect.check_mappings(project.contract.imports)
    linked: list[str] | None = None
    parsed: list[_Parsed] = []
    failures: list[Failure] = []
    notes: list[str] = []
    files = {path.absolute() for path in named}
    for path in expand([path.absolute() for path in named]):
        name = shown(project, path)
        try:
            parts = document.parts(path, name)
        except CtaError as error:
            if path in files or _is_named_like_a_report(path.name):
                failures.append(_failure(name, error))
            else:
                notes.append(f"passed over {str(error).partition(chr(10))[0]}")
            continue
        notes += parts.notes
        for part in parts.documents:
            try:
                if linked is None:
                    linked = _linked_marketplaces(project)
                parsed.append(_parse(project, part, told_as_of, account, linked))
            except CtaError as error:
                if _may_be_passed_over(project, part, len(parts.documents) == 1 and path in files):
                    notes.append(f"passed over {part.name}: not a report")
                else:
                    failures.append(_failure(part.name, error))
    for p in parsed:
        notes += [f"{p.document.name}: {note}" for note in p.reading.notes]
        if not p.reading.statements and not p.reading.notes:
            notes.append(f"{p.document.name}: a report without rows; nothing changed")
    if not any(p.reading.statements for p in parsed):
        return Outcome((), tuple(failures), tuple(notes))
    with warehouse.writer(project, wait) as connection:
        if attribution.is_stale(connection):
            # What clicks have changed by now is not for the import to answer for.
            with warehouse.transaction(connection):
                attribution.refresh(connection, project)
        with warehouse.transaction(connection):
            imported = _write(connection, parsed)
            untied = attribution.refresh(connection, project, [each.document.name for each in parsed if each.as_of])
        notes += attribution.vanished(connection, [each.import_id for each in imported if each.status != "unchanged"])
    return Outcome(tuple(imported), tuple(failures), tuple(notes), untied)


def _failure(name: str, error: CtaError) -> Failure:
    text = str(error)
    return Failure(name, text if text.startswith(name) else f"{name}: {text}")


def _is_named_like_a_report(name: str) -> bool:
    """Whether a file of a folder is one that a person put there as a report: then what is wrong with it is an error."""
    return name.casefold().removesuffix(".gz").endswith(_REPORTS)


def _may_be_passed_over(project: Project, part: Document, is_named: bool) -> bool:
    """Whether a part is no report at all: not named by the user, and nothing in it is known to any importer."""
    named = _is_named_like_a_report(part.names[0]) and not part.sheet
    return not is_named and not named and not detect.is_like_a_report(part, project.contract.imports)


def shown(project: Project, path: Path) -> str:
    """How a file is called: relative to cta.toml where it stands below it, so that it is the same on every machine."""
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)


def _parse(
    project: Project, found: Document, told: datetime | None, account: str | None, linked: Sequence[str]
) -> _Parsed:
    source, importer = detect.source_of(found, project.contract.imports)
    settings = accounts.settings(project, source, found.path, account, linked)
    reading = importer.read(found, settings)
    if not reading.statements:
        return _Parsed(found, source, settings, reading, None)
    last, zone = max(statement.covers_to for statement in reading.statements), project.contract.zone
    # A file in a ZIP may bear a time in its own name, else the ZIP does.
    dated = next((name for name in found.names if as_of.in_name(name, last, zone)), found.path.name)
    decided = as_of.decide(
        dated,
        last,
        zone,
        told=told,
        in_file=reading.as_of,
        modified_at=found.modified_at,
    )
    return _Parsed(found, source, settings, reading, decided)


def _write(connection: DuckDBPyConnection, parsed: Sequence[_Parsed]) -> list[store.Import]:
    return [
        store.write(
            connection,
            statement,
            store.File(each.source, each.document.name, each.document.sha256),
            each.settings,
            each.as_of,
        )
        for each in parsed
        if each.as_of
        for statement in each.reading.statements
    ]


def _linked_marketplaces(project: Project) -> list[str]:
    """The marketplaces of the scanned links with a tag of Amazon, as published; none where nothing was scanned."""
    if project.contract.accounts or not warehouse.published_file(project).exists():
        return []
    with warehouse.reader(project) as connection:
        rows = connection.execute(
            "SELECT DISTINCT u.marketplace FROM links AS l JOIN urls AS u USING (url_id) "
            "WHERE coalesce(u.tag, u.tracking_id, u.channel) IS NOT NULL AND u.marketplace IS NOT NULL"
        ).fetchall()
    return [row[0] for row in rows]
