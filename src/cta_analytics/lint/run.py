"""A run of the linter: pages are read one after another, rules look at each link, each page, and at last the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.links.authored import authored
from cta_analytics.links.contract import Resolver, Stand
from cta_analytics.links.extract import Read, read_page
from cta_analytics.links.files import PageFile, select
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.links.processes import each
from cta_analytics.links.stated import Stated
from cta_analytics.lint import by_code
from cta_analytics.lint.finding import Finding, Report, Severity, Summary
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Hit, Rule, Served
from cta_analytics.lint.served import served
from cta_analytics.pages.escapes import place
from cta_analytics.pages.page import PageIdentity

_LINE_END = re.compile(r"\r\n?|\n")
_LEVELS: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}
_NAMES = {list: "a list", dict: "a table", str: "a text", bool: "true or false", int: "a number"}
Found = tuple[Rule, Hit]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are wanted: codes, their beginnings (`UTM`), or names. `severity` overrides, `off` silences."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] | None = None

    def of(self, rules: Iterable[Rule]) -> dict[str, Severity]:
        """The wanted rules by code with their severities.

        Raises: CtaError where a selector names no rule.
        """
        known = list(rules)
        overrides = {_resolve(name, known)[0].code: level for name, level in (self.severity or {}).items()}
        chosen = {rule.code for name in self.select for rule in _resolve(name, known)}
        if not self.select:
            chosen = {rule.code for rule in known if not rule.off}
        chosen -= {rule.code for name in self.ignore for rule in _resolve(name, known)}
        levels = {rule.code: overrides.get(rule.code, rule.severity) for rule in known if rule.code in chosen}
        return {code: _LEVELS[level] for code, level in levels.items() if level in _LEVELS}


def _resolve(selector: str, rules: Sequence[Rule]) -> list[Rule]:
    found = [rule for rule in rules if rule.name == selector or rule.code.startswith(selector.upper())]
    if not found or not selector:
        from difflib import get_close_matches

        names = [name for rule in rules for name in (rule.code, rule.name)]
        near = get_close_matches(selector, names, n=1, cutoff=0.4)
        hint = f'did you mean "{near[0]}"?' if near else "`cta rules` lists them"
        raise CtaError(f'no rule is called "{selector}"; {hint}')
    return found


def lint(
    project: Project,
    paths: list[str],
    choice: Choice = Choice(),
    step: Callable[[int, str], None] | None = None,
) -> Report:
    """The findings on the pages at `paths`, or on the contract's sources.

    Raises: CtaError where a path cannot be read, there is no page, or a selector names no rule.
    """
    rules = by_code()
    levels = choice.of(rules.values())
    selection = select(project, paths)
    # A rule that is off neither costs time nor mutes another; nor does one of the whole site that is not wanted.
    running = [rule for rule in rules.values() if rule.code in levels or not (rule.off or rule.site)]
    files = selection.files if selection.whole and any(rule.wants for rule in running) else ()
    run = _Run(project, list(rules.values()), running, served(files), whole=selection.whole)
    found: list[tuple[tuple[int, str, int, int], Finding]] = []
    order: dict[str, int] = {}

    def checked(file: PageFile) -> _Checked:
        read = read_page(file, run.resolver)
        page, links = authored(read.page, read.links, project)
        return run.check(page, links, levels, read)

    for number, done in enumerate(each(checked, selection.files)):
        for name in done.files:
            order.setdefault(name, number)
        run.keep(done)
        found += [((order[one.file], one.file, one.line, one.column), one) for one in done.findings]
        if step:
            step(number + 1, selection.files[number].name)
    of_site = run.of_site()
    spoken = _spoken_for(of_site, levels)
    found = [item for item in found if (item[1].code, *_place(item[1])) not in spoken]
    for one in _findings(of_site, levels):
        found.append(((order[one.file], one.file, one.line, one.column), one))
    found.sort(key=lambda item: (item[0], item[1].code, item[1].message))
    findings = tuple(finding for _, finding in found)
    return Report(findings, _summary(findings, run), selection.notes)


@dataclass(slots=True)
class _Checked:
    """What a process tells of a page that it has checked."""

    page: Page
    files: tuple[str, ...]
    findings: list[Finding]
    kept: list[Link]
    """The links that the checks of the whole site look at."""
    link_count: int
    cta_count: int


def _findings(found: list[Found], levels: Mapping[str, Severity]) -> list[Finding]:
    return [_finding(rule, hit, _milder(levels[rule.code], hit)) for rule, hit in found if rule.code in levels]


def _milder(level: Severity, hit: Hit) -> Severity:
    """The weight of a hit: its own where it is less than that of the rule, which a user may have lowered."""
    return max(level, hit.severity or level, key=list(_LEVELS).index)


def _spoken_for(found: list[Found], levels: Mapping[str, Severity]) -> set[tuple[str, str, int, int, int, int]]:
    """Codes and places of what a rule of the whole site speaks for: there the link's own finding is silent."""
    return {
        (code, *_place(finding))
        for rule, hit in found
        if rule.mutes and rule.code in levels
        for finding in [_finding(rule, hit, levels[rule.code])]
        for code in rule.mutes
    }


