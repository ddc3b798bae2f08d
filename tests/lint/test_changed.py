"""`--changed`: only what a git range touched is reported on."""

import pytest
from tests.lint.repository import commit, git

from cta_analytics.errors import CtaError
from cta_analytics.lint.changed import since
from cta_analytics.lint.example import STORE, query

A, B, C = "answers/a.md", "answers/b.md", "answers/c.md"
FAULTY = f"[x]({STORE}?{query('utm_source', utm_content='other')})"


@pytest.fixture
def branch(site):
    """Three faulty pages on `main`; HEAD is a branch of it."""
    site.write({A: FAULTY, B: FAULTY, C: FAULTY})
    commit(site.root)
    git(site.root, "checkout", "--quiet", "-b", "work")
    return site


def files(site, base: str | None = "main", **choice) -> list[str]:
    report = site.lint(changed=since(site.root, base), select=("UTM001",), **choice)
    return [finding.file.removeprefix("site/") for finding in report.findings]


def test_commits_the_index_the_working_tree_and_new_files_count(branch):
    assert files(branch) == []
    branch.write({A: f"{FAULTY} committed"})
    commit(branch.root)
    branch.write({B: f"{FAULTY} staged"})
    git(branch.root, "add", "--all")
    branch.write({C: f"{FAULTY} in the tree", "answers/d.md": FAULTY})
    assert files(branch) == [A, B, C, "answers/d.md"]


def test_what_changed_on_the_base_since_does_not_count(branch):
    branch.write({A: f"{FAULTY} of the branch"})
    commit(branch.root)
    git(branch.root, "checkout", "--quiet", "main")
    branch.write({B: f"{FAULTY} of main"})
    commit(branch.root)
    git(branch.root, "checkout", "--quiet", "work")
    assert files(branch) == [A]


def test_an_ignored_file_and_a_deleted_one_do_not_count(branch):
    (branch.root / ".gitignore").write_text("d.md\n")
    branch.write({"answers/d.md": FAULTY})
    (branch.root / "site" / A).unlink()
    assert files(branch) == []


def test_a_name_that_is_not_ascii_counts(branch):
    branch.write({"answers/tête à tête.md": FAULTY})
    assert files(branch) == ["answers/tête à tête.md"]


def test_nothing_changed_is_said(branch):
    report = branch.lint(changed=since(branch.root, "main"))
    short = git(branch.root, "rev-parse", "HEAD")[:10]
    assert report.findings == ()
    assert report.summary.pages == 0
    assert report.notes == (f"no page changed since main (merge base {short}): nothing to report on",)
    (branch.root / "README.txt").write_text("No page.")
    assert branch.lint(changed=since(branch.root, "main")).notes == report.notes


def test_a_changed_contract_is_said(branch):
    branch.write({A: f"{FAULTY} changed"}, '[lint]\nignore = ["UTM004"]\n')
    short = git(branch.root, "rev-parse", "HEAD")[:10]
    assert branch.lint(changed=since(branch.root, "main")).notes == (
        f"cta.toml changed since main (merge base {short}): lint without --changed to see what that means for all pages",
    )


def test_the_whole_site_is_read_for_what_only_it_shows(site):
    contract = '[[pages]]\nkind = "answer"\npath = "/{lang}/answers/{slug}"\n'
    same = f"[x]({STORE}?{query(utm_content='tea')})"
    site.write({"answers/tea.md": same, "de/answers/tea.md": "Nothing."}, contract)
    commit(site.root)
    site.write({"de/answers/tea.md": same}, contract)
    report = site.lint(changed=since(site.root, "main"), ignore=("AMZ013",))
    assert [(finding.code, finding.file) for finding in report.findings] == [("UTM017", "site/de/answers/tea.md")]
    assert (report.summary.pages, report.summary.links) == (1, 1)


def test_a_page_whose_authored_file_changed_is_reported_on(site):
    site.write({"answers/a.html": f'<a href="{STORE}?{query("utm_source", utm_content="a")}">x</a>'})
    toml = (site.root / "cta.toml").read_text()
    source = '"/answers/{slug}"\nsource = "src/{slug}.md"'
    (site.root / "cta.toml").write_text(toml.replace('"/answers/{slug}"', source, 1))
    (site.root / "src").mkdir()
    (site.root / "src" / "a.md").write_text("# The title\n")
    commit(site.root)
    assert files(site) == []
    # The link stands in the built page alone, which git ignores in most projects.
    (site.root / "src" / "a.md").write_text("# The title, changed\n")
    assert files(site) == ["answers/a.html"]


def test_suppressions_and_the_run_are_judged_of_changed_files_alone(branch):
    idle = "<!-- cta: ignore[AMZ007] x -->"
    branch.write({A: f"{FAULTY} {idle}"})
    commit(branch.root)
    git(branch.root, "branch", "--force", "main")
    branch.write({B: f"{FAULTY} {idle}"})
    report = branch.lint(changed=since(branch.root, "main"), select=("CFG", "AMZ007"))
    assert [(finding.code, finding.file) for finding in report.findings] == [("CFG001", f"site/{B}")]


def test_the_base_is_the_first_of_the_usual_ones(branch):
    at = git(branch.root, "rev-parse", "main")
    assert since(branch.root, None).base == "main"
    git(branch.root, "update-ref", "refs/remotes/origin/master", at)
    assert since(branch.root, None).base == "origin/master"
    git(branch.root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")
    assert since(branch.root, None).base == "origin/HEAD"
    git(branch.root, "branch", "--delete", "main")
    assert since(branch.root, at[:12]).merge_base == at


def test_a_missing_merge_base_names_fetch_depth(branch):
    git(branch.root, "checkout", "--quiet", "--orphan", "alone")
    commit(branch.root, "2027-01-16")
    with pytest.raises(
        CtaError, match=r'no merge base of "main" and HEAD; fetch the history first \(in CI: fetch-depth: 0\)'
    ):
        since(branch.root, "main")


def test_a_shallow_clone_names_fetch_depth(branch, tmp_path_factory):
    branch.write({A: f"{FAULTY} more"})
    commit(branch.root)
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git(shallow.parent, "clone", "--quiet", "--depth", "1", "--branch", "work", f"file://{branch.root}", str(shallow))
    git(shallow, "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    for base in ("origin/main", "main", "v1"):
        with pytest.raises(CtaError, match="fetch-depth: 0"):
            since(shallow, base)


@pytest.mark.parametrize("base", ["gone", "--output=x", "site"])
def test_a_base_that_is_no_commit_is_one_line(branch, monkeypatch, base):
    monkeypatch.chdir(branch.root)
    with pytest.raises(CtaError, match=f'--changed: "{base}" is no commit here; fetch') as error:
        since(branch.root, base)
    assert ("`cta lint site --changed`" in str(error.value)) == (base == "site")


def test_without_a_repository_or_a_commit_it_is_one_line(tmp_path):
    with pytest.raises(CtaError, match=r"it needs a git repository that holds cta.toml"):
        since(tmp_path, "main")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    with pytest.raises(CtaError, match="no commit yet; commit once, or lint without --changed"):
        since(tmp_path, "main")
