"""The two ways to the warehouse: one writer on `.cta/work.duckdb`, any number of readers on `cta.duckdb`."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import known, lock, publish, schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Setting = str | bool | int | float | list[str]

UNPUBLISHED = "unpublished"
"""The file of `.cta/` that says that what was written is still to be published."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""What it is called where no more can be written."""

STORAGE_VERSION = "v1.2.0"
"""The oldest DuckDB that opens what is published."""


def published_file(project: Project) -> Path:
    """Where the warehouse stands for readers: `cta.duckdb` beside `cta.toml`."""
    return project.root / "cta.duckdb"


def state_folder(project: Project) -> Path:
    """The tool's own state, `.cta/` beside `cta.toml`; made where it is missing, and kept out of git."""
    folder = project.root / ".cta"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
    except OSError as error:
        raise CtaError(f"{folder}: cannot be written ({error.strerror}); run where the folder is yours") from None
    return folder


def existing(project: Project) -> None:
    """Check that there is a warehouse, for what changes one and makes none.

    Raises: CtaError where there is none.
    """
    target = published_file(project)
    if not target.exists() and not (project.root / ".cta" / "work.duckdb").exists():
        raise CtaError(f"{target}: no warehouse yet; make one with `cta ingest LOG`, or with `cta run`")


@contextmanager
def writer(project: Project, wait: float = 0.0) -> Iterator[DuckDBPyConnection]:
    """The one writing connection, in autocommit; on success what it wrote is published as `cta.duckdb`.

    Where the block raises, nothing is published; transactions that it had committed are published with the next success.

    Raises: CtaError where another process writes for longer than `wait` seconds, or where a newer version wrote the database.
    """
    target = published_file(project)
    with exclusive(project, wait) as work:
        folder = work.parent
        unpublished = folder / UNPUBLISHED
        # A copy that somebody deleted is made again; a warehouse that is still to be filled is not published.
        pending = unpublished.exists() or (work.exists() and not target.exists())
        connection = open_work(work, project)
        try:
            with _told(work, project):
                is_changed = schema.prepare(connection, work, schema.settings(project.contract))
                known.begin(connection)
                # What a killed run, or an older version, has left to do.
                is_settled = known.settle(connection) is not None
            pending = pending or ((is_changed or is_settled) and target.exists())
            before = publish.stamp(work)
            if pending or target.exists():
                unpublished.touch()
            with _told(work, project):
                yield connection
                known.settle(connection)
                # Whatever was written since is either in the file or in its write-ahead log.
                if pending or publish.stamp(work) != before or _size(Path(f"{work}.wal")):
                    _mark(connection)
                    connection.execute("CHECKPOINT")
                    connection.close()
                    publish.replace(target, work)
                    (folder / "published").write_text(publish.stamp(target))
            unpublished.unlink(missing_ok=True)
        finally:
            connection.close()


@contextmanager
def exclusive(project: Project, wait: float = 0.0) -> Iterator[Path]:
    """The file that the writer works on, held against other writers; it may be of an older version, or not be there yet.

    Raises: CtaError where another process writes for longer than `wait` seconds, or where a newer version wrote `cta.duckdb`.
    """
    folder = state_folder(project)
    target = published_file(project)
    work = folder / "work.duckdb"
    with lock.held(folder / "lock", wait):
        publish.clear_drafts(target)
        # What a killed run had spilled may hold addresses.
        shutil.rmtree(folder / "spill", ignore_errors=True)
        _accept(folder, target, work)
        with _interruptible():
            yield work


