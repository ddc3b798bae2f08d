"""`cta scan` at the command line."""

import csv
import io
import json
import re
from pathlib import Path

from cta_analytics.links.placement import PLACEMENTS

CONTRACT = """
[site]
base_url = "https://www.larkmoor.example"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[ctas]]
name = "store"
match = { kind = "amazon_store" }
on = ["answer"]
min_per_page = 1
[ctas.params]
utm_content = "{slug}"
"""
STORE = "https://www.amazon.com/stores/page/5D0C7B1E-92F4-4A38-8E61-C3F7A2904B6D"
DOCS = Path(__file__).parents[2] / "docs"


def site(root: Path) -> Path:
    (root / "cta.toml").write_text(CONTRACT)
    answers = root / "site" / "answers"
    answers.mkdir(parents=True)
    (answers / "tea.md").write_text(f"# Tea\n\n[Shop]({STORE}?utm_content=pot)\n")
    (answers / "pot.html").write_text("<title>Pot</title><p>Nothing to click.</p>")
    return root


def test_json_has_the_documented_names(cta, tmp_path):
    result = cta("scan", "--format", "json", cwd=site(tmp_path))
    assert result.returncode == 0
    found = json.loads(result.stdout)
    documented = json.loads(re.findall(r"```json\n(.*?)```", (DOCS / "scan.md").read_text(), re.DOTALL)[0])
    assert list(found) == list(documented)
    assert list(found["pages"][0]) == list(documented["pages"][0])
    assert list(found["links"][0]) == list(documented["links"][0])
    assert found["links"][0]["departures"] == [
        {"code": "UTM008", "key": "utm_content", "expected": "tea", "actual": "pot"}
    ]


def test_the_summary_goes_to_stderr(cta, tmp_path):
    result = cta("scan", cwd=site(tmp_path))
    assert "site/answers/tea.md:3:1" in result.stdout
    assert result.stderr.splitlines() == [
        "2 pages: 2 answer",
        "1 link, of them 1 CTA: 1 store",
        "depart from the contract: 1 CTA; `cta lint` shows how",
        "without their CTA: 1 page: /answers/pot",
    ]
    assert cta("scan", "--quiet", cwd=tmp_path).stderr == ""


def test_csv_holds_the_links(cta, tmp_path):
    result = cta("scan", "--format", "csv", "site/answers/tea.md", cwd=site(tmp_path))
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["page"], row["line"], row["cta"]) == ("/answers/tea", "3", "store")


def test_what_cannot_be_read_is_one_line_and_exit_2(cta, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.md").write_bytes(bytes(range(30)) * 50)
    for path in ("gone.html", "empty", "picture.md"):
        result = cta("scan", path, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"cta: {path}: ")


def test_the_documentation_names_every_placement():
    text = (DOCS / "scan.md").read_text()
    assert ", ".join(PLACEMENTS) in text


def test_the_summary_names_products_that_no_page_links_to(cta, tmp_path):
    root = site(tmp_path)
    (root / "cta.toml").write_text(
        CONTRACT.replace("[[ctas]]", '[[pages]]\nkind = "product"\npath = "/p/{slug}"\n[[ctas]]')
    )
    (root / "site" / "p").mkdir()
    (root / "site" / "p" / "pot.html").write_text("<a href=/p/pot>itself</a><a href=/p/cup.html?x=1>cup</a>")
    (root / "site" / "p" / "cup.html").write_text("<p>Cup</p>")
    assert "linked from no page: 1 product page: /p/pot" in cta("scan", cwd=root).stderr.splitlines()
    assert "linked from no page" not in cta("scan", "site/p/pot.html", cwd=root).stderr
