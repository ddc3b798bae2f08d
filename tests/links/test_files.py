"""Which files a scan reads."""

from pathlib import Path

import pytest

from cta_analytics.config import Project, read
from cta_analytics.errors import CtaError
from cta_analytics.links.files import select


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("<a href=/x>x</a>")


def project(root: Path, sources: str = "") -> Project:
    (root / "cta.toml").write_text(sources)
    return read(root / "cta.toml")


def names(found) -> list[str]:
    return [file.name for file in found.files]


def test_a_folder_is_read_to_the_bottom_in_order_without_what_is_no_page(tmp_path):
    make(tmp_path, "b.html", "a/z.md", "a/b.HTM", "c.txt", ".git/x.html", "node_modules/y.html", ".hidden.html")
    assert names(select(project(tmp_path), [str(tmp_path)])) == ["a/b.HTM", "a/z.md", "b.html"]


def test_the_sources_are_read_where_no_path_is_given(tmp_path):
    make(tmp_path, "site/a.html", "other/b.html", "blog/c.md", "blog/drafts/d.md")
    one = project(tmp_path, '[[sources]]\nroot = "site"\n[[sources]]\nroot = "blog"\nexclude = ["drafts/*"]\n')
    found = select(one, [])
    assert names(found) == ["site/a.html", "blog/c.md"]
    assert found.whole


def test_a_file_belongs_to_the_source_that_it_lies_in(tmp_path):
    make(tmp_path, "site/answers/a.html", "other/b.html")
    one = project(tmp_path, '[[sources]]\nroot = "site"\n')
    found = select(one, [str(tmp_path / "site/answers/a.html"), str(tmp_path / "other/b.html")])
    assert [file.root for file in found.files] == [tmp_path / "site", tmp_path / "other"]
    assert not found.whole
    assert select(one, [str(tmp_path)]).whole


def test_globs_and_repeated_paths_name_each_file_once(tmp_path, monkeypatch):
    make(tmp_path, "a/1.html", "a/2.html", "a/3.css")
    monkeypatch.chdir(tmp_path)
    one = project(tmp_path)
    assert names(select(one, ["a/*", "a/2.html", "a"])) == ["a/1.html", "a/2.html"]


def test_links_of_the_file_system_neither_loop_nor_lead_out(tmp_path):
    make(tmp_path, "site/a/page.html", "outside/secret.html")
    (tmp_path / "site/a/loop").symlink_to(tmp_path / "site")
    (tmp_path / "site/a/out").symlink_to(tmp_path / "outside")
    (tmp_path / "site/secret.html").symlink_to(tmp_path / "outside/secret.html")
    assert names(select(project(tmp_path), [str(tmp_path / "site")])) == ["site/a/page.html"]


def test_a_file_outside_the_project_is_named_as_it_was_given(tmp_path):
    make(tmp_path, "elsewhere/a.html", "project/x.html")
    found = select(project(tmp_path / "project"), [str(tmp_path / "elsewhere")])
    assert names(found) == [f"{tmp_path.as_posix()}/elsewhere/a.html"]


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["gone.html"], "gone.html: no such file or folder"),
        (["notes.txt"], "notes.txt: no page; pages end in"),
        (["blank.html"], "blank.html: empty"),
        (["empty"], "empty: no pages there; pages end in"),
        (["*.md"], r"\*.md: no page matches"),
        ([], r"no PATH given and no \[\[sources\]\]"),
    ],
)
def test_no_page_is_an_error_that_says_what_would_work(tmp_path, monkeypatch, paths, message):
    make(tmp_path, "notes.txt", "empty/x.css")
    (tmp_path / "blank.html").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CtaError, match=message):
        select(project(tmp_path), paths)