@contextmanager
def _told(work: Path, project: Project) -> Iterator[None]:
    """What the machine runs out of, as something that the user can put right."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        limit = project.contract.warehouse.memory_limit
        first = str(error).splitlines()[0]
        raise CtaError(f"{work}: {first}; raise [warehouse] memory_limit in cta.toml (it is {limit})") from None
    except duckdb.Error as error:
        # A full disk shows as one error or another, wherever it is met: in a query, a commit or a checkpoint.
        if not isinstance(error, duckdb.IOException) and not any(os.strerror(code) in str(error) for code in _FULL):
            raise
        first = str(error).splitlines()[0]
        raise CtaError(f"{work}: {first}; free some space there, and run the command again") from None
    except OSError as error:
        if error.errno not in _FULL:
            raise
        where = error.filename or work
        raise CtaError(f"{where}: {error.strerror}; free some space there, and run the command again") from None


@contextmanager
def reader(project: Project) -> Iterator[DuckDBPyConnection]:
    """A connection that can read `cta.duckdb` and nothing else: no other file, no setting, no extension.

    Raises: CtaError where there is no warehouse, or where it cannot be read by this version.
    """
    file = published_file(project)
    if not file.exists():
        raise CtaError(f"{file}: no warehouse yet; make one with `cta ingest LOG`, or with `cta run`")
    connection = _connect(
        file, read_only=True, enable_external_access=False, lock_configuration=True, **_limits(project, None)
    )
    try:
        if schema.check(connection, file) is None:
            raise CtaError(
                f"{file}: a DuckDB database, but no warehouse of cta-analytics; move it away, then run `cta run`"
            )
        with _interruptible(), _of_this_version(connection, file):
            yield connection
    finally:
        connection.close()


@contextmanager
def _of_this_version(connection: DuckDBPyConnection, file: Path) -> Iterator[None]:
    """A view or column that is not there yet, since an older version published the copy, as something to be put right."""
    import duckdb

    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException):
        if schema.is_current(connection):
            raise
        raise CtaError(f"{file}: published by another version of cta-analytics; run `cta upgrade`") from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C while DuckDB works on a query, as Python tells of it everywhere else."""
    import duckdb

    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        # DuckDB for Python has no class of its own for it.
        if not isinstance(error, duckdb.InterruptException) and str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _limits(project: Project, spill: Path | None) -> dict[str, Setting]:
    settings = project.contract.warehouse
    limits: dict[str, Setting] = {
        "memory_limit": settings.memory_limit,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if settings.threads:
        limits["threads"] = settings.threads
    if spill:
        limits["temp_directory"] = str(spill)
    return limits


def open_work(work: Path, project: Project) -> DuckDBPyConnection:
    """A connection to the file that `exclusive` gives."""
    spill = work.with_name("spill")
    return _connect(
        work,
        read_only=False,
        storage_compatibility_version=STORAGE_VERSION,
        preserve_insertion_order=True,
        **_limits(project, spill),
    )


def _connect(file: Path, *, read_only: bool, **config: Setting) -> DuckDBPyConnection:
    import duckdb

    try:
        return duckdb.connect(str(file), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise CtaError(f"{file}: {_remedy(str(error))}") from None


def _remedy(text: str) -> str:
    """What DuckDB says of a file that it cannot open, with what would help."""
    first = text.splitlines()[0]
    if re.search(r"\block\b", text):
        return f"held by another process{_holder(text)}; close that connection and try again"
    if "version number" in text:
        return "written by a newer DuckDB; update with `pip install -U duckdb cta-analytics`"
    if "not a valid DuckDB database" in text:
        return "not a DuckDB database; move it away and run the command again"
    if "Corrupt" in text:
        return f"damaged ({first}); restore it from a copy, or move it away and run the command again"
    return f"cannot be opened ({first}); check the file and its permissions"


def _holder(text: str) -> str:
    found = re.search(r"PID (\d+)", text)
    return f" (process {found[1]})" if found else ""


def _accept(folder: Path, target: Path, work: Path) -> None:
    """Check a `cta.duckdb` that this folder did not publish, before it is ever replaced; take it over where it is all there is."""
    seal = folder / "published"
    if not target.exists() or (work.exists() and seal.exists() and seal.read_text() == publish.stamp(target)):
        return
    connection = _connect(target, read_only=True)
    try:
        found = schema.known_version(connection, target)
    finally:
        connection.close()
    if found is None:
        raise CtaError(
            f"{target}: a DuckDB database, but no warehouse of cta-analytics; move it away and run the command again"
        )
    if not work.exists():
        publish.replace(work, target)


def _mark(connection: DuckDBPyConnection) -> None:
    with transaction(connection):
        # Later than all that is in it, so that a report can be made again as known at this instant.
        at = known.instant(connection)
        connection.execute("DELETE FROM internal.published")
        connection.execute(
            "INSERT INTO internal.published SELECT $at, max(occurred_at), $tool, $schema FROM internal.events",
            {"at": at, "tool": __version__, "schema": schema.SCHEMA_VERSION},
        )


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size  # noqa: PTH116
    except FileNotFoundError:
        return 0
