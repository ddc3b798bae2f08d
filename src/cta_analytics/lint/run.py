"""A run of the linter: pages are read one after another, rules look at each link, each page, and at last the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cta_analytics.config import Project
from cta_analytics.links.authored import authored
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import Read, read_page
from cta_analytics.links.files import PageFile, select
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.links.processes import each
from cta_analytics.lint import by_code, options, suppress
from cta_analytics.lint.changed import Scope
from cta_analytics.lint.choice import Choice, Levels
from cta_analytics.lint.collected import Collected, report
from cta_analytics.lint.expiry import Calendar
from cta_analytics.lint.finding import Change, Finding, Report, Safety
from cta_analytics.lint.fix import Found
from cta_analytics.lint.moved import with_href
from cta_analytics.lint.outcome import Judged, Outcome
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.planner import Planner
from cta_analytics.lint.rule import Context, Hit, Rule, Served
from cta_analytics.lint.served import served
from cta_analytics.lint.sources import Sources
from cta_analytics.lint.standing import finding, milder, spoken_for, spot, stands_in
from cta_analytics.lint.suppress import Sieve, Suppression, Use
from cta_analytics.pages import reader_of
from cta_analytics.pages.source import ReadFrom

EVERYTHING = Choice()


def lint(
    project: Project,
    paths: list[str],
    choice: Choice = EVERYTHING,
    step: Callable[[int, str], None] | None = None,
    fixes: frozenset[Safety] = frozenset(),
) -> Report:
    """The findings on the pages at `paths`, or on the contract's sources. `fixes`: which to plan as changes of files.

    Raises: CtaError where a path cannot be read, there is no page, or a selector names no rule.
    """
    return report(collect(project, paths, choice, step, fixes), choice)


def collect(
    project: Project,
    paths: list[str],
    choice: Choice = EVERYTHING,
    step: Callable[[int, str], None] | None = None,
    fixes: frozenset[Safety] = frozenset(),
) -> Collected:
    """The same before the choice's baseline, severity and folding are applied."""
    rules = list(by_code().values())
    levels = Levels(choice.of(rules), project.contract.lint.per_path, rules)
    selection = select(project, paths)
    files = selection.files if _may_hold_pages(choice) else ()
    is_asked = selection.whole and any(rule.wants for rule in rules if rule.code in levels.everywhere)
    opened = Sources({file.name: file.file for file in selection.files}, project.root)
    there = served(selection.files if is_asked else ())
    run = _Run(project, rules, levels, there, selection.whole, opened, fixes)
    scope = Scope(choice.changed, project.root)
    found: list[Finding] = []
    order: dict[str, int] = {}
    for number, done in enumerate(each(run.check, files)):
        for name in done.files:
            order.setdefault(name, number)
        is_wanted = scope.takes(files[number].file, done.files)
        run.keep(done, is_wanted)
        found += done.findings if is_wanted else []
        if step:
            step(number + 1, files[number].name)
    of_site = run.of_site(scope)
    spoken = spoken_for(of_site, rules)
    found = [one for one in found if (one.code, *spot(one)) not in spoken] + of_site
    if not scope.is_empty:
        found += run.of_run(scope, is_wide=selection.whole or any(Path(path).is_dir() for path in paths), choice=choice)
    found.sort(key=lambda one: (order.get(one.file, len(order)), one.file, one.line, one.column, one.code, one.message))
    contract = project.file.name if project.file else None
    return Collected(
        found,
        frozenset(name for name in order if scope.holds(name)),
        frozenset(rule.code for rule in run.rules if rule.code in levels.everywhere and not rule.run),
        run.page_count,
        run.link_count,
        run.cta_count,
        run.sieve.count,
        (*selection.notes, *run.notes(found), *scope.notes(contract)),
        run.planner.changes,
        opened,
    )


def _may_hold_pages(choice: Choice) -> bool:
    """Whether anything that changed can be a page: if not, nothing needs to be read."""
    return choice.changed is None or any(reader_of(file.name) for file in choice.changed.files)


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
    suppressed: int
    used: set[Use]
    suppressions: tuple[Suppression, ...]
    read_from: tuple[ReadFrom | None, ...]
    """The files as they were read, in case there are findings in them."""
    changes: list[Change]