def _place(finding: Finding) -> tuple[str, int, int, int, int]:
    return finding.file, finding.line, finding.column, finding.end_line, finding.end_column


class _Run:
    def __init__(self, project: Project, known: list[Rule], rules: list[Rule], served: Served, whole: bool) -> None:
        self.resolver = Resolver(project.contract)
        self.served = served
        self.whole = whole
        self.link_rules = [rule for rule in rules if rule.link]
        self.page_rules = [rule for rule in rules if rule.page]
        self.text_rules = [rule for rule in rules if rule.text]
        self.site_rules = [rule for rule in rules if rule.site] if whole else []
        settings = project.contract.lint.options
        self.contexts = {rule.code: self._context(rule, settings) for rule in known}
        # Most rules need the same links, and each link is asked about.
        self.needs = tuple(dict.fromkeys(self._needs(rule) for rule in self.site_rules))
        self.pages: list[Page] = []
        self.kept: list[Link] = []
        self.link_count = 0
        self.cta_count = 0

    def _context(self, rule: Rule, settings: Mapping[str, Mapping[str, Any]]) -> Context:
        given = settings.get(rule.code) or settings.get(rule.name) or {}
        known = {option.name: option.default for option in rule.options}
        unknown = sorted(set(given) - set(known))
        if unknown:
            has = f"its options are {', '.join(known)}" if known else "it has none"
            raise CtaError(f'cta.toml: {rule.code} has no option "{unknown[0]}"; {has}')
        for name, value in given.items():
            if not isinstance(value, type(known[name])):
                kind = _NAMES.get(type(known[name]), "another value")
                raise CtaError(f'cta.toml: the option "{name}" of {rule.code} is {kind}, not {value!r}')
        return Context(self.resolver.contract, self.resolver, known | dict(given), self.served)

    def _needs(self, rule: Rule) -> Callable[[Link], bool]:
        wants, context = rule.wants, self.contexts[rule.code]
        return (lambda link: wants(link, context)) if wants else rule.needs

    def check(self, page: Page, links: Sequence[Link], levels: Mapping[str, Severity], read: Read) -> _Checked:
        """Checks a page and its links. `read`: the file that they were read from."""
        hits: list[Found] = []
        meant: list[Link] = []
        for link in links:
            found, sound = self._of_link(link)
            hits += found
            # A CTA whose URL is broken is a broken CTA, not a missing one.
            meant.append(
                replace(link, cta=sound.cta, kind=sound.kind, description=sound.description)
                if sound is not link
                else link
            )
        for rule in self.page_rules:
            if rule.page:
                hits += [(rule, hit) for hit in rule.page(page, meant, self.contexts[rule.code])]
        text = PageText(page, meant, read, self.resolver.contract)
        for rule in self.text_rules:
            if rule.text:
                hits += [(rule, hit) for hit in rule.text(text, self.contexts[rule.code])]
        return _Checked(
            page,
            tuple(dict.fromkeys((page.file, *(link.file for link in links), *(one.file for one in page.stated)))),
            _findings(hits, levels),
            [link for link in meant if any(needed(link) for needed in self.needs)] if self.needs else [],
            len(links),
            sum(1 for link in links if link.cta),
        )

    def keep(self, done: _Checked) -> None:
        """Keeps what the checks of the whole site, and the summary, need of a page."""
        self.pages.append(done.page)
        self.link_count += done.link_count
        self.cta_count += done.cta_count
        self.kept += done.kept

    def of_site(self) -> list[Found]:
        """What the checks of the whole site find; nothing where not the whole site was read."""
        return [
            (rule, hit)
            for rule in self.site_rules
            if rule.site
            for hit in rule.site(self.pages, self.kept, self.contexts[rule.code])
        ]

    def _of_link(self, link: Link) -> tuple[list[Found], Link]:
        """What is wrong with a link, and the link as it would be without the faults in its URL's shape."""
        found = self._hits(link, self.link_rules)
        sound = link
        if any(rule.is_structural for rule, _ in found) and link.description.repaired is not None:
            sound = self._repaired(link)
            left = self._hits(sound, [rule for rule in self.link_rules if not rule.is_structural])
            kept = {(rule.code, hit.keys) for rule, hit in left}
            found = [(rule, hit) for rule, hit in found if rule.is_structural or (rule.code, hit.keys) in kept]
        return _unmuted(found), sound

    def _hits(self, link: Link, rules: list[Rule]) -> list[Found]:
        return [(rule, hit) for rule in rules if rule.link for hit in rule.link(link, self.contexts[rule.code])]

    def identity(self, link: Link) -> PageIdentity:
        """What the contract makes of the page that a link stands on."""
        return self.resolver.identify(link.page, link.site if len(self.resolver.sites) > 1 else None)

    def _repaired(self, link: Link) -> Link:
        href = link.description.repaired or link.href
        description = self.resolver.describe(href, link.page)
        stand = Stand(link.placement, link.data_slot, link.ordinal)
        resolution = self.resolver.resolve(description, self.identity(link), stand)
        return replace(
            link,
            href=href,
            description=description,
            kind=description.kind,
            cta=resolution.cta,
            departures=resolution.departures,
        )


