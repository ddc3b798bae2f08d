"""`cta lint --format` and `--output`: what goes to stdout, what into files."""

import json
import os
import stat
import subprocess
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.cli.test_lint import BAD, GOOD, page

from cta_analytics.lint import OUTPUTS


def test_every_output_is_in_the_help(cta, tmp_path):
    text = " ".join(cta("lint", "--help", cwd=tmp_path).stdout.split())
    assert f"What to print: {', '.join(OUTPUTS)}." in text


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_every_output_has_the_verdict_of_the_run(cta, tmp_path, name):
    result = cta("lint", "--format", name, cwd=page(tmp_path, BAD))
    assert (result.returncode, result.stderr) == (1, "")
    assert "UTM008" in result.stdout
    assert cta("lint", "--format", name, cwd=page(tmp_path, GOOD)).returncode == 0


def test_one_run_prints_one_format_and_writes_others(cta, tmp_path):
    page(tmp_path, BAD)
    result = cta("lint", "--output", "sarif=cta.sarif", "--output", "junit=out=1.xml", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout == cta("lint", cwd=tmp_path).stdout
    assert (tmp_path / "cta.sarif").read_text() == cta("lint", "--format", "sarif", cwd=tmp_path).stdout
    assert ElementTree.fromstring((tmp_path / "out=1.xml").read_text()).get("failures") == "1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cta.sarif", "cta.toml", "out=1.xml", "site"]


def test_a_file_is_replaced_as_a_whole_and_a_link_stays_one(cta, tmp_path):
    page(tmp_path, BAD)
    (tmp_path / "real.json").write_text("old " * 10_000)
    (tmp_path / "link.json").symlink_to("real.json")
    cta("lint", "--output", "json=link.json", cwd=tmp_path)
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["summary"]["errors"] == 1


def test_a_pipe_is_written_to_and_not_replaced(cta, tmp_path):
    page(tmp_path, BAD)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    cta("lint", "--output", "json=pipe", cwd=tmp_path)
    reader.join(timeout=20)
    assert json.loads(read[0])["summary"]["errors"] == 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "sarif"], 'cta: --output "sarif" names no file; write it as --output sarif=cta.sarif\n'),
        (["--output", "nope=x"], f'cta: --output "nope" is unknown; known are {", ".join(OUTPUTS)}\n'),
        (["--format", "nope"], f'cta: --format "nope" is unknown; known are {", ".join(OUTPUTS)}\n'),
        (
            ["--output", "sarif=x", "--output", "json=x"],
            'cta: --output "json=x": x is to be written already; give each format its own file\n',
        ),
        (
            ["--output", "sarif=gone/x"],
            "cta: gone/x: cannot be written (No such file or directory); name a file in a folder of yours\n",
        ),
        (["--output", "sarif=site"], "cta: site: cannot be written (Is a directory); name a file in a folder of yours\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_one_line(cta, tmp_path, arguments, said):
    result = cta("lint", *arguments, cwd=page(tmp_path, GOOD))
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)


def test_services_get_paths_from_the_root_of_the_repository(cta, tmp_path):
    (tmp_path / "web").mkdir()
    page(tmp_path / "web", BAD)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name in ("sarif", "junit", "github", "gitlab", "markdown"):
        assert "web/site/answers/quiet-kettle.md" in cta("lint", "--format", name, cwd=tmp_path / "web").stdout
    for name in ("text", "json"):
        assert "web/site" not in cta("lint", "--format", name, cwd=tmp_path / "web").stdout


def test_the_same_pages_give_the_same_bytes_wherever_they_lie(cta, tmp_path):
    texts = []
    for place in ("here", "there/deep"):
        folder: Path = tmp_path / place
        folder.mkdir(parents=True)
        page(folder, BAD)
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        texts.append([cta("lint", "--format", name, cwd=folder).stdout for name in OUTPUTS])
    assert texts[0] == texts[1]
