"""The command line as a whole: what loads, exit codes, one-line errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cta_analytics import __version__
from cta_analytics.cli import app, command_names

CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]


def cta(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CTA, *arguments], cwd=cwd, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )


def test_the_version_is_printed(tmp_path: Path) -> None:
    result = cta("--version", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"cta {__version__}\n", "")


def test_help_names_every_command_with_what_it_does(tmp_path: Path) -> None:
    result = cta("--help", cwd=tmp_path)
    listed = {
        line.split()[0]: line.split(None, 1)[1:] for line in result.stdout.split("Commands:")[1].splitlines() if line
    }
    assert sorted(listed) == command_names()
    assert all(listed.values()), "a command without a docstring"


@pytest.mark.parametrize("command", command_names())
def test_every_command_explains_every_option(command: str) -> None:
    group = typer.main.get_command(app)
    found = group.get_command(typer.Context(group, info_name="cta"), command)
    assert found.help
    assert [parameter.name for parameter in found.params if not parameter.help] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "cta: No such command 'nope'. See `cta --help`.\n"),
        (["query", "--formt", "json"], "cta: No such option: --formt"),
        (["query", "--sql"], "cta: Option '--sql' requires an argument. See `cta --help`.\n"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = cta(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*CTA, "query"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ.copy()
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("command", ["parse", "scan", "lint"])
def test_the_path_of_lint_loads_nothing_heavy(command: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('<a href="https://www.amazon.com/dp/B000000000">x</a>', encoding="utf-8")
    argument = "https://www.amazon.com/dp/B000000000" if command == "parse" else "page.html"
    program = (
        "import sys\nfrom cta_analytics.cli import run\n"
        f"sys.argv = ['cta', {command!r}, '--format', 'json', {argument!r}]\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "heavy = {'duckdb', 'polars', 'plotly', 'scipy', 'numpy', 'jinja2'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == "[]"
