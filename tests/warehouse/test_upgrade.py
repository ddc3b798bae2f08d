"""A warehouse of an older version: refused in one line by every command, and brought up to date by one."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import queries, schema
from cta_analytics.warehouse.connection import reader, writer
from cta_analytics.warehouse.upgrade import upgrade

VERSIONS = Path(__file__).parent / "versions"
# One log of three lines, and another that had two of them, one twice, before it brought a line of its own.
ROWS = """
INSERT INTO internal.meta VALUES ('schema_version', '1'), ('tool_version', '0.0.9');
INSERT INTO internal.sources VALUES
    (1, 'a.log', 'combined', 'aa', 100, 300, 'bb', 300, 3, NULL), (2, 'b.log', 'combined', 'cc', 100, 400, 'dd', 400, 4, 77);
INSERT INTO internal.batches VALUES
    (1, 1, 'a.log', 'combined', 3, 2, 0, 0, 0, 1, 0, MAP {}, TIMESTAMP '2026-09-07 13:00:00', TIMESTAMP '2026-09-07 13:01:00',
        TIMESTAMP '2026-09-08 00:00:00', '0.0.9'),
    (2, 2, 'b.log', 'combined', 5, 1, 0, 0, 0, 0, 4, MAP {}, TIMESTAMP '2026-09-07 13:00:00', TIMESTAMP '2026-09-07 14:00:00',
        TIMESTAMP '2026-09-08 00:00:00', '0.0.9');
INSERT INTO internal.fingerprints VALUES
    (1, 1, 1, TIMESTAMP '2026-09-07 13:00:00', 11, 1), (1, 1, 2, TIMESTAMP '2026-09-07 13:01:00', 12, 1), (1, 1, 3, NULL, 13, 255),
    (2, 2, 5, TIMESTAMP '2026-09-07 14:00:00', 14, 1);
INSERT INTO internal.repeats VALUES
    (2, TIMESTAMP '2026-09-07 13:00:00', 11, 2), (2, TIMESTAMP '2026-09-07 13:01:00', 12, 1), (2, NULL, 13, 1),
    (3, TIMESTAMP '2026-09-07 13:00:00', 11, 1);
INSERT INTO internal.rejected_lines VALUES (1, 3, 'no request', 'rubbish');
INSERT INTO internal.user_agents VALUES (1, 1, 'Firefox', 'human', NULL, 'list-1', 'desktop');
INSERT INTO internal.paths VALUES (1, '/answers/a', 'site', NULL, 'answer', 'a');
INSERT INTO internal.events
SELECT 1, occurred_at, DATE '2026-09-07', 1, 1, NULL, NULL, NULL, NULL, NULL, 3, NULL, false, false, fingerprint, batch_id, line_number
FROM internal.fingerprints
WHERE occurred_at IS NOT NULL;
"""


@pytest.fixture
def old(tmp_path: Path) -> config.Project:
    """A project whose warehouse version 1 wrote."""
    (tmp_path / ".cta").mkdir()
    for file in ("cta.duckdb", ".cta/work.duckdb"):
        with duckdb.connect(str(tmp_path / file), config={"storage_compatibility_version": "v1.2.0"}) as connection:
            connection.execute((VERSIONS / "1.sql").read_text() + ROWS)
    return config.Project(contract=config.Contract(), root=tmp_path, file=None)


def test_every_command_says_in_one_line_what_to_run(old: config.Project) -> None:
    before = (old.root / "cta.duckdb").read_bytes()
    for opens in (reader, writer):
        with (
            pytest.raises(
                CtaError, match=r"\.duckdb: written by an older cta-analytics \(schema 1; .*; run `cta upgrade`$"
            ),
            opens(old),
        ):
            pass
    assert (old.root / "cta.duckdb").read_bytes() == before


def test_an_upgrade_keeps_what_was_stored_and_a_copy_of_before(old: config.Project) -> None:
    done = upgrade(old)
    assert (done.before, done.after) == (1, schema.SCHEMA_VERSION)
    assert done.migrations == tuple(queries.names("migrations"))
    assert done.copy == old.root / ".cta" / f"before-schema-{schema.SCHEMA_VERSION}.duckdb"
    with duckdb.connect(str(done.copy), read_only=True) as copy:
        assert copy.execute("SELECT sum(copies) FROM internal.repeats").fetchall() == [(5,)]
    with reader(old) as connection:
        assert connection.execute("SELECT event_id, line_number FROM pageviews ORDER BY event_id").fetchall() == [
            (11, 1), (12, 2), (14, 5),
        ]  # fmt: skip
        assert connection.execute("SELECT batch_id, lines FROM batches ORDER BY batch_id").fetchall() == [
            (1, 3),
            (2, 5),
        ]
        repeats = connection.execute("SELECT * FROM internal.repeats ORDER BY source_id, fingerprint, line_number")
        assert [(source, batch, number < 0, fingerprint) for source, batch, number, _, fingerprint in repeats.fetchall()] == [
            (2, 2, True, 11), (2, 2, True, 11), (2, 2, True, 12), (2, 2, True, 13), (3, None, True, 11),
        ]  # fmt: skip
        assert connection.execute("SELECT source_id, lines, is_rewound FROM internal.sources ORDER BY 1").fetchall() == [
            (1, 3, False), (2, 4, False),
        ]  # fmt: skip
        for name in queries.names("audits"):
            assert connection.execute(queries.read("audits", name).sql).fetchall() == []


def test_an_upgraded_warehouse_has_the_tables_and_views_of_a_new_one(old: config.Project, tmp_path: Path) -> None:
    upgrade(old)
    (tmp_path / "new").mkdir()
    new = config.Project(contract=config.Contract(), root=tmp_path / "new", file=None)
    columns = (
        "SELECT schema_name, table_name, column_index, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY ALL"
    )
    found = []
    for project in (old, new):
        with writer(project) as connection:
            found.append(connection.execute(columns).fetchall())
    assert found[0] == found[1]


def test_a_second_upgrade_does_nothing(old: config.Project) -> None:
    upgrade(old)
    again = upgrade(old)
    assert (again.before, again.migrations, again.copy) == (schema.SCHEMA_VERSION, (), None)


def test_an_upgrade_that_fails_leaves_the_warehouse_as_it_was(
    old: config.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "_define", fail)
        with pytest.raises(KeyboardInterrupt):
            upgrade(old)
    with duckdb.connect(str(old.root / ".cta/work.duckdb"), read_only=True) as connection:
        assert schema.version(connection) == 1
        assert connection.execute("SELECT sum(copies) FROM internal.repeats").fetchall() == [(5,)]
    assert upgrade(old).before == 1


def test_only_the_published_copy_is_there(old: config.Project) -> None:
    (old.root / ".cta/work.duckdb").unlink()
    assert upgrade(old).before == 1
    with reader(old) as connection:
        assert connection.execute("SELECT count(*) FROM pageviews").fetchall() == [(3,)]


def test_without_a_warehouse_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    project = config.Project(contract=config.Contract(), root=tmp_path, file=None)
    with pytest.raises(CtaError, match="no warehouse yet"):
        upgrade(project)
    assert list(tmp_path.iterdir()) == []


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(name[:4]) for name in queries.names("migrations")]
    assert numbers == list(range(2, len(numbers) + 2))
    assert all(re.fullmatch(r"[0-9]{4}_[a-z0-9_]+", name) for name in queries.names("migrations"))
