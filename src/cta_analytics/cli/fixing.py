"""`cta lint --fix` and `--diff` at the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from cta_analytics.cli import output, terminal
from cta_analytics.lint.finding import Report, Safety


@dataclass(frozen=True, slots=True)
class Fixing:
    """What is to be done about findings that can be fixed."""

    write: bool
    diff: bool
    unsafe: bool
    quiet: bool

    @property
    def safeties(self) -> frozenset[Safety]:
        """Which fixes are wanted; none where findings are only printed."""
        if not (self.write or self.diff):
            return frozenset()
        return frozenset({"safe", "unsafe"}) if self.unsafe else frozenset({"safe"})

    def done(self, lint: Callable[[], Report]) -> tuple[Report, bool]:
        """The report to judge by, and whether files are not as `--fix` leaves them."""
        if self.diff:
            return self._shown(lint())
        if not self.write:
            return lint(), False
        from cta_analytics.lint.apply import apply

        outcome = apply(lint)
        for line in outcome.problems:
            output.say(line)
        for line in outcome.notes:
            output.say(line, self.quiet)
        return outcome.report, bool(outcome.problems)

    def _shown(self, report: Report) -> tuple[Report, bool]:
        from cta_analytics.lint.apply import wanted
        from cta_analytics.lint.diff import folder_of, unified

        found = wanted(report)
        folder = folder_of(patch.path for patch in found.files)
        sys.stdout.flush()
        for patch in found.files:
            sys.stdout.buffer.write(unified(patch, folder, terminal.has_colour(sys.stdout)))
        sys.stdout.buffer.flush()
        for line in found.problems:
            output.say(line)
        fixed = sum(len(change.codes) for patch in found.files for change in patch.changes)
        files = len(found.files)
        where = f" in {files} file{'' if files == 1 else 's'}" if files else ""
        output.say(f"--fix would fix {fixed} of {_findings(report)}{where}", self.quiet)
        return report, bool(found.files or found.problems)


def _findings(report: Report) -> str:
    count = len(report.findings)
    return f"{count} finding{'' if count == 1 else 's'}"
