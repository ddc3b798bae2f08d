"""Suppressions: in a comment, on an element, or in the contract by path; each with a reason and perhaps an end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.links.link import Link
from cta_analytics.lint.choice import matches_path, nearest
from cta_analytics.lint.expiry import Calendar
from cta_analytics.lint.rule import Rule
from cta_analytics.pages.source import Source

ANNOUNCED = timedelta(days=30)
_UNTIL = re.compile(r"(?:^|\s)until=(\S*)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRACKETS = re.compile(r"ignore\s*\[([^\]]*)\](.*)", re.DOTALL)
_CODES = re.compile(r"\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suppression:
    """What an author or the contract wants to hear nothing of. Lines and columns are where it stands itself."""

    file: str
    page: str
    line: int
    column: int
    end_line: int
    end_column: int
    codes: tuple[str, ...]
    reason: str
    until: date | None
    committed_on: date | None
    """The day of the HEAD commit, by which `until` is judged; None where there is none, or no `until`."""
    faults: tuple[str, ...] = ()
    """What in it cannot be understood."""
    first: int = 0
    """The lines that a comment covers."""
    last: int = 0
    element: str | None = None
    """The `data-cta-ignore` that it is."""
    globs: tuple[str, ...] = ()
    """The paths that it is about, in the contract."""
    is_copy: bool = False
    """It stands in a built page, where that of the file which an author edits was copied to."""

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from all others."""
        return self.file, self.line, self.column

    @property
    def is_expired(self) -> bool:
        """Whether the HEAD commit is of a later day than its last."""
        return bool(self.until and self.committed_on and self.committed_on > self.until)

    @property
    def is_ending(self) -> bool:
        """Whether it ends within the time in which that is announced."""
        if not self.until or not self.committed_on:
            return False
        return self.committed_on <= self.until <= self.committed_on + ANNOUNCED

    def covers(self, code: str, link: Link | None, page: str, file: str) -> bool:
        """Whether a finding of a rule is suppressed. One about a page as a whole is by a comment anywhere in it."""
        if code not in self.codes or self.is_expired:
            return False
        if self.globs:
            return matches_path(self.globs, page, file)
        if self.element is not None:
            return link is not None and self.element in link.ignored
        if link is None:
            return True
        starts_inside = self.first <= link.line <= self.last
        return link.file == self.file and (starts_inside or link.line <= self.first <= link.end_line)


