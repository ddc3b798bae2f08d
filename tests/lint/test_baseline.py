"""The baseline: what is known is not told again, and only `--baseline-update` says what is known."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lint.repository import commit, git

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.lint import baseline
from cta_analytics.lint.baseline import Baseline, Update
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import STORE, query
from cta_analytics.lint.run import collect

A, B = "answers/quiet-kettle.md", "answers/tea.md"
HEADER = "# cta lint baseline, version 1\n# file, code, URL, count; written by `cta lint --baseline-update`\n"


def faulty(**changed: str) -> str:
    return f"{STORE}?{query('utm_content', **changed)}"


def update(site, allow_growth: bool = False, paths: list[str] | None = None, select: tuple[str, ...] = ()) -> Update:
    """What `cta lint --baseline-update` does."""
    project = config.read(site.root / "cta.toml")
    file = site.root / "known.txt"
    old = baseline.read(file, "known.txt", project, missing_ok=True)
    given = [str(site.root / "site" / path) for path in paths or []]
    run = collect(project, given, Choice(select=select, ignore=("AMZ013",), allow_empty=True))
    found = baseline.updated(old, file, project, run.findings, run.files, run.codes, allow_growth)
    baseline.write(found.baseline, file, "known.txt")
    return found


def written(site) -> list[str]:
    text = (site.root / "known.txt").read_text()
    assert text.startswith(HEADER)
    return text.removeprefix(HEADER).splitlines()


def told(site, **choice) -> list[tuple[str, str]]:
    project = config.read(site.root / "cta.toml")
    known = baseline.read(site.root / "known.txt", "known.txt", project)
    report = site.lint(baseline=known, ignore=("AMZ013",), **choice)
    return [(finding.code, finding.file) for finding in report.findings]


def test_it_is_one_sorted_entry_a_line_without_line_or_date(site):
    site.write({B: f"[b]({faulty()})\n\n[b]({faulty()})", A: f"[a]({faulty(lmsrc='x')})"})
    done = update(site)
    assert (done.added, done.dropped, done.refused) == (4, 0, 0)
    assert written(site) == [
        f"site/{A}\tUTM001\t{faulty(lmsrc='x')}\t1",
        f"site/{A}\tUTM004\t{faulty(lmsrc='x')}\t1",
        f"site/{B}\tUTM001\t{faulty()}\t2",
    ]


def test_what_is_known_is_not_told_wherever_it_moves_in_its_file(site):
    site.write({A: f"[a]({faulty()})"})
    update(site)
    assert told(site) == []
    known = baseline.read(site.root / "known.txt", "known.txt", config.read(site.root / "cta.toml"))
    assert site.lint(baseline=known).summary.baselined == 1
    site.write({A: f"A line more.\n\n[a]({faulty()})"})
    assert told(site) == []
    site.write({A: f"[a]({faulty()}) and [again]({faulty()})"})
    assert told(site) == [("UTM001", f"site/{A}")]
    site.write({A: f"[a]({faulty(lmsrc='x')})"})
    assert told(site) == [("UTM001", f"site/{A}"), ("UTM004", f"site/{A}")]


def test_what_is_gone_is_dropped_and_what_is_new_needs_leave(site):
    site.write({A: f"[a]({faulty()}) [a]({faulty()})", B: f"[b]({faulty()})"})
    update(site)
    site.write({A: f"[a]({faulty()})", B: f"[b]({faulty()}) [b]({faulty()}) [c]({faulty(lmsrc='x')})"})
    done = update(site)
    assert (done.added, done.dropped, done.refused) == (0, 1, 3)
    assert written(site) == [f"site/{A}\tUTM001\t{faulty()}\t1", f"site/{B}\tUTM001\t{faulty()}\t1"]
    done = update(site, allow_growth=True)
    assert (done.added, done.dropped, done.refused) == (3, 0, 0)
    assert told(site) == []


def test_entries_of_files_that_were_not_read_and_of_rules_that_did_not_run_stay(site):
    site.write({A: f"[a]({faulty(lmsrc='x')})", B: f"[b]({faulty()})"})
    update(site)
    before = written(site)
    site.write({A: "Nothing.", B: "Nothing."})
    update(site, paths=[A], select=("UTM001",))
    assert written(site) == [before[1], before[2]]
    update(site, paths=[A])
    assert written(site) == [before[2]]
    (site.root / "site" / B).unlink()
    update(site, paths=[A])
    assert written(site) == []


def test_it_follows_the_renames_that_git_sees(site):
    text = "A long enough text for git to know it again.\n" * 5
    site.write({A: f"{text}\n[a]({faulty()})", B: f"{text[:90]}\n[b]({faulty()})"})
    update(site)
    commit(site.root)
    git(site.root, "mv", f"site/{A}", "site/answers/kettle.md")
    assert told(site) == [("UTM001", "site/answers/kettle.md")]
    done = update(site)
    assert (done.added, done.dropped, done.refused) == (0, 0, 0)
    assert written(site) == [f"site/answers/kettle.md\tUTM001\t{faulty()}\t1", f"site/{B}\tUTM001\t{faulty()}\t1"]
    # The same where the rename is committed and the baseline is not yet written anew.
    git(site.root, "checkout", "--quiet", "--", "known.txt")
    commit(site.root)
    assert update(site).dropped == 0
    assert told(site) == []


def test_paths_start_at_the_repository(site):
    site.write({A: f"[a]({faulty()})"})
    inner = site.root / "inner"
    inner.mkdir()
    for name in ("cta.toml", "site"):
        (site.root / name).rename(inner / name)
    commit(site.root)
    site.root = inner
    update(site)
    assert written(site) == [f"inner/site/{A}\tUTM001\t{faulty()}\t1"]
    assert told(site) == []


def test_faults_of_the_run_itself_are_never_known(site):
    site.write({A: "No link at all. <!-- cta: ignore[UTM001] x -->"})
    update(site)
    assert written(site) == []
    assert told(site) == [("CFG001", f"site/{A}")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# cta lint baseline, version 2\n", "known.txt:1: a baseline of version 2, this cta reads version 1"),
        ("site/a.md\tUTM001\tx\t1\n", "known.txt:1: no baseline, which starts with"),
        ("", "known.txt:1: no baseline"),
        (f"{HEADER}site/a.md\tUTM001\tx\n", "known.txt:3: no entry"),
        (f"{HEADER}site/a.md\tUTM001\tx\t0\n", "known.txt:3: no entry"),
        (f"{HEADER}<<<<<<< HEAD\n", "known.txt:3: no entry"),
    ],
)
def test_a_file_that_is_no_baseline_of_this_version_is_one_line(site, text, message):
    site.write({A: "x"})
    (site.root / "known.txt").write_text(text)
    for missing_ok in (False, True):
        with pytest.raises(CtaError) as error:
            baseline.read(site.root / "known.txt", "known.txt", config.read(site.root / "cta.toml"), missing_ok)
        assert str(error.value).startswith(message)
        assert "\n" not in str(error.value)


def test_a_missing_baseline_is_one_line(site):
    site.write({A: "x"})
    with pytest.raises(
        CtaError, match=r"no such baseline; `cta lint --baseline known.txt --baseline-update` writes it"
    ):
        baseline.read(site.root / "known.txt", "known.txt", config.read(site.root / "cta.toml"))


texts = st.text(min_size=1)


@settings(deadline=None)
@given(st.dictionaries(st.tuples(texts, st.just("UTM001"), st.none() | st.text()), st.integers(1, 9), max_size=4))
def test_whatever_stands_in_a_path_or_a_url_is_read_back(tmp_path_factory, counts):
    folder: Path = tmp_path_factory.mktemp("known")
    (folder / "cta.toml").write_text("")
    project = config.read(folder / "cta.toml")
    baseline.write(Baseline(counts, folder, folder), folder / "known.txt", "known.txt")
    found = baseline.read(folder / "known.txt", "known.txt", project)
    assert found is not None
    assert dict(found.counts) == counts
