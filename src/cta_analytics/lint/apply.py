"""`--fix`: writes what can be repaired, file by file, and lints again what is there then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from cta_analytics.lint.finding import Change, Finding, Fixed, Report
from cta_analytics.lint.patch import Patches, patches
from cta_analytics.lint.rewrite import rewrite
from cta_analytics.pages import reader_of

# A second pass finds what only shows in the files as they now are; it rarely finds anything.
_PASSES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left to report, and a line for each file or place that could not be fixed."""

    report: Report
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def wanted(report: Report) -> Patches:
    """The patches of the files in which something can be fixed."""
    return patches(report.changes, report.sources) if report.sources else Patches((), ())


def apply(lint: Callable[[], Report]) -> Outcome:
    """Fixes what `lint` plans to change, until it plans nothing more that can be written.

    A file that cannot be written is left as it is, and the others are fixed all the same.
    """
    report = lint()
    made: list[Change] = []
    problems: dict[str, None] = {}
    for _ in range(_PASSES):
        found = wanted(report)
        problems |= dict.fromkeys(found.problems)
        before = len(made)
        for patch in found.files:
            reason = rewrite(patch.path, patch.before, patch.after)
            if reason is None:
                made += [_marked(change, report) for change in patch.changes]
            else:
                problems[f"{patch.file}: {reason}"] = None
        if len(made) == before:
            break
        report = lint()
    if not made:
        return Outcome(report, tuple(problems), ())
    fixed = Fixed(sum(len(change.codes) for change in made), len({change.file for change in made}))
    unbuilt = [change for change in made if change.is_source]
    notes: tuple[str, ...] = ()
    if unbuilt:
        pages = len({change.page for change in unbuilt})
        notes = (f"{pages} {'page is' if pages == 1 else 'pages are'} built from fixed files; build the site anew",)
        report = _without(report, unbuilt)
    return Outcome(replace(report, fixed=fixed), tuple(problems), notes)


def _marked(change: Change, report: Report) -> Change:
    is_page = report.sources is None or report.sources.is_page(change.file)
    # What is neither a page nor read like one is a sitemap.
    return replace(change, is_source=True) if not is_page and reader_of(change.file) else change


def _without(report: Report, made: list[Change]) -> Report:
    """The report without what is fixed in the source of a page and still stands in the page that was built from it."""
    gone = Counter((change.page, change.href, code) for change in made for code in change.codes)
    left: list[Finding] = []
    for finding in report.findings:
        key = (finding.page, finding.href or "", finding.code)
        if gone[key]:
            gone[key] -= 1
        else:
            left.append(finding)
    count = Counter(finding.severity for finding in left)
    summary = replace(
        report.summary,
        errors=count["error"],
        warnings=count["warning"],
        infos=count["info"],
        fixable=sum(finding.count for finding in left if finding.fix),
    )
    return replace(report, findings=tuple(left), summary=summary)