def _unmuted(found: list[Found]) -> list[Found]:
    """The findings of one link without those that a more specific rule speaks for."""
    if len(found) < 2:
        return found

    def is_muted(rule: Rule, hit: Hit) -> bool:
        return any(
            rule.code in other.mutes and (not told.keys or not hit.keys or told.keys & hit.keys)
            for other, told in found
            if other is not rule
        )

    return [(rule, hit) for rule, hit in found if not is_muted(rule, hit)]


def _finding(rule: Rule, hit: Hit, severity: Severity) -> Finding:
    link = hit.link or hit.stated
    if link is None:
        if hit.page is None:
            raise ValueError(f"{rule.code}: a hit is about a link or a page")
        page = hit.page
        return Finding(rule.code, rule.name, severity, hit.message, page.file, 1, 1, 1, 1, page.path, None)
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
        source=link.raw,
        source_start=start,
        source_end=end,
    )


def _position(link: Link | Stated, offset: int) -> tuple[int, int]:
    ends = [found.end() for found in _LINE_END.finditer(link.raw, 0, offset)]
    if not ends:
        return link.href_line, link.href_column + offset
    return link.href_line + len(ends), offset - ends[-1] + 1


def _summary(findings: tuple[Finding, ...], run: _Run) -> Summary:
    counts = {
        level: sum(1 for finding in findings if finding.severity == level) for level in ("error", "warning", "info")
    }
    return Summary(
        pages=len(run.pages),
        links=run.link_count,
        ctas=run.cta_count,
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        fixable=sum(1 for finding in findings if finding.fix),
    )
