"""What can be told to be wrong with a URL by looking at nothing but the URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.problem import Problem

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

# Without parameters, only these make something of a plain URL that the checks of parameters look at.
_TELLING = re.compile(r"@|utm_")
_UNCHECKED = frozenset({"email", "phone", "computed", "fragment"})


def find_faults(found: Description, context: Context) -> tuple[list[Problem], str | None]:
    """The faults of a URL's shape (LNK002 to LNK008, LNK014), and the URL without them (None: nothing to repair)."""
    from cta_analytics.urls.checks import parameters, structure

    if found.kind in _UNCHECKED:
        return [], None
    if found.parsed.is_plain:
        return [], structure.repair(found, context) if parameters.miscased_params(found, context) else None
    faults = [problem for check in structure.CHECKS for problem in check(found, context)]
    return faults, structure.repair(found, context) if faults or parameters.miscased_params(found, context) else None


def find_problems(found: Description, context: Context) -> list[Problem]:
    """What is wrong with what the URL says: its host, its parameters, its tags."""
    from cta_analytics.urls.checks import amazon, hosts, parameters

    if found.kind in _UNCHECKED or found.kind == "invalid":
        return []
    parsed = found.parsed
    is_bare = parsed.is_plain and not parsed.query.params and not parsed.userinfo and not _TELLING.search(found.url)
    if is_bare and parsed.is_relative and found.table is None:
        return []
    checks = [
        *hosts.CHECKS,
        *(() if is_bare else parameters.CHECKS),
        *(amazon.CHECKS if found.table and found.table.programs else ()),
    ]
    return [problem for check in checks for problem in check(found, context)]


def repaired(found: Description, context: Context, code: str) -> str | None:
    """The URL without its faults of one code, all else byte for byte; None where that has no certain answer."""
    from cta_analytics.urls.checks import structure

    return structure.repair(found, context, frozenset({code}))
