"""The documentation: generated pages are current, links lead somewhere, every command in it runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from docs.build import PAGES
from tests.conftest import Cta

from cta_analytics.cli import command_names

ROOT = Path(__file__).parents[2]
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "sample_data" / "README.md"])
# What a command would need that a test cannot give: the set-up itself, and places of the reader's machine.
_NOT_RUN = re.compile(r"^(?:make |cd |pip |export )")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == PAGES[name]().rstrip() + "\n", "run `make docs`"


def test_every_public_column_has_a_meaning() -> None:
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `\w+` \| [^|]+ \| +\|$", page, re.MULTILINE) == []
    assert re.findall(r"^## \w+\n\n\n", page, re.MULTILINE) == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text)
    assert [t for t in targets if not t.startswith("http") and not (page.parent / t).exists()] == []


def _commands() -> list[tuple[str, str]]:
    found = []
    for page in WRITTEN:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(str(page.relative_to(ROOT)), line) for line in lines if line.startswith("cta ")]
    return found


@pytest.mark.parametrize(("page", "line"), _commands())
def test_a_command_of_the_documentation_runs_on_the_sample(page: str, line: str, demo: Path, cta: Cta) -> None:
    arguments = shlex.split(line.partition(" | ")[0], comments=True)[1:]
    arguments, _, _written = (list(part) for part in _redirected(arguments))
    result = cta(*arguments, cwd=demo)
    # The sample has planted faults and a day without a log, so these two have findings.
    assert result.returncode == (1 if arguments[0] in {"lint", "doctor"} else 0), result.stderr


def _redirected(arguments: list[str]) -> tuple[list[str], list[str], list[str]]:
    if ">" not in arguments:
        return arguments, [], []
    place = arguments.index(">")
    return arguments[:place], [">"], arguments[place + 1 :]


def test_the_readme_names_every_command_that_a_newcomer_needs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    mentioned = set(re.findall(r"\bcta ([a-z]+)\b", text))
    assert mentioned <= set(command_names())
    assert {"run", "scan", "lint", "ingest", "import", "report", "query", "parse", "demo"} <= mentioned
