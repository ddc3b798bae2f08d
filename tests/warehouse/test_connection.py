"""One writer, any number of readers, and a published copy that is whole at any instant."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from cta_analytics import config
from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import schema
from cta_analytics.warehouse.connection import _remedy, reader, transaction, writer


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "cta.toml").write_text('[site]\nbase_url = "https://www.example.com"\n')
    return config.read(tmp_path / "cta.toml")


def put(project: Project, value: str = "x") -> None:
    with writer(project) as connection, transaction(connection):
        connection.execute("INSERT OR REPLACE INTO internal.meta VALUES ('test', $value)", {"value": value})


def seen(project: Project) -> str | None:
    with reader(project) as connection:
        row = connection.execute("SELECT value FROM internal.meta WHERE key = 'test'").fetchone()
    return row[0] if row else None


def test_what_was_written_is_published_and_nothing_else_is(project: Project) -> None:
    put(project)
    assert seen(project) == "x"
    published = project.root / "cta.duckdb"
    before = (published.stat(), published.read_bytes())
    with writer(project):
        pass
    assert (published.stat(), published.read_bytes()) == before
    assert sorted(file.name for file in project.root.iterdir()) == [".cta", "cta.duckdb", "cta.toml"]


def test_an_empty_warehouse_is_not_published(project: Project) -> None:
    with writer(project):
        pass
    assert not (project.root / "cta.duckdb").exists()
    with pytest.raises(CtaError, match="no warehouse yet; make one with `cta ingest LOG`"), reader(project):
        pass


def test_where_the_block_raises_nothing_is_changed(project: Project) -> None:
    put(project, "old")
    before = (project.root / "cta.duckdb").read_bytes()
    with pytest.raises(KeyboardInterrupt), writer(project) as connection, transaction(connection):
        connection.execute("UPDATE internal.meta SET value = 'new' WHERE key = 'test'")
        raise KeyboardInterrupt
    assert (project.root / "cta.duckdb").read_bytes() == before
    with writer(project) as connection:
        assert connection.execute("SELECT value FROM internal.meta WHERE key = 'test'").fetchone() == ("old",)


def test_what_was_committed_before_an_error_is_published_with_the_next_success(project: Project) -> None:
    put(project, "old")
    with pytest.raises(CtaError), writer(project) as connection:
        connection.execute("UPDATE internal.meta SET value = 'new' WHERE key = 'test'")
        raise CtaError("x: broken; mend it")
    assert seen(project) == "old"
    with writer(project):
        pass
    assert seen(project) == "new"


def test_a_deleted_copy_is_made_again_and_a_lone_copy_is_taken_over(project: Project) -> None:
    put(project)
    (project.root / "cta.duckdb").unlink()
    with writer(project):
        pass
    assert seen(project) == "x"
    for file in (project.root / ".cta").iterdir():
        file.unlink()
    (project.root / ".cta").rmdir()
    put_other = "INSERT OR REPLACE INTO internal.meta VALUES ('other', 'y')"
    with writer(project) as connection:
        connection.execute(put_other)
    assert seen(project) == "x"


def test_a_publication_that_was_killed_leaves_no_rubbish(project: Project) -> None:
    (project.root / ".cta.duckdb.123.new").write_text("half")
    put(project)
    assert sorted(file.name for file in project.root.iterdir()) == [".cta", "cta.duckdb", "cta.toml"]


def test_what_a_killed_writer_had_spilled_is_removed(project: Project) -> None:
    put(project)
    spilled = project.root / ".cta" / "spill" / "duckdb_temp.tmp"
    spilled.parent.mkdir()
    spilled.write_text("192.0.2.1")
    with writer(project):
        pass
    assert not spilled.exists()


def test_the_copy_is_of_a_storage_version_that_duckdb_1_2_opens(project: Project) -> None:
    put(project)
    with duckdb.connect(str(project.root / "cta.duckdb"), read_only=True) as connection:
        row = connection.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'cta'"
        ).fetchone()
    assert row == ("v1.2.0+",)
    put(project, "again")
    with duckdb.connect(str(project.root / "cta.duckdb"), read_only=True) as connection:
        row = connection.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'cta'"
        ).fetchone()
    assert row == ("v1.2.0+",)


HOLD = """
import sys, time
from pathlib import Path
from cta_analytics import config
from cta_analytics.warehouse.connection import writer
with writer(config.read(Path(sys.argv[1]))) as connection:
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(project: Project, seconds: float, code: str = HOLD, file: str = "cta.toml") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(project.root / file), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_waits_or_names_the_first(project: Project) -> None:
    process = holder(project, 30)
    try:
        with (
            pytest.raises(
                CtaError, match=rf"process {process.pid} \(.*\) is writing; try again, or wait for it with --wait"
            ),
            writer(project),
        ):
            pass
    finally:
        process.kill()
        process.communicate()
    # A holder that was killed holds nothing.
    put(project)
    process = holder(project, 0.3)
    with writer(project, wait=20):
        pass
    assert process.wait(10) == 0
    process.communicate()


