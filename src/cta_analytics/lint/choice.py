"""Which findings are wanted, everywhere and by path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from cta_analytics.config import LintPaths
from cta_analytics.errors import CtaError
from cta_analytics.lint.finding import Severity
from cta_analytics.lint.rule import Rule

if TYPE_CHECKING:
    from cta_analytics.lint.baseline import Baseline
    from cta_analytics.lint.changed import Changed

_LEVELS: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are wanted: codes, their beginnings (`UTM`), or names. `severity` overrides, `off` silences."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] | None = None
    preview: bool = False
    """Also the rules that are new in this release."""
    at_least: Severity = "info"
    """Only findings of this severity or a higher one."""
    allow_empty: bool = False
    """A site without links or CTAs is no finding."""
    fold: bool = True
    """The same fault from a shared component is one finding."""
    changed: Changed | None = None
    """Only what stands in these files."""
    baseline: Baseline | None = None
    """Not what was known when this was written."""

    def of(self, rules: Iterable[Rule]) -> dict[str, Severity]:
        """The wanted rules by code with their severities.

        A rule that is `off` or in `preview` is chosen by its own code or name only: what `UTM` means to a contract does
        not change with a release.

        Raises: CtaError where a selector names no rule.
        """
        known = list(rules)
        overrides = {resolve(name, known)[0].code: level for name, level in (self.severity or {}).items()}
        chosen = {
            rule.code
            for name in self.select
            for rule in resolve(name, known)
            if not rule.preview or self.preview or is_named(rule, name)
        }
        if not self.select:
            chosen = {rule.code for rule in known if not rule.off and (self.preview or not rule.preview)}
        chosen -= {rule.code for name in self.ignore for rule in resolve(name, known)}
        levels = {rule.code: overrides.get(rule.code, rule.severity) for rule in known if rule.code in chosen}
        return {code: _LEVELS[level] for code, level in levels.items() if level in _LEVELS}


class Levels:
    """The wanted rules with their severities, as they are on each page."""

    def __init__(self, everywhere: Mapping[str, Severity], per_path: Sequence[LintPaths], rules: Sequence[Rule]):
        self.everywhere = everywhere
        self._per_path = [(entry, *_resolved(entry, rules)) for entry in per_path]
        self._known: dict[tuple[bool, ...], Mapping[str, Severity]] = {}

    def of(self, page: str, file: str) -> Mapping[str, Severity]:
        """What is wanted of the findings in a file, which is one of a page's."""
        if not self._per_path:
            return self.everywhere
        fitting = tuple(matches_path(entry.paths, page, file) for entry, _, _, _ in self._per_path)
        if fitting not in self._known:
            self._known[fitting] = self._laid_over(fitting)
        return self._known[fitting]

    def _laid_over(self, fitting: tuple[bool, ...]) -> Mapping[str, Severity]:
        levels = dict(self.everywhere)
        for is_fitting, (entry, selected, ignored, severity) in zip(fitting, self._per_path, strict=True):
            if not is_fitting:
                continue
            levels = {
                code: severity.get(code, level)
                for code, level in levels.items()
                if (not entry.select or code in selected) and code not in ignored
            }
        return {code: level for code, level in levels.items() if level in _LEVELS}


def _resolved(entry: LintPaths, rules: Sequence[Rule]) -> tuple[frozenset[str], frozenset[str], dict[str, Severity]]:
    def codes(names: Iterable[str]) -> frozenset[str]:
        return frozenset(rule.code for name in names for rule in resolve(name, rules))

    levels = {rule.code: level for name, level in entry.severity.items() for rule in resolve(name, rules)}
    off = frozenset(code for code, level in levels.items() if level == "off")
    kept = {code: _LEVELS[level] for code, level in levels.items() if level in _LEVELS}
    return codes(entry.select), codes(entry.ignore) | off, kept


def matches_path(globs: Iterable[str], page: str, file: str) -> bool:
    """Whether a glob is about a page: one that starts with `/` about its path on the site, else about its file."""
    return any(fnmatchcase(page if glob.startswith("/") else file, glob) for glob in globs)


def is_named(rule: Rule, selector: str) -> bool:
    """Whether a selector is the rule's own code or name, not the beginning of several."""
    return selector in {rule.code, rule.name} or selector.upper() == rule.code


def resolve(selector: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that a selector names.

    Raises: CtaError where it names none.
    """
    found = [rule for rule in rules if rule.name == selector or rule.code.startswith(selector.upper())]
    if not found or not selector:
        raise CtaError(f'no rule is called "{selector}"; {nearest(selector, rules)}')
    return found


def nearest(selector: str, rules: Iterable[Rule]) -> str:
    """A hint at what was meant by a selector that names no rule."""
    from difflib import get_close_matches

    names = [name for rule in rules for name in (rule.code, rule.name)]
    near = get_close_matches(selector, names, n=1, cutoff=0.4)
    return f'did you mean "{near[0]}"?' if near else "`cta rules` lists them"
