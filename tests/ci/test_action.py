"""`action.yml`: its steps run in a repository, with stand-ins for pip and for GitHub."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from tests.ci.conftest import BAD, GOOD, PAGE, git, needs_changed
from tests.ci.workflow import Runner

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
# Python as the action finds it: it makes a venv whose pip says what it was asked for and whose cta is this one.
PYTHON = f"""
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"
  cp "$0" "$3/bin/python"
  cp "$(dirname "$0")/cta" "$3/bin/cta"
elif [ "$1 $2" = "-m pip" ]; then
  echo "${{@:3}}" >> "$RUNNER_TEMP/pip.log"
else
  exec "{sys.executable}" "$@"
fi"""


@pytest.fixture
def action(repository, programs, tmp_path):
    """Runs the action with inputs and environment; the upload goes to a port where nobody listens."""
    temp = tmp_path / "temp"
    temp.mkdir()
    python = programs(python=PYTHON) / "python"

    def run(environment: dict[str, str] | None = None, **inputs: str) -> Runner:
        given = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        context = {"github.token": "secret-token", "steps.python.outputs.python-path": str(python)}
        # A default may be an expression itself.
        given = {name: value.replace("${{ github.token }}", "secret-token") for name, value in given.items()}
        variables = {
            "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(temp), "GITHUB_WORKSPACE": str(repository),
            "GITHUB_REF": "refs/heads/main", "GITHUB_BASE_REF": "", "GITHUB_SHA": "0" * 40,
            "GITHUB_REPOSITORY": "larkmoor/site", "GITHUB_API_URL": "http://127.0.0.1:9",
        }  # fmt: skip
        context |= {f"inputs.{name}": value for name, value in given.items()}
        runner = Runner(repository, temp, context, variables | (environment or {}))
        runner.run(ACTION["runs"]["steps"])
        return runner

    return run


def test_every_input_and_output_is_described_and_documented():
    page = (ROOT / "docs" / "ci.md").read_text()
    assert all(entry["description"] and "default" in entry for entry in ACTION["inputs"].values())
    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == list(ACTION["inputs"])
    assert all(entry["description"] for entry in ACTION["outputs"].values())
    assert all(f"`{name}`" in page for name in ACTION["outputs"])


def test_expressions_stand_in_no_script():
    # What a pull request names would be run otherwise.
    steps = ACTION["runs"]["steps"]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    assert all(step["shell"] == "bash" for step in steps if "run" in step)


def test_other_actions_are_pinned():
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used == ["actions/setup-python@v6"]


def test_a_clean_site_passes(action):
    runner = action()
    assert not runner.failed
    assert runner.step("Lint").stdout == "No findings in 1 page, 1 link, 1 CTA.\n"
    assert runner.summary == "**cta lint:** No findings in 1 page, 1 link, 1 CTA.\n"
    assert runner.expand(ACTION["outputs"]["exit-code"]["value"]) == "0"


def test_the_tool_is_installed_by_hashes_from_the_action_itself(action, tmp_path):
    action()
    asked = (tmp_path / "temp" / "pip.log").read_text().splitlines()
    assert [line.removeprefix("--disable-pip-version-check --quiet ") for line in asked] == [
        f"install --require-hashes -r {ROOT}/requirements/runtime.lock",
        f"install --require-hashes -r {ROOT}/requirements/build.lock",
        f"install --no-deps --no-build-isolation {ROOT}",
    ]
    assert all(Path(word).exists() for line in asked for word in line.split() if word.startswith("/"))


def test_findings_are_annotated_summed_up_and_fail(action, repository):
    (repository / PAGE).write_text(BAD)
    runner = action()
    assert runner.failed
    (annotation,) = runner.step("Lint").annotations
    assert (annotation.name, annotation.properties["file"], annotation.properties["line"]) == ("error", PAGE, "1")
    assert "UTM008 mismatched-page-slug" in runner.summary
    outputs = {name: runner.expand(entry["value"]) for name, entry in ACTION["outputs"].items()}
    assert outputs["exit-code"] == "1"
    assert '"ruleId": "UTM008"' in Path(outputs["sarif"]).read_text()
    assert Path(outputs["comment"]).read_text() == runner.summary


@pytest.mark.parametrize(("text", "failed"), [(GOOD, False), (BAD, True)])
def test_a_failed_upload_changes_no_verdict(action, repository, text, failed):
    (repository / PAGE).write_text(text)
    runner = action()
    upload = runner.step("Upload to code scanning")
    assert upload.code == 0
    assert upload.annotations[0].data.startswith("the findings were not uploaded to code scanning: URLError")
    assert runner.failed is failed


def test_an_upload_that_breaks_changes_no_verdict_either(action):
    runner = action({"GITHUB_API_URL": "no address"})
    assert runner.step("Upload to code scanning").code != 0
    assert not runner.failed


def test_the_upload_can_be_left_out(action):
    assert action(upload_sarif="false").step("Upload to code scanning") is None


def test_what_cannot_run_is_said_and_uploads_nothing(action, repository):
    (repository / "cta.toml").write_text("[site\n")
    runner = action()
    assert runner.failed
    assert runner.step("Lint").stderr.startswith("cta: ")
    assert [annotation.name for annotation in runner.step("Lint").annotations] == ["error"]
    assert runner.step("Upload to code scanning") is None
    assert runner.expand(ACTION["outputs"]["sarif"]["value"]) == ""


def test_inputs_reach_the_linter(action, repository):
    (repository / PAGE).write_text(GOOD.replace(")", "&visitId=1)"))
    (repository / "site" / "answers" / "tea pot.md").write_text(BAD)
    assert not action(paths=PAGE).failed
    assert action(paths=PAGE, max_warnings="0").failed
    assert not action(paths=PAGE, max_warnings="0", arguments="--ignore\nAMZ007\n").failed
    (annotation,) = action(paths="site/answers/tea pot.md\n").step("Lint").annotations
    assert annotation.properties["file"] == "site/answers/tea pot.md"


def test_paths_of_annotations_start_at_the_root_of_the_repository(action, repository):
    git(repository, "mv", "-k", "cta.toml", "site", "-v")
    text = (repository / "site" / "cta.toml").read_text().replace('root = "site"', 'root = "."')
    (repository / "site" / "cta.toml").write_text(text)
    (repository / PAGE).write_text(BAD)
    (annotation,) = action(working_directory="site").step("Lint").annotations
    assert annotation.properties["file"] == PAGE


def branch(repository: Path) -> dict[str, str]:
    """A branch that leaves a bad page of main alone and adds a bad one; the environment of its pull request."""
    (repository / PAGE).write_text(BAD)
    git(repository, "commit", "-qam", "Spoil a page")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(repository, "switch", "-qc", "new-page")
    (repository / "site" / "answers" / "calm-cup.md").write_text(BAD)
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "Add a page")
    return {"GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/7/merge"}


@needs_changed
def test_a_pull_request_is_judged_by_the_pages_that_it_changes(action, repository):
    runner = action(branch(repository), arguments="--select\nUTM008")
    assert [one.properties["file"] for one in runner.step("Lint").annotations] == ["site/answers/calm-cup.md"]
    assert runner.failed
    assert runner.step("Upload to code scanning") is not None


@needs_changed
def test_findings_of_some_pages_are_not_uploaded_for_a_branch(action, repository):
    pull_request = branch(repository)
    runner = action(
        pull_request | {"GITHUB_REF": "refs/heads/new-page"}, base="origin/main", arguments="--select\nUTM008"
    )
    assert len(runner.step("Lint").annotations) == 1
    assert runner.step("Upload to code scanning") is None


@needs_changed
def test_a_checkout_without_the_history_is_told_to_fetch_it(action, repository):
    runner = action({"GITHUB_BASE_REF": "gone", "GITHUB_REF": "refs/pull/7/merge"})
    assert runner.failed
    assert "fetch-depth" in runner.step("Lint").stderr


def test_all_pages_can_be_judged_in_a_pull_request(action, repository):
    runner = action(branch(repository), base="none", arguments="--select\nUTM008")
    assert {one.properties["file"] for one in runner.step("Lint").annotations} == {PAGE, "site/answers/calm-cup.md"}