def test_a_reader_is_not_held_up_by_the_writer(project: Project) -> None:
    put(project)
    with writer(project) as connection:
        connection.execute("UPDATE internal.meta SET value = 'new' WHERE key = 'test'")
        assert seen(project) == "x"
    assert seen(project) == "new"


OPEN = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.mark.parametrize(("file", "opens"), [("cta.duckdb", reader), (".cta/work.duckdb", writer)])
def test_a_database_that_another_process_holds(project: Project, file: str, opens: object) -> None:
    put(project)
    process = holder(project, 30, OPEN, file)
    try:
        with (
            pytest.raises(
                CtaError, match=rf"{file.rsplit('/')[-1]}: held by another process \(process {process.pid}\)"
            ) as raised,
            opens(project),
        ):  # type: ignore[operator]
            pass
        assert "\n" not in str(raised.value)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("file", ["cta.duckdb", ".cta/work.duckdb"])
def test_a_newer_database_is_left_alone(project: Project, file: str) -> None:
    put(project)
    with duckdb.connect(str(project.root / file)) as connection:
        connection.execute(
            "UPDATE internal.meta SET value = $v WHERE key = 'schema_version'", {"v": str(schema.SCHEMA_VERSION + 1)}
        )
        connection.execute("UPDATE internal.meta SET value = '9.1.0' WHERE key = 'tool_version'")
    before = (project.root / "cta.duckdb").read_bytes()
    message = (
        rf"written by a newer cta-analytics \(9.1.0, schema {schema.SCHEMA_VERSION + 1}.*pip install -U cta-analytics"
    )
    with pytest.raises(CtaError, match=message), writer(project):
        pass
    assert (project.root / "cta.duckdb").read_bytes() == before
    if file == "cta.duckdb":
        with pytest.raises(CtaError, match=message), reader(project):
            pass


def test_a_damaged_file_is_left_alone(project: Project) -> None:
    put(project)
    file = project.root / "cta.duckdb"
    content = bytearray(file.read_bytes())
    content[12] = 250
    file.write_bytes(content)
    for opens in (reader, writer):
        with (
            pytest.raises(CtaError, match=r"cta.duckdb: damaged \(.*\); restore it from a copy") as raised,
            opens(project),
        ):
            pass
        assert "\n" not in str(raised.value)
    assert file.read_bytes() == content


def test_a_file_of_a_newer_duckdb_is_told_by_what_duckdb_says() -> None:
    # As DuckDB 1.2 says it of a file of 2.0; a file of the future cannot be made here.
    text = (
        "IO Error: Trying to read a database file with version number 999, but we can only read versions between 64 and 65.\n"
        "The database file was created with an newer version of DuckDB."
    )
    assert _remedy(text) == "written by a newer DuckDB; update with `pip install -U duckdb cta-analytics`"


def test_a_file_that_is_no_warehouse_is_left_alone(project: Project) -> None:
    file = project.root / "cta.duckdb"
    file.write_text("my notes, longer than the header of a database" * 1000)
    for opens in (reader, writer):
        with pytest.raises(CtaError, match=r"cta.duckdb: not a DuckDB database; move it away"), opens(project):
            pass
    file.unlink()
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE notes (note VARCHAR)")
    for opens in (reader, writer):
        with (
            pytest.raises(CtaError, match=r"cta.duckdb: a DuckDB database, but no warehouse of cta-analytics"),
            opens(project),
        ):
            pass


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE notes (note VARCHAR)",
        "DELETE FROM internal.meta",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "SELECT * FROM read_text('{folder}/cta.toml')",
        "ATTACH '{folder}/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
        "EXPORT DATABASE '{folder}/out'",
    ],
)
def test_a_reader_reads_the_warehouse_and_nothing_else(project: Project, sql: str) -> None:
    put(project)
    with reader(project) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql.format(folder=project.root))
    assert sorted(file.name for file in project.root.iterdir()) == [".cta", "cta.duckdb", "cta.toml"]


def test_a_memory_limit_that_is_none_is_told(project: Project) -> None:
    (project.root / "cta.toml").write_text('[warehouse]\nmemory_limit = "plenty"\n')
    with pytest.raises(CtaError, match='memory_limit: "plenty" is no size; write one like "1GB"'):
        config.read(project.root / "cta.toml")


def test_state_is_kept_out_of_git_and_away_from_others(project: Project) -> None:
    put(project)
    assert (project.root / ".cta").stat().st_mode & 0o777 == 0o700
    assert (project.root / ".cta" / ".gitignore").read_text() == "*\n"


def test_a_view_that_an_older_copy_lacks_is_told_with_its_remedy(project: Project) -> None:
    with writer(project) as connection:
        connection.execute("INSERT INTO internal.meta VALUES ('any', 'thing')")
    file = project.root / "cta.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("DROP VIEW sessions")
    with reader(project) as connection, pytest.raises(duckdb.CatalogException):
        connection.execute("SELECT * FROM sessions")
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE internal.meta SET value = 'before' WHERE key = 'schema_sha256'")
    with (
        pytest.raises(CtaError, match="published by another version of cta-analytics; run `cta upgrade`"),
        reader(project) as connection,
    ):
        connection.execute("SELECT * FROM sessions")
