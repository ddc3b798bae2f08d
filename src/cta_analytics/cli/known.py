"""The baseline of a run of `cta lint`: which file it is, and writing it anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.lint import baseline
from cta_analytics.lint.baseline import Baseline
from cta_analytics.lint.collected import Collected


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """A file of known findings, and how messages call it."""

    file: Path
    name: str

    def read(self, project: Project, missing_ok: bool = False) -> Baseline | None:
        """What is known.

        Raises: CtaError where the file is no baseline of this version, or is missing and may not be.
        """
        return baseline.read(self.file, self.name, project, missing_ok)

    def update(self, project: Project, collected: Collected, allow_growth: bool) -> tuple[Baseline, str]:
        """Writes what is known after a run; with it, one line on what changed.

        Raises: CtaError where the file cannot be read or written.
        """
        old = self.read(project, missing_ok=True)
        update = baseline.updated(
            old, self.file, project, collected.findings, collected.files, collected.codes, allow_growth
        )
        if old is None or old.counts != update.baseline.counts:
            baseline.write(update.baseline, self.file, self.name)
        says = f"{self.name}: {sum(update.baseline.counts.values())} known, {update.added} of them new"
        says += f"; {update.dropped} gone" if update.dropped else ""
        says += f"; {update.refused} not taken in, --allow-growth does that" if update.refused else ""
        return update.baseline, says


def baseline_file(given: Path | None, project: Project) -> BaselineFile:
    """The file of `--baseline`, else that of `[lint] baseline`.

    Raises: CtaError where neither names one.
    """
    named = project.contract.lint.baseline
    if given is not None:
        return BaselineFile(given.absolute(), str(given))
    if named is None:
        raise CtaError("--baseline-update: no file is named; use --baseline FILE, or `baseline` in [lint] of cta.toml")
    return BaselineFile(project.resolve(named), named)
