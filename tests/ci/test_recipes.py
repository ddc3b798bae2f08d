"""`docs/ci.md`: each recipe executed, as far as that goes without the service."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from tests.ci.conftest import BAD, GOOD, PAGE, git, needs_changed
from tests.ci.workflow import Runner

from cta_analytics.pages import READERS

ROOT = Path(__file__).parents[2]


def recipes(heading: str, language: str) -> list[str]:
    """The blocks of a section in a language."""
    text = (ROOT / "docs" / "ci.md").read_text()
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    (found,) = [part for part in section if part.startswith(f"{heading}\n")]
    return re.findall(rf"```{language}\n(.*?)```", found, re.DOTALL)


@pytest.fixture
def shell(repository, programs):
    """Runs a script in the repository, with `cta` and stand-ins on the path."""
    made: list[Path] = []

    def run(script: str, environment: dict[str, str] | None = None, **others: str) -> subprocess.CompletedProcess[str]:
        if not made:
            made.append(programs(**others))
        path = f"{made[0]}:{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-ec", script], cwd=repository, env=os.environ | {"PATH": path} | (environment or {}),
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_the_github_workflow_uses_the_action_as_it_is():
    workflow, _ = recipes("GitHub", "yaml")
    # YAML 1.1 reads the key `on` as true.
    read: dict[Any, Any] = yaml.safe_load(workflow)
    assert set(read[True]) == {"pull_request", "push"}
    checkout, action = read["jobs"]["cta-lint"]["steps"]
    assert checkout == {"uses": "actions/checkout@v6", "with": {"fetch-depth": 0}}
    assert action["uses"] == "OWNER/cta-analytics@v0"
    assert set(action["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])


def test_the_comment_is_the_file_of_the_action(repository, programs, tmp_path):
    _, text = recipes("GitHub", "yaml")
    temp = tmp_path / "temp"
    temp.mkdir()
    folder = programs(gh='echo "$GH_TOKEN $@"')
    context = {
        "github.event_name": "pull_request", "github.event.number": "7", "github.token": "secret-token",
        "steps.cta.outputs.comment": "cta.md",
    }  # fmt: skip
    runner = Runner(repository, temp, context, {"PATH": f"{folder}:{os.environ['PATH']}"}, failed=True)
    runner.run(yaml.safe_load(text))
    (done,) = runner.done
    assert done.stdout == "secret-token pr comment 7 --edit-last --create-if-none --body-file cta.md\n"
    runner = Runner(repository, temp, context | {"steps.cta.outputs.comment": ""}, {})
    runner.run(yaml.safe_load(text))
    assert runner.done == []


@pytest.fixture
def gitlab(shell, repository):
    """Runs the job's script; returns its exit code and the job."""
    (text,) = recipes("GitLab", "yaml")
    job = yaml.safe_load(text)["cta-lint"]

    def run(**environment: str) -> tuple[int, Any]:
        done = shell("\n".join(job["script"]), environment, pip="exit 0")
        return done.returncode, job

    return run


def test_the_gitlab_job_writes_the_reports_that_it_names(gitlab, repository):
    (repository / PAGE).write_text(BAD)
    code, job = gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA="")
    assert code == 1
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    assert [entry["check_name"] for entry in json.loads((repository / reports["codequality"]).read_text())] == [
        "UTM008"
    ]
    assert ElementTree.fromstring((repository / reports["junit"]).read_text()).get("failures") == "1"


@needs_changed
def test_the_gitlab_job_judges_a_merge_request_by_what_it_changes(gitlab, repository):
    (repository / PAGE).write_text(BAD)
    git(repository, "commit", "-qam", "Spoil a page")
    assert gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA=git(repository, "rev-parse", "HEAD"))[0] == 0
    assert gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA=git(repository, "rev-parse", "HEAD~"))[0] == 1


def test_the_pre_commit_hook_takes_the_files_that_can_be_read():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    suffixes = {suffix for reader in READERS.values() for suffix in reader.suffixes}
    assert suffixes == {suffix for suffix in suffixes if re.search(hook["files"], f"site/page{suffix}")}
    endings = re.search(r"\((?:[\w|]|\\\.)+\)\$$", hook["files"])[0].strip("()$").replace("\\.", ".").split("|")
    assert {f".{ending}" for ending in endings} == suffixes
    assert not re.search(hook["files"], "site/markdown")


def test_the_pre_commit_hook_judges_the_files_that_it_is_given(shell, repository):
    (configuration,) = recipes("pre-commit", "yaml")
    (wanted,) = yaml.safe_load(configuration)["repos"][0]["hooks"]
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert wanted["id"] == hook["id"]
    assert re.search(wanted["files"], PAGE)
    other = "site/answers/calm cup.md"
    (repository / other).write_text(BAD)
    assert shell(f"{hook['entry']} {PAGE}").returncode == 0
    done = shell(f"{hook['entry']} {PAGE} '{other}'")
    assert done.returncode == 1
    assert other in done.stdout


@needs_changed
def test_the_git_hook_stops_a_bad_commit(shell, repository):
    (script,) = recipes("A git hook", "bash")
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(script)
    hook.chmod(0o755)
    commit = "git -c user.name=Larkmoor -c user.email=web@larkmoor.example commit -qam Change"
    (repository / PAGE).write_text(BAD)
    stopped = shell(commit)
    assert stopped.returncode == 1
    assert "UTM008" in stopped.stdout + stopped.stderr
    (repository / PAGE).write_text(f"{GOOD}\nA word.\n")
    assert shell(commit).returncode == 0
    # A commit that changes no page is no business of the hook.
    (repository / "notes.txt").write_text("x")
    assert shell(f"git add notes.txt; {commit}").returncode == 0


def test_the_jenkins_stage_writes_the_report_that_it_publishes(shell, repository):
    (text,) = recipes("Jenkins", "groovy")
    (script,) = re.findall(r"\bsh '([^']+)'", text)
    (published,) = re.findall(r"\bjunit '([^']+)'", text)
    (repository / PAGE).write_text(BAD)
    assert shell(script).returncode == 1
    assert ElementTree.fromstring((repository / published).read_text()).get("failures") == "1"
    assert text.count("{") == text.count("}")


def test_any_build_server_gets_a_verdict_and_a_report(shell, repository):
    (script,) = recipes("Any other build server", "bash")
    assert shell(script).returncode == 0
    assert ElementTree.fromstring((repository / "cta.xml").read_text()).get("failures") == "0"
    (repository / PAGE).write_text(BAD)
    assert shell(script).returncode == 1
