"""The identity of a finding from one run to the next, for services that follow it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from cta_analytics.lint.finding import Finding
from cta_analytics.lint.wording import printable


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One a finding, 32 hex digits, all of them different.

    It is made of file, rule and URL, and of how many equal ones stand before it in the file. So it stays what it is
    where lines move or a release words a message anew.
    """
    given = list(findings)
    seen: Counter[str] = Counter()
    made = [""] * len(given)
    # In the order of the file, also where findings are sorted by what they cost.
    for number in sorted(range(len(given)), key=lambda number: _place(given[number])):
        finding = given[number]
        # The file of a folded finding is an example, which may be another one next time.
        file = finding.file if finding.count == 1 else ""
        identity = "\0".join((file, finding.code, finding.href or ""))
        seen[identity] += 1
        text = printable(f"{identity}\0{seen[identity]}")
        made[number] = hashlib.sha256(text.encode()).hexdigest()[:32]
    return made


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return finding.file, finding.line, finding.column, finding.message
