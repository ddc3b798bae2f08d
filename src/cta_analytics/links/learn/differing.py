"""The links that differ from what their group has in common, the pages that lack one, and the probable reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cta_analytics.config import Contract
from cta_analytics.links import policy
from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Page
from cta_analytics.links.learn.majority import SMALLEST_MAJORITY, most
from cta_analytics.links.learn.observed import Observed
from cta_analytics.links.learn.reasons import Reasons
from cta_analytics.links.link import Departure
from cta_analytics.urls import Problem

_MOST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Differing:
    """A link that differs, or (at 1:1) a page that lacks one."""

    file: str
    line: int
    column: int
    page: str
    cta: str
    href: str | None
    differs: tuple[str, ...]
    """In what."""
    reason: str
    """Its name (docs/init.md): `copied-from-page`, `copied-from-search`, `foreign-tag`, `typo`, `missing-cta`, …"""
    probably: str | None
    """The reason in words; None where a fault of the URL speaks for itself."""
    departures: tuple[Departure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The entry as `cta init --format json` prints it (docs/init.md)."""
        names = ("file", "line", "column", "page", "cta", "href", "differs", "reason", "probably")
        found: dict[str, Any] = {name: getattr(self, name) for name in names}
        return found | {"differs": list(self.differs), "departures": [one.as_json() for one in self.departures]}


def differing(
    contract: Contract, pages: Sequence[Page], observed: Sequence[Observed], resolver: Resolver
) -> list[Differing]:
    """What differs from the contract, in the order of files, lines and columns."""
    resolved = [(one, resolver.resolve(one.found, one.page, one.link)) for one in observed]
    customary = _customary((resolution.cta, one.link.description.problems) for one, resolution in resolved)
    reasons = Reasons(contract, pages, observed)
    found = []
    for one, resolution in resolved:
        keys = {departure.key for departure in resolution.departures}
        problems = [
            problem
            for problem in one.link.description.problems
            if problem.key not in keys and (resolution.cta, problem.code) not in customary
        ]
        if not (resolution.cta and (resolution.departures or problems)):
            continue
        reason, probably = reasons.of(one, resolution.departures, problems)
        found.append(
            Differing(
                file=one.link.file,
                line=one.link.line,
                column=one.link.column,
                page=one.link.page,
                cta=resolution.cta,
                href=one.link.href,
                differs=(*_worded(resolution.departures), *(problem.message for problem in problems)),
                reason=reason,
                probably=probably,
                departures=resolution.departures,
            )
        )
    found += _missing(contract, pages, observed, resolver)
    return sorted(found, key=lambda one: (one.file, one.line, one.column, one.cta))


def _customary(found: Iterable[tuple[str | None, Sequence[Problem]]]) -> set[tuple[str | None, str]]:
    """Problems that most links of a policy have: they are faults, but no exceptions."""
    totals: Counter[str | None] = Counter()
    counts: Counter[tuple[str | None, str]] = Counter()
    for cta, problems in found:
        totals[cta] += 1
        counts.update((cta, code) for code in {problem.code for problem in problems})
    return {at for at, count in counts.items() if totals[at[0]] >= SMALLEST_MAJORITY and most(count, totals[at[0]])}


def _worded(departures: Sequence[Departure]) -> list[str]:
    missing = [departure.key for departure in departures if departure.actual is None]
    found = [f"without {', '.join(missing)}"] if missing else []
    for departure in departures:
        if departure.actual is None:
            continue
        wanted = departure.expected
        if isinstance(wanted, tuple) and len(wanted) > _MOST_SHOWN:
            shown = f"none of the {len(wanted)} that others have"
        else:
            shown = "not " + " or ".join(
                f'"{text}"' for text in ((wanted,) if isinstance(wanted, str) else wanted or ())
            )
        found.append(f'{departure.key} is "{departure.actual}", {shown}')
    return found


def _missing(
    contract: Contract, pages: Sequence[Page], observed: Sequence[Observed], resolver: Resolver
) -> list[Differing]:
    by_page: dict[str, list[Observed]] = defaultdict(list)
    for one in observed:
        by_page[one.link.page].append(one)
    found = []
    for page in pages:
        identity = resolver.identify(page.path)
        for rule in contract.ctas:
            if not rule.min_per_page or not policy.applies(rule, identity):
                continue
            if not any(
                policy.matches(rule.match, one.found, one.link.data_slot, one.link.placement)
                for one in by_page[page.path]
            ):
                says = f"no such link, where the other pages of kind {page.kind} have one"
                found.append(
                    Differing(page.file, 1, 1, page.path, rule.name, None, (says,), "missing-cta", "forgotten")
                )
    return found