def names(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules by what a suppression may call them: code or name."""
    return {name: rule for rule in rules for name in (rule.code, rule.name)}


def of_page(
    page: str, links: Sequence[Link], sources: Sequence[Source], known: Mapping[str, Rule], calendar: Calendar
) -> tuple[Suppression, ...]:
    """The suppressions in the files of a page; `sources`: the file that an author edits first."""
    found: list[Suppression] = []
    for source in sources:
        # Nearly no page holds one, and this look is all that they cost.
        if "cta:" not in source.text and "data-cta-ignore" not in source.text:
            continue
        from cta_analytics.lint import comments

        for one in comments.read(source):
            parsed = _parsed(*(_split(one.text) if one.is_element else _bracketed(one.text)), known, one.is_element)
            line, column = source.position(one.start)
            end_line, end_column = source.position(one.end)
            found.append(
                Suppression(
                    source.file,
                    page,
                    line,
                    column,
                    end_line,
                    end_column,
                    parsed.codes,
                    parsed.reason,
                    parsed.until,
                    calendar.date_of(source.read_from) if parsed.until else None,
                    parsed.faults,
                    one.first,
                    one.last,
                    one.text if one.is_element else None,
                    is_copy=source is not sources[0],
                )
            )
    known_elements = {one.element for one in found}
    for link in links:
        for says in link.ignored:
            if says not in known_elements:
                # The parser sees an attribute where the search of the source did not.
                known_elements.add(says)
                parsed = _parsed(*_split(says), known, is_element=True)
                head = calendar.date_of(sources[0].read_from) if parsed.until else None
                found.append(
                    Suppression(
                        link.file, page, link.line, link.column, link.end_line, link.end_column, parsed.codes,
                        parsed.reason, parsed.until, head, parsed.faults, element=says,
                        is_copy=link.file != sources[0].file,
                    )
                )  # fmt: skip
    return tuple(found)


def of_contract(project: Project, known: Mapping[str, Rule], calendar: Calendar) -> tuple[Suppression, ...]:
    """The suppressions of `[[lint.suppress]]`.

    Raises: CtaError where one names no rule.
    """
    if project.file is None or not project.contract.lint.suppress:
        return ()
    places = [
        number
        for number, line in enumerate(project.file.read_text(encoding="utf-8-sig").splitlines(), 1)
        if re.match(r"\s*\[\[\s*lint\s*\.\s*suppress\s*\]\]", line)
    ]
    found = []
    for index, entry in enumerate(project.contract.lint.suppress):
        # Written in line, as `suppress = [{…}]`, they have no lines of their own.
        line = places[index] if len(places) == len(project.contract.lint.suppress) else 1
        column = 1 if line > 1 else index + 1
        parsed = _parsed(", ".join(entry.rules), entry.reason, known, is_element=False)
        if parsed.faults:
            raise CtaError(f"{project.file}:{line}: [[lint.suppress]]: {parsed.faults[0]}")
        head = calendar.date_in(project.root) if entry.until else None
        found.append(
            Suppression(
                project.file.name, "", line, column, line, column, parsed.codes, parsed.reason, entry.until, head,
                globs=tuple(entry.paths),
            )
        )  # fmt: skip
    return tuple(found)


Use = tuple[tuple[str, int, int], str]
"""A suppression, by its key, and a rule of which it suppressed something."""


class Sieve:
    """Holds back what is suppressed, and keeps account of it."""

    def __init__(self, everywhere: Sequence[Suppression]) -> None:
        self._everywhere = everywhere
        self.count = 0
        self.used: set[Use] = set()

    def holds(
        self, code: str, link: Link | None, page: str, file: str, local: Sequence[Suppression], is_wanted: bool
    ) -> bool:
        """Whether a finding is held back. `local`: the suppressions of its page; only what `is_wanted` is counted."""
        if not local and not self._everywhere:
            return False
        covering = [one for one in (*local, *self._everywhere) if one.covers(code, link, page, file)]
        for one in covering:
            self.used.add((one.key, code))
            # A built page repeats the comments of the file that it was made from: one of the two does the work.
            self.used.update((other.key, code) for other in local if other.is_copy != one.is_copy and _same(one, other))
        self.count += bool(covering) and is_wanted
        return bool(covering)


def _same(one: Suppression, other: Suppression) -> bool:
    return (one.codes, one.reason, one.until) == (other.codes, other.reason, other.until)


@dataclass(frozen=True, slots=True)
class _Parsed:
    codes: tuple[str, ...]
    reason: str
    until: date | None
    faults: tuple[str, ...]


def _bracketed(comment: str) -> tuple[str, str]:
    found = _BRACKETS.match(comment)
    return (found[1], found[2]) if found else ("", "")


def _split(element: str) -> tuple[str, str]:
    found = _CODES.match(element)
    return (found[1], found[2]) if found else ("", "")


def _parsed(codes: str, rest: str, known: Mapping[str, Rule], is_element: bool) -> _Parsed:
    faults = []
    found: list[str] = []
    given = [name.strip() for name in codes.split(",") if name.strip()]
    if not given:
        example = 'data-cta-ignore="AMZ007 why"' if is_element else "ignore[AMZ007] why"
        faults.append(f"it names no rule; write {example}")
    for name in given:
        rule = known.get(name) or known.get(name.upper())
        if rule is None:
            faults.append(f'no rule is called "{name}"; {nearest(name, {r.code: r for r in known.values()}.values())}')
        elif rule.run:
            faults.append(f"{rule.code} is about the run itself and cannot be suppressed")
        else:
            found.append(rule.code)
    until: date | None = None
    says = _UNTIL.search(rest)
    if says:
        try:
            until = date.fromisoformat(says[1]) if _DATE.fullmatch(says[1]) else None
        except ValueError:
            until = None
        if until is None:
            faults.append(f'until="{says[1]}" is no date; write one like until=2027-01-31')
    reason = " ".join(_UNTIL.sub(" ", rest).split()).strip(" :,;-–—")
    return _Parsed(tuple(dict.fromkeys(found)), reason, until, tuple(faults))
