"""What fixing a run's findings would change: fixes one by one, and the changes of files that make all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.finding import Change, Fix, Place, Safety
from cta_analytics.lint.fix import Address, Found, address_of, fix_of, place_of, planned
from cta_analytics.lint.moved import moved
from cta_analytics.lint.rule import Hit
from cta_analytics.lint.sources import Opened, Sources
from cta_analytics.pages import reader_of

if TYPE_CHECKING:
    from cta_analytics.lint.excuses import Cut


class Planner:
    """Plans the changes of files, where some safety of fixes is wanted, and gives each hit its fix in any case."""

    def __init__(self, resolver: Resolver, sources: Sources, fixes: frozenset[Safety], whole: bool = True) -> None:
        self.sources = sources
        self._fixes = fixes
        self._whole = whole
        self._moved = partial(moved, resolver=resolver)
        self._changes: dict[Place, list[Change]] = {}
        self._authored: set[str] = set()

    def fix(self, hit: Hit, page: Page | None) -> Fix | None:
        """The fix of a hit on a page, or of the whole site."""
        if hit.unneeded:
            found = self._cut(hit)
            return found[1] if found else None
        at = address_of(hit)
        is_fixable = hit.repair is not None and at is not None and self._is_authored(at, page)
        return fix_of(hit, self.sources) if is_fixable else None

    def of_page(
        self,
        page: Page,
        links: Sequence[Link],
        found: Sequence[Found],
        judge: Callable[[Sequence[Link]], Sequence[Found]],
    ) -> tuple[list[Change], Sequence[Link]]:
        """The changes that fix what was found on a page, and its links as they then are."""
        if not self._fixes or not any(hit.repair is not None for _, hit in found):
            return [], links
        return planned(
            links,
            self._fixable(found, page),
            lambda links: self._fixable(judge(links), page),
            self._moved,
            self._fixes,
        )

    def keep(self, page: Page, changes: Iterable[Change]) -> None:
        """Keeps what was planned for a page."""
        self._authored.add(page.file)
        for change in changes:
            self._changes.setdefault(change.place, []).append(change)

    def of_site(self, found: Iterable[Found], judge: Callable[[Sequence[Link]], Sequence[Found]]) -> None:
        """Plans what the checks of the whole site ask for, on top of what was planned for each page."""
        by_place: dict[Place, list[Found]] = {}
        for rule, hit in found:
            if self._fixes and hit.repair is not None and hit.link is not None and self._is_authored(hit.link, None):
                by_place.setdefault(place_of(hit.link), []).append((rule, hit))
        for place, hits in by_place.items():
            links = [link for link in (hits[0][1].link,) if link is not None]
            changes, _ = planned(links, hits, judge, self._moved, self._fixes)
            earlier = self._changes.get(place)
            if changes and earlier:
                codes = tuple(sorted((*earlier[0].codes, *changes[0].codes)))
                changes = [replace(one, repaired=changes[0].repaired, codes=codes) for one in earlier]
            if changes:
                self._changes[place] = changes

    def of_run(self, found: Iterable[Found]) -> None:
        """Plans what the checks of the run itself ask for."""
        for rule, hit in found:
            planned = self._cut(hit) if "safe" in self._fixes else None
            if planned and hit.at:
                opened, fix, cut = planned[0], planned[1], planned[2]
                line, column = opened.source.position(cut.start)
                raw = opened.source.text[cut.start : cut.end]
                place = (hit.at.file, hit.at.line, hit.at.column)
                change = Change(
                    hit.at.file, line, column, raw, "plain", "", fix.text, hit.at.page, (rule.code,), about=place
                )
                self._changes.setdefault(place, []).append(change)

    def _cut(self, hit: Hit) -> tuple[Opened, Fix, Cut] | None:
        """What takes an idle suppression out of its file. One that pages share may be needed by those that were not read."""
        at = hit.at
        if not hit.unneeded or at is None or not (self._whole or self.sources.is_page(at.file)):
            return None
        opened = self.sources.open(at.file)
        if opened is None or reader_of(at.file) is None:
            return None
        from cta_analytics.lint.excuses import cut

        found = cut(opened.source, at, hit.unneeded)
        if found is None:
            return None
        source = opened.source
        says = f"{source.text[found.start : found.end].strip()} → {found.text}" if found.text else "remove it"
        fix = Fix("safe", source.byte_offset(found.start), source.byte_offset(found.end), found.text, says)
        return opened, fix, found

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that was planned."""
        return tuple(change for changes in self._changes.values() for change in changes)

    def _is_authored(self, at: Address, page: Page | None) -> bool:
        """Whether a URL stands in a file that an author edits: a built page is made anew by the next build."""
        is_own = at.file == page.file if page else at.file in self._authored
        return is_own or not self.sources.is_page(at.file)

    def _fixable(self, found: Iterable[Found], page: Page) -> list[Found]:
        placed = [(rule, hit, address_of(hit)) for rule, hit in found]
        return [
            (rule, hit if at is None or self._is_authored(at, page) else replace(hit, repair=None))
            for rule, hit, at in placed
        ]