class _Run:
    def __init__(
        self,
        project: Project,
        rules: list[Rule],
        levels: Levels,
        served: Served,
        whole: bool,
        opened: Sources,
        fixes: frozenset[Safety],
    ) -> None:
        self.project = project
        self.resolver = Resolver(project.contract)
        self.planner = Planner(self.resolver, opened, fixes, whole)
        self.levels = levels
        self.served = served
        self.whole = whole
        # A rule that is off neither costs time nor mutes another; nor does one of the whole site that is not wanted.
        running = [rule for rule in rules if rule.code in levels.everywhere or not (rule.off or rule.site)]
        self.rules = [rule for rule in running if whole or not rule.site]
        self.link_rules = [rule for rule in running if rule.link]
        self.page_rules = [rule for rule in running if rule.page]
        self.text_rules = [rule for rule in running if rule.text]
        self.site_rules = [rule for rule in self.rules if rule.site]
        settings = project.contract.lint.options
        self.contexts = {
            rule.code: Context(project.contract, self.resolver, options.of(rule, settings), served) for rule in rules
        }
        # Most rules need the same links, and each link is asked about.
        self.needs = tuple(dict.fromkeys(self._needs(rule) for rule in self.site_rules))
        self.names = suppress.names(rules)
        self.calendar = Calendar()
        self.of_contract = suppress.of_contract(project, self.names, self.calendar)
        self.sieve = Sieve(self.of_contract)
        self.suppressions: dict[str, tuple[Suppression, ...]] = {}
        """Those of the pages, by each of their files."""
        self.read_from: dict[str, ReadFrom] = {}
        self.pages: list[Page] = []
        self.kept: list[Link] = []
        self.read_links = 0
        self.read_ctas = 0
        self.page_count = 0
        """Pages that are reported on; beside them others may have been read."""
        self.link_count = 0
        self.cta_count = 0

    def _needs(self, rule: Rule) -> Callable[[Link], bool]:
        wants, context = rule.wants, self.contexts[rule.code]
        return (lambda link: wants(link, context)) if wants else rule.needs

    def check(self, file: PageFile) -> _Checked:
        """Reads a page and checks it and its links."""
        read = read_page(file, self.resolver)
        page, links, source = authored(read.page, read.links, self.project)
        sources = (source, read.source) if source else (read.source,)
        hits, meant = self._judged_page(page, links, read)
        suppressions = suppress.of_page(page.path, links, sources, self.names, self.calendar)
        sieve = Sieve(self.of_contract)
        wanted = self._wanted(hits, sieve, suppressions)
        findings = self._findings(wanted, page)

        def judge(links: Sequence[Link]) -> list[Found]:
            return self._wanted(self._judged_page(page, links, read)[0], Sieve(self.of_contract), suppressions)

        changes, then = self.planner.of_page(page, links, wanted, judge)
        meant = self._judged_page(page, then, read)[1] if changes else meant
        kept = [link for link in meant if any(needed(link) for needed in self.needs)] if self.needs else []
        return _Checked(
            page,
            tuple(
                dict.fromkeys(
                    (page.file, *(link.file for link in links), file.name, *(one.file for one in page.stated))
                )
            ),
            findings,
            kept,
            len(links),
            sum(1 for link in links if link.cta),
            sieve.count,
            sieve.used,
            suppressions,
            tuple(source.read_from for source in sources) if findings or kept else (),
            changes,
        )

    def _judged_page(self, page: Page, links: Sequence[Link], read: Read) -> tuple[list[Found], list[Link]]:
        """What is wrong with a page and its links, and the links as they would be with whole URLs."""
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
        return hits, meant

    def _wanted(self, found: Iterable[Found], sieve: Sieve, suppressions: Sequence[Suppression]) -> list[Found]:
        """What is neither suppressed nor off, each with its severity."""
        wanted = []
        for rule, hit in found:
            page, file = stands_in(hit)
            level = self.levels.of(page, file).get(rule.code)
            if not rule.run and sieve.holds(rule.code, hit.link, page, file, suppressions, level is not None):
                continue
            if level is not None:
                wanted.append((rule, replace(hit, severity=milder(level, hit))))
        return wanted

    def _findings(self, wanted: Iterable[Found], page: Page | None = None) -> list[Finding]:
        return [finding(rule, hit, hit.severity or rule.severity, self.planner.fix(hit, page)) for rule, hit in wanted]

    def keep(self, done: _Checked, is_wanted: bool) -> None:
        """Keeps what the checks of the whole site and of the run, and the summary, need of a page."""
        self.pages.append(done.page)
        self.planner.keep(done.page, done.changes)
        self.read_links += done.link_count
        self.read_ctas += done.cta_count
        self.kept += done.kept
        self.sieve.used |= done.used
        if done.suppressions:
            self.suppressions.update(dict.fromkeys(done.files, done.suppressions))
        self.read_from.update((name, stood) for name, stood in zip(done.files, done.read_from, strict=False) if stood)
        if is_wanted:
            self.page_count += 1
            self.link_count += done.link_count
            self.cta_count += done.cta_count
            self.sieve.count += done.suppressed

    def of_site(self, scope: Scope) -> list[Finding]:
        """What the checks of the whole site find; nothing where not the whole site was read."""
        wanted: list[Found] = []
        for rule in self.site_rules:
            for hit in rule.site(self.pages, self.kept, self.contexts[rule.code]) if rule.site else ():
                file = stands_in(hit)[1]
                if scope.holds(file):
                    wanted += self._wanted([(rule, hit)], self.sieve, self.suppressions.get(file, ()))
        self.planner.of_site(wanted, self._of_links)
        return self._findings(wanted)

    def _of_links(self, links: Sequence[Link]) -> list[Found]:
        found = [one for link in links for one in self._of_link(link)[0]]
        suppressions = self.suppressions.get(links[0].file, ()) if links else ()
        return self._wanted(found, Sieve(self.of_contract), suppressions)

    def of_run(self, scope: Scope, is_wide: bool, choice: Choice) -> list[Finding]:
        """What the checks of the run itself find."""
        outcome = Outcome(
            self.project.file.name if self.project.file else self.pages[0].file,
            len(self.pages),
            self.read_links,
            self.read_ctas,
            frozenset(page.kind for page in self.pages),
            self.whole,
            is_wide,
            choice.allow_empty,
            tuple(self._judged(scope)),
        )
        hits = ((rule, hit) for rule in self.rules if rule.run for hit in rule.run(outcome, self.contexts[rule.code]))
        wanted = self._wanted(hits, self.sieve, ())
        self.planner.of_run(wanted)
        return self._findings(wanted)

    def _judged(self, scope: Scope) -> Iterable[Judged]:
        ran = {rule.code for rule in self.rules if rule.code in self.levels.everywhere}
        of_pages = {one.key: one for page in self.suppressions.values() for one in page if not one.is_copy}
        for one in (*of_pages.values(), *self.of_contract):
            # What the contract says of some paths is only known to be idle where all of them were read.
            is_judged = (not one.globs or self.whole) and not one.is_expired
            idle = (code for code in one.codes if code in ran and (one.key, code) not in self.sieve.used)
            if scope.holds(one.file):
                yield Judged(one, tuple(idle) if is_judged else ())

    def notes(self, found: Iterable[Finding]) -> Iterable[str]:
        """What stood in the way of the run."""
        for name in dict.fromkeys(one.file for one in found):
            if name in self.read_from and not self.read_from[name].is_current:
                yield f"{name}: changed while it was linted, so its findings may point beside it; run the command again"
        given = {one for page in self.suppressions.values() for one in page} | set(self.of_contract)
        if any(one.until and one.committed_on is None for one in given):
            yield "until= is judged at the date of the HEAD commit, and there is none: no suppression counts as expired"

    def _of_link(self, link: Link) -> tuple[list[Found], Link]:
        """What is wrong with a link, and the link as it would be without the faults in its URL's shape."""
        found = self._hits(link, self.link_rules)
        sound = link
        if any(rule.is_structural for rule, _ in found) and link.description.repaired is not None:
            sound = with_href(link, link.description.repaired, self.resolver)
            left = self._hits(sound, [rule for rule in self.link_rules if not rule.is_structural])
            kept = {(rule.code, hit.keys) for rule, hit in left}
            found = [(rule, hit) for rule, hit in found if rule.is_structural or (rule.code, hit.keys) in kept]
        return _unmuted(found), sound

    def _hits(self, link: Link, rules: list[Rule]) -> list[Found]:
        return [(rule, hit) for rule in rules if rule.link for hit in rule.link(link, self.contexts[rule.code])]


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
