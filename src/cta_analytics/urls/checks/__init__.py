"""What can be told to be wrong with a URL by looking at nothing but the URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.problem import Problem

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

_UNCHECKED = frozenset({"email", "phone", "computed", "fragment"})


def find_faults(found: Description, context: Context) -> tuple[list[Problem], str | None]:
    """The faults of a URL's shape (LNK002 to LNK008, LNK014), and the URL without them (None: nothing to repair)."""
    from cta_analytics.urls.checks import parameters, structure

    if found.kind in _UNCHECKED:
        return [], None
    faults = [problem for check in structure.CHECKS for problem in check(found, context)]
    return faults, structure.repair(found, context) if faults or parameters.miscased_params(found, context) else None


def find_problems(found: Description, context: Context) -> list[Problem]:
    """What is wrong with what the URL says: its host, its parameters, its tags."""
    from cta_analytics.urls.checks import amazon, hosts, parameters

    if found.kind in _UNCHECKED or found.kind == "invalid":
        return []
    checks = [*hosts.CHECKS, *parameters.CHECKS, *(amazon.CHECKS if found.table and found.table.programs else ())]
    return [problem for check in checks for problem in check(found, context)]
