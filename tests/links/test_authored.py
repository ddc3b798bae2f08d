"""A built page is mapped back to the file that an author edits."""

import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.links.extract import scan
from cta_analytics.lint.run import lint

CONTRACT = """
[site]
base_url = "https://www.larkmoor.example"
[[sources]]
root = "public"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
source = "content/{path}.md"
[[pages]]
kind = "page"
path = "/{path}"
source = "content/pages/{path}.md"
"""
BUILT = """<title>T</title><nav><a href="/about">About</a></nav>
<p>See <a href="/about">us</a> or <a href="https://www.amazon.com/dp/B0ABCDEFGH?tag=a&amp;tag=b">buy it</a>.</p>"""


@pytest.fixture
def project(tmp_path):
    def of(files: dict[str, str], contract: str = CONTRACT):
        for name, text in {"cta.toml": contract, **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return config.read(tmp_path / "cta.toml")

    return of


def places(inventory):
    return [(link.file, link.line, link.column, link.raw) for link in inventory.links]


def test_a_link_is_named_where_the_author_wrote_it(project):
    authored = (
        "---\ntitle: T\n---\n\nSee [us](/about) or\n[buy it](https://www.amazon.com/dp/B0ABCDEFGH?tag=a&tag=b).\n"
    )
    found = scan(project({"public/answers/tea.html": BUILT, "content/answers/tea.md": authored}), [])
    assert [page.file for page in found.pages] == ["content/answers/tea.md"]
    assert places(found) == [
        ("public/answers/tea.html", 1, 22, "/about"),
        ("content/answers/tea.md", 5, 5, "/about"),
        ("content/answers/tea.md", 6, 1, "https://www.amazon.com/dp/B0ABCDEFGH?tag=a&tag=b"),
    ]


def test_findings_point_into_the_authors_file(project):
    authored = "\n\n[buy it](https://www.amazon.com/dp/B0ABCDEFGH?tag=a&tag=b)\n"
    report = lint(project({"public/answers/tea.html": BUILT, "content/answers/tea.md": authored}), [])
    found = {finding.code: (finding.file, finding.line, finding.column) for finding in report.findings}
    assert found["AMZ003"] == ("content/answers/tea.md", 3, 53)


def test_a_page_without_such_a_file_stays_what_it_is(project):
    found = scan(project({"public/answers/tea.html": BUILT, "public/x/y.html": "<a href=/z>z</a>"}), [])
    assert {link.file for link in found.links} == {"public/answers/tea.html", "public/x/y.html"}


@pytest.mark.parametrize("path", ["/a%2F..%2F..%2F..%2Fsecret", "/..%2f..%2fsecret", "/%00", "//etc/passwd"])
def test_no_path_leads_out_of_the_folder_that_the_contract_names(project, path):
    page = f'<link rel=canonical href="{path}"><a href="/x">x</a>'
    found = scan(project({"public/p.html": page, "secret.md": "[x](/x)", "content/pages/a.md": ""}), [])
    assert [link.file for link in found.links] == ["public/p.html"]


def test_a_placeholder_that_nobody_fills_is_refused(project):
    with pytest.raises(CtaError, match=r"\{nmae\}"):
        project({}, CONTRACT.replace("pages/{path}", "pages/{nmae}"))
