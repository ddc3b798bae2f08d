"""`cta plan`: the sample's answers get tags, in the contract and then in their links."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

from tests.conftest import Cta


def test_the_plan_is_written_once_and_lint_puts_it_into_the_links(demo: Path, cta: Cta) -> None:
    contract = demo / "cta.toml"
    before = contract.read_text(encoding="utf-8")
    shown = cta("plan", "--diff", cwd=demo)
    assert shown.returncode == 0, shown.stderr
    assert contract.read_text(encoding="utf-8") == before
    written = cta("plan", "--write", cwd=demo)
    assert "cta.toml is written" in written.stderr
    after = contract.read_text(encoding="utf-8")
    # Nothing of before is gone, and git takes the patch that was shown to the same place.
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    contract.write_text(before, encoding="utf-8")
    subprocess.run(["git", "apply", "-"], input=shown.stdout, text=True, cwd=demo, check=True)
    assert contract.read_text(encoding="utf-8") == after
    own = tomllib.loads(after)["tags"]["by_answer"]
    assert own["how-to-feel-for-a-burr"]["channel"].startswith("pool-")
    busiest = own["how-often-should-you-sharpen-a-kitchen-knife"]["channel"]
    assert busiest.startswith("how-often-sho-")
    again = cta("plan", "--write", cwd=demo)
    assert "holds this plan already" in again.stderr
    assert contract.read_text(encoding="utf-8") == after
    cta("lint", "--fix", cwd=demo)
    page = demo / "site" / "answers" / "how-often-should-you-sharpen-a-kitchen-knife.html"
    assert f"channel={busiest}" in page.read_text(encoding="utf-8")
    lint = json.loads(cta("lint", "--format", "json", cwd=demo).stdout)
    assert [f for f in lint["findings"] if "channel" in f["message"]] == []


def test_what_amazon_makes_is_asked_for(demo: Path, cta: Cta) -> None:
    result = cta("plan", "--by", "maas", "--format", "json", cwd=demo)
    found = json.loads(result.stdout)
    changed = [line for line in found["patch"].splitlines()[2:] if line[0] in "+-"]
    assert set(changed) == {'-maas = { one_of = "tags.maas" }', '+maas = { by_answer = "maas" }'}
    assert found["clicks"] == found["clicks_measured"] + found["clicks_allocated"] + found["clicks_masked"]
    (todo,) = found["todo"]
    assert todo.startswith("create 3 more Attribution ad groups, for: how-often-should-you-sharpen-a-kitchen-knife, ")


def test_a_new_ad_group_goes_to_the_most_clicked_answer(demo: Path, cta: Cta) -> None:
    contract = demo / "cta.toml"
    new = "maas_adg_00000000000000000000000000000001_afap_abs"
    text = contract.read_text(encoding="utf-8").replace("maas = [\n", f'maas = [\n  "{new}",\n', 1)
    contract.write_text(text, encoding="utf-8")
    cta("plan", "--by", "maas", "--write", cwd=demo)
    values = tomllib.loads(contract.read_text(encoding="utf-8"))
    assert values["tags"]["by_answer"]["how-often-should-you-sharpen-a-kitchen-knife"]["maas"] == new
    assert values["ctas"][0]["params"]["maas"] == {"by_answer": "maas"}


def test_a_contract_without_such_links_is_told_what_is_missing(demo: Path, cta: Cta) -> None:
    contract = demo / "cta.toml"
    text = contract.read_text(encoding="utf-8").replace('program = "associates"', 'program = "none"')
    contract.write_text(text, encoding="utf-8")
    result = cta("plan", "--by", "tracking_id", cwd=demo)
    assert result.returncode == 2
    assert 'no [[ctas]] policy with links on answers has program = "associates"' in result.stderr
