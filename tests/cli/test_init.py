"""`cta init`: what it prints and writes, and what it says to bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cta_analytics import config

CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
HREF = "https://www.amazon.com/dp/B0PINEBOX1?tag=pine-20&amp;ascsubtag="
SLUGS = ("how-to-oil-pine", "is-pine-soft", "why-does-pine-yellow", "can-pine-get-wet")


def cta(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CTA, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    answers = tmp_path / "site" / "answers"
    answers.mkdir(parents=True)
    for slug in SLUGS:
        named = slug if slug != "is-pine-soft" else "how-to-oil-pine"
        (answers / f"{slug}.html").write_text(f'<h1>x</h1>\n<p><a href="{HREF}{named}">Shop</a>', encoding="utf-8")
    return tmp_path


LISTED = (
    'site/answers/is-pine-soft.html:2:4: amazon-product: ascsubtag is "how-to-oil-pine", not "is-pine-soft" '
    "(probably copied from /answers/how-to-oil-pine)\n"
    "different from the others of their group: 1\n"
)
SAID = "drafted: 4 pages, 4 links that can sell, 1 CTA policies\n"


def test_the_draft_is_written_and_what_differs_is_listed(folder: Path) -> None:
    result = cta("init", "site", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, LISTED, f"cta.toml {SAID}")
    project = config.read(folder / "cta.toml")
    assert [source.root for source in project.contract.sources] == ["site"]
    linted = cta("lint", "--format", "json", cwd=folder)
    assert [finding["code"] for finding in json.loads(linted.stdout)["findings"] if finding["severity"] == "error"] == [
        "UTM008"
    ]


def test_a_draft_on_stdout_is_the_file_alone(folder: Path) -> None:
    result = cta("init", "site", "--out", "-", cwd=folder)
    assert (result.returncode, result.stderr) == (0, LISTED + SAID)
    assert not (folder / "cta.toml").exists()
    written = cta("init", "site", "--quiet", cwd=folder)
    assert written.stderr == ""
    assert result.stdout == (folder / "cta.toml").read_text(encoding="utf-8")


def test_the_list_is_json_for_programs(folder: Path) -> None:
    found = json.loads(cta("init", "site", "--format", "json", cwd=folder).stdout)
    assert found["summary"] == {"pages": 4, "links": 4, "policies": 1, "differing": 1}
    assert found["contract"] == "cta.toml"
    assert found["unsure"] == []
    assert [(one["reason"], one["line"], one["departures"]) for one in found["differing"]] == [
        (
            "copied-from-page",
            2,
            [{"code": "UTM008", "key": "ascsubtag", "expected": "is-pine-soft", "actual": "how-to-oil-pine"}],
        )
    ]


def test_the_root_is_written_from_where_the_file_lies(folder: Path) -> None:
    (folder / "settings").mkdir()
    assert cta("init", "site", "--out", "settings/cta.toml", cwd=folder).returncode == 0
    assert config.read(folder / "settings" / "cta.toml").contract.sources[0].root == "../site"


def test_a_single_page_is_a_source_of_its_folder(folder: Path) -> None:
    assert cta("init", "site/answers/can-pine-get-wet.html", cwd=folder).returncode == 0
    source = config.read(folder / "cta.toml").contract.sources[0]
    assert (source.root, source.include) == ("site/answers", ["can-pine-get-wet.html"])
    assert cta("lint", cwd=folder).returncode == 0


def test_an_existing_contract_is_kept_unless_forced(folder: Path) -> None:
    (folder / "cta.toml").write_text("# mine\n", encoding="utf-8")
    result = cta("init", "site", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "cta: cta.toml: is there already; --out names another file, --force replaces it\n"
    assert (folder / "cta.toml").read_text(encoding="utf-8") == "# mine\n"
    assert cta("init", "site", "--force", cwd=folder).returncode == 0
    assert "[[ctas]]" in (folder / "cta.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing"], "missing: no such file or folder; name the folder that the site's pages are in"),
        (["empty"], "empty: no pages there; pages end in "),
        (
            ["plain"],
            "plain: no link to Amazon or to an affiliate network (pages read: 1); name the folder of the pages",
        ),
        (["site", "--out", "empty"], "empty: is a folder; --out names a file"),
        (["site", "--out", "no/cta.toml"], "no/cta.toml: there is no folder no; make it first"),
        (["site", "--ours", "missing.txt"], "missing.txt: cannot be read (No such file or directory); --ours names"),
        (
            ["site", "--out", "-", "--format", "json"],
            "--out - and --format json would both write to stdout; give --out",
        ),
    ],
)
def test_bad_input_is_one_line(folder: Path, arguments: list[str], message: str) -> None:
    (folder / "empty").mkdir()
    (folder / "plain").mkdir()
    (folder / "plain" / "a.html").write_text("<p>nothing to buy</p>", encoding="utf-8")
    result = cta("init", *arguments, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"cta: {message}")
    assert result.stderr.count("\n") == 1
    assert not (folder / "cta.toml").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_line(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0o500)
    result = cta("init", "site", "--out", "locked/cta.toml", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.startswith("cta: locked/cta.toml: cannot be written; check its permissions")


def test_what_pages_say_cannot_drive_a_terminal(folder: Path) -> None:
    page = folder / "site" / "answers" / "can-pine-get-wet.html"
    page.write_text(f'<p><a href="{HREF}%1B%5B31mred">Shop</a>', encoding="utf-8")
    result = cta("init", "site", cwd=folder)
    assert "\x1b" not in result.stdout
    assert "\\x1b[31mred" in result.stdout


def test_it_loads_nothing_heavy(folder: Path) -> None:
    program = (
        "import sys\nfrom cta_analytics.cli import run\nsys.argv = ['cta', 'init', 'site']\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "heavy = {'duckdb', 'polars', 'plotly', 'scipy', 'numpy', 'jinja2'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == "[]"
