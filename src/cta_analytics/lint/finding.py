"""What a rule found, and where in a file it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement of bytes of the file. `unsafe` may change what the link means."""

    safety: Safety
    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, Any]:
        """The fix as `cta lint --format json` prints it."""
        return {"safety": self.safety, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Lines and columns count from 1, columns in code points; the end is exclusive."""

    code: str
    name: str
    severity: Severity
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    page: str
    href: str | None
    fix: Fix | None = None
    count: int = 1
    source: str | None = None
    """The URL as it stands in the file."""
    source_start: int | None = None
    """The offending part of `source`; None where it is no part of the URL."""
    source_end: int | None = None
    placement: str | None = None
    """That of its link."""
    keys: tuple[str, ...] = ()
    """The parameters that it is about; none: the whole link."""

    def as_json(self) -> dict[str, Any]:
        """The finding as `cta lint --format json` prints it (docs/lint.md)."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "page": self.page,
            "href": self.href,
            "fix": self.fix.as_json() if self.fix else None,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at and what was found."""

    pages: int = 0
    links: int = 0
    ctas: int = 0
    """Links with a CTA policy."""
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    fixable: int = 0
    suppressed: int = 0
    baselined: int = 0

    def as_json(self) -> dict[str, int]:
        """The summary as `cta lint --format json` prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run, findings in the order of files, lines and columns."""

    findings: tuple[Finding, ...]
    summary: Summary
    notes: tuple[str, ...] = ()
    """What was asked for and is not there, a line each."""

    def as_json(self) -> dict[str, Any]:
        """What `cta lint --format json` prints."""
        return {"findings": [finding.as_json() for finding in self.findings], "summary": self.summary.as_json()}
