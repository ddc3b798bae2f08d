"""What a rule found, and where in a file it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from cta_analytics.lint.price import Clicked, Price
from cta_analytics.lint.sources import Sources
from cta_analytics.pages.anchor import Syntax

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]
Place = tuple[str, int, int]
"""File, line and column at which a URL starts."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement of bytes of the file. `unsafe` may change what the link means."""

    safety: Safety
    start: int
    end: int
    text: str
    shown: str = ""
    """What it does, for people: `utm_source=lark-moor → larkmoor`."""

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
    place: Place | None = None
    """Where the URL starts."""
    clicked: Clicked | None = None
    """What of a page people click; None where it is about neither a link nor a page."""
    price: Price | None = None
    """Only where a warehouse was asked."""

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
            **self.price_as_json(),
        }

    def price_as_json(self) -> dict[str, Any]:
        """What it costs; null where nobody asked or nobody knows."""
        price = self.price
        return {
            "clicks_28d": price.clicks if price else None,
            "sales_unattributable_minor": price.sales_minor if price else None,
            "currency": price.currency if price else None,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A URL (or another text) of a file that fixing replaces: it starts at `line` and `column`, is written as `raw` and means `href`."""

    file: str
    line: int
    column: int
    raw: str
    syntax: Syntax
    href: str
    repaired: str
    page: str
    codes: tuple[str, ...]
    """Of the findings that are gone then, one code each."""
    is_source: bool = False
    """The page is built from the file, and shows the change only when it is built anew."""
    about: Place | None = None
    """Of a change that is no URL's, but of the text `raw`: the place that its finding names."""

    @property
    def place(self) -> Place:
        """Where the URL starts."""
        return self.about or (self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing has changed."""

    findings: int
    files: int

    @property
    def words(self) -> str:
        """A sentence that says it."""
        findings = "1 finding" if self.findings == 1 else f"{self.findings} findings"
        return f"Fixed {findings} in {'1 file' if self.files == 1 else f'{self.files} files'}."


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
    """The outcome of a run, findings in the order of files, lines and columns; priced ones by their price."""

    findings: tuple[Finding, ...]
    summary: Summary
    notes: tuple[str, ...] = ()
    """What was asked for and is not there, a line each."""
    changes: tuple[Change, ...] = ()
    """What fixing would change, where it was asked for."""
    sources: Sources | None = field(default=None, compare=False)
    """The files that they are changes of."""
    fixed: Fixed | None = None
    """What was fixed before this report was made."""

    def as_json(self) -> dict[str, Any]:
        """What `cta lint --format json` prints."""
        return {"findings": [finding.as_json() for finding in self.findings], "summary": self.summary.as_json()}
