"""`cta scan --history`: what stood on a page before, from git."""

import json
import os
import subprocess
from datetime import date

import duckdb
import pytest

CONTRACT = """
[site]
base_url = "https://www.larkmoor.example"
timezone = "America/Chicago"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[ctas]]
name = "pot"
match = { kind = "amazon_product" }
"""


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "cta.toml").write_text(CONTRACT)
    (tmp_path / "site" / "answers").mkdir(parents=True)

    def git(*arguments: str, at: str = "2026-01-01T12:00:00+00:00") -> None:
        environment = os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00+00:00"}
        who = ("-c", "user.name=A", "-c", "user.email=a@larkmoor.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True)

    def commit(name: str, text: str, at: str) -> None:
        (tmp_path / "site" / "answers" / name).write_text(text)
        git("add", "-A")
        git("commit", "-m", "x", at=at)

    git("init", "-q")
    return tmp_path, git, commit


def link(asin: str) -> str:
    return f'<p>Some words that stay as they are.</p><a href="https://www.amazon.com/dp/{asin}">x</a>'


def revisions(root):
    with duckdb.connect(str(root / "cta.duckdb"), read_only=True) as database:
        rows = database.execute(
            "SELECT path, revision, opened_on, closed_on, is_assumed, ctas FROM revisions ORDER BY path, revision"
        ).fetchall()
    return [(*row[:5], [cta["url"][-3:] for cta in json.loads(row[5])]) for row in rows]


def test_earlier_revisions_come_from_git(cta, repository):
    root, git, commit = repository
    commit("tee.html", link("B000000AAA"), "2026-02-01T12:00:00+00:00")
    git("mv", "site/answers/tee.html", "site/answers/tea.html")
    git("commit", "-m", "x", at="2026-02-10T12:00:00+00:00")
    commit("tea.html", link("B000000AAA") + "<p>More.</p>", "2026-02-20T12:00:00+00:00")
    # Four in the morning UTC is the day before in Chicago; the last commit of a day counts.
    commit("tea.html", link("B000000XXX"), "2026-03-01T02:00:00+00:00")
    commit("tea.html", link("B000000BBB"), "2026-03-01T04:00:00+00:00")
    commit("new.html", link("B000000CCC"), "2026-04-01T12:00:00+00:00")
    (root / "site" / "answers" / "loose.html").write_text(link("B000000DDD"))
    result = cta("scan", "--history", cwd=root)
    assert result.returncode == 0, result.stderr
    found = revisions(root)
    assert [row for row in found if row[0] != "/answers/loose"] == [
        ("/answers/new", 1, date(2026, 4, 1), None, True, ["CCC"]),
        ("/answers/tea", 1, date(2026, 2, 1), date(2026, 2, 28), True, ["AAA"]),
        ("/answers/tea", 2, date(2026, 2, 28), None, False, ["BBB"]),
    ]
    assert "history: 1 earlier revision from git" in result.stderr
    again = cta("scan", "--history", cwd=root)
    assert revisions(root) == found
    assert "history: nothing new in git" in again.stderr


def test_without_git_there_is_no_history(cta, tmp_path):
    (tmp_path / "cta.toml").write_text(CONTRACT)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text(link("B000000AAA"))
    result = cta("scan", "--history", cwd=tmp_path)
    assert result.returncode == 0
    assert len(revisions(tmp_path)) == 1


def test_a_new_revision_is_dated_by_its_commit(cta, repository):
    root, _, commit = repository
    commit("tea.html", link("B000000AAA"), "2026-02-01T12:00:00+00:00")
    assert cta("scan", "--history", cwd=root).returncode == 0
    commit("tea.html", link("B000000BBB"), "2026-03-01T12:00:00+00:00")
    assert cta("scan", cwd=root).returncode == 0
    assert revisions(root) == [
        ("/answers/tea", 1, date(2026, 2, 1), date(2026, 3, 1), True, ["AAA"]),
        ("/answers/tea", 2, date(2026, 3, 1), None, False, ["BBB"]),
    ]
