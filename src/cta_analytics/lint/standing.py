"""A hit of a rule as a finding: its weight, and where in which file it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.links.stated import Stated
from cta_analytics.lint.finding import Finding, Fix, Severity
from cta_analytics.lint.fix import place_of
from cta_analytics.lint.price import Clicked
from cta_analytics.lint.rule import Hit, Rule, Spot
from cta_analytics.pages.escapes import place

_LINE_END = re.compile(r"\r\n?|\n")


def stands_in(hit: Hit) -> tuple[str, str]:
    """The page and the file that a hit is about."""
    if hit.at:
        return hit.at.page, hit.at.file
    if hit.link:
        return hit.link.page, hit.link.file
    if hit.stated and hit.page:
        return hit.page.path, hit.stated.file
    if hit.page:
        return hit.page.path, hit.page.file
    raise ValueError("a hit is about a link, a page or a place")


def milder(level: Severity, hit: Hit) -> Severity:
    """The weight of a hit: its own where it is less than that of the rule, which a user may have lowered."""
    return max(level, hit.severity or level, key=("error", "warning", "info").index)


def spoken_for(found: Iterable[Finding], rules: Iterable[Rule]) -> set[tuple[str, str, int, int, int, int]]:
    """Codes and places of what a rule of the whole site speaks for: there the link's own finding is silent."""
    mutes = {rule.code: rule.mutes for rule in rules}
    return {(code, *spot(one)) for one in found for code in mutes[one.code]}


def spot(found: Finding) -> tuple[str, int, int, int, int]:
    """File, line and column, and the line and column behind its end."""
    return found.file, found.line, found.column, found.end_line, found.end_column


def finding(rule: Rule, hit: Hit, severity: Severity, fix: Fix | None) -> Finding:
    """The finding that a hit is: at the offending part of the URL, else at the link, else at the page's first character."""
    link = hit.link or hit.stated
    if link is None:
        at = hit.at or Spot(hit.page.file if hit.page else "", hit.page.path if hit.page else "")
        where = (at.file, at.line, at.column, at.end_line, at.end_column, at.page)
        spot = (at.file, at.line, at.column) if hit.unneeded else None
        return Finding(
            rule.code, rule.name, severity, hit.message, *where, None, fix, place=spot, clicked=_clicked(hit)
        )
    start = end = None
    line, column, end_line, end_column = link.line, link.column, link.end_line, link.end_column
    if hit.start is not None and hit.end is not None:
        start, end = place(link.raw, link.syntax, hit.start, hit.end)
        line, column = _position(link, start)
        end_line, end_column = _position(link, end)
    return Finding(
        rule.code,
        rule.name,
        severity,
        hit.message,
        link.file,
        line,
        column,
        end_line,
        end_column,
        hit.link.page if hit.link else hit.page.path if hit.page else "",
        link.href,
        fix,
        source=link.raw,
        source_start=start,
        source_end=end,
        placement=hit.link.placement if hit.link else None,
        keys=tuple(sorted(hit.keys)),
        place=place_of(link),
        clicked=_clicked(hit),
    )


def _clicked(hit: Hit) -> Clicked | None:
    """What a hit's clicks are those of. Where a script makes the URL, nobody knows which it is."""
    link = hit.link
    if link is None:
        return Clicked(hit.page.site) if hit.page and hit.at is None else None
    if link.kind == "computed":
        return None
    return Clicked(link.site, link.url if "://" in link.url else link.href, link.ordinal, link.cta)


def _position(link: Link | Stated, offset: int) -> tuple[int, int]:
    ends = [found.end() for found in _LINE_END.finditer(link.raw, 0, offset)]
    if not ends:
        return link.href_line, link.href_column + offset
    return link.href_line + len(ends), offset - ends[-1] + 1
