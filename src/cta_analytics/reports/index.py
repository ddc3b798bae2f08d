"""The list of all reports in a folder, beside them as `index.html`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import Period, of_days, of_week
from cta_analytics.reports import inline, theme, written
from cta_analytics.reports.facts import site_name
from cta_analytics.reports.html import environment
from cta_analytics.reports.locale import Locale, locale
from cta_analytics.reports.names import answer_name
from cta_analytics.reports.texts import text

if TYPE_CHECKING:
    from cta_analytics.config import Project

FILE = "index.html"
_REPORT = re.compile(
    r"(?P<period>\d{4}-W\d{2}|\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2})(?P<rest>\.[a-z]+|-shared\.html|-answer-.+\.html)"
)
_FORMS = {"-shared.html": "shared", ".pdf": "pdf", ".xlsx": "xlsx", ".json": "json", ".md": "markdown"}


@dataclass(frozen=True, slots=True)
class Link:
    """A file of the folder, by its relative address."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A period of which there is a report: its file, what it says on top, other forms of it and pages of its answers."""

    period: Period
    title: str
    days: str | None
    report: Link | None
    lead: str | None
    forms: tuple[Link, ...]
    answers: tuple[Link, ...]


def write(folder: Path, project: Project) -> Path:
    """Write the list of the reports that stand in `folder`; the same reports give the same bytes.

    Raises: CtaError where the folder cannot be written.
    """
    document = (
        environment()
        .get_template("index.html.jinja")
        .render(
            site=site_name(project),
            entries=entries(folder, locale(project.contract.report.locale)),
            policy="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            style=inline.read("index.css"),
            light=theme.LIGHT,
            dark=theme.DARK,
            font=theme.FONT,
        )
    )
    written.write(folder, {FILE: document.encode()})
    return folder / FILE


def entries(folder: Path, wording: Locale) -> list[Entry]:
    """The reports of the folder, the newest period first; what is no report of ours is passed over."""
    found: dict[Period, dict[str, Path]] = {}
    for file in sorted(folder.iterdir()):
        named = _REPORT.fullmatch(file.name)
        period = _period(named["period"]) if named and file.is_file() else None
        if named and period:
            found.setdefault(period, {})[named["rest"]] = file
    newest = sorted(found, key=lambda period: (period.last, period.first), reverse=True)
    return [_entry(period, found[period], wording) for period in newest]


def _period(name: str) -> Period | None:
    try:
        first, _, last = name.partition("_")
        return of_days(first, last) if last else of_week(name)
    except CtaError:
        return None


def _entry(period: Period, files: dict[str, Path], wording: Locale) -> Entry:
    report = files.get(".html")
    pages = {rest: file for rest, file in files.items() if rest.startswith("-answer-")}
    span = wording.span(period)
    return Entry(
        period=period,
        title=text("page.week", week=int(period.iso_week[-2:])) if period.iso_week else span,
        days=span if period.iso_week else None,
        report=_link(report, "") if report else None,
        lead=_said(report, ".lead") if report else None,
        forms=tuple(_link(files[rest], text(f"index.{name}")) for rest, name in _FORMS.items() if rest in files),
        answers=tuple(_link(file, answer_name(_said(file, "h1") or file.stem, None)) for file in pages.values()),
    )


def _link(file: Path, name: str) -> Link:
    return Link(quote(file.name), name)


def _said(file: Path, selector: str) -> str | None:
    """What a report says in that place."""
    node = LexborHTMLParser(file.read_bytes()).css_first(f"header {selector}")
    return " ".join(node.text().split()) if node else None
