"""One cause, one finding: the same fault on many pages comes from one component, and is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from cta_analytics.lint.finding import Finding
from cta_analytics.lint.price import Price, total

MANY = 20
"""On more pages than these, one fault in one URL at one place is that of a shared component."""


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order; those from a shared component are one, the first, with their `count` and price."""
    given = list(findings)
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(given):
        if one.href is not None:
            groups[one.code, one.severity, one.href, one.placement, one.keys].append(index)
    counts: dict[int, tuple[int, Price | None]] = {}
    dropped: set[int] = set()
    for indexes in groups.values():
        if len(indexes) > MANY and len({given[index].page for index in indexes}) > MANY:
            counts[indexes[0]] = len(indexes), total(given[index].price for index in indexes)
            dropped.update(indexes[1:])
    return [
        replace(one, count=counts[index][0], price=counts[index][1]) if index in counts else one
        for index, one in enumerate(given)
        if index not in dropped
    ]
