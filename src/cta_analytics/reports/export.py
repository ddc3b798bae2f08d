"""What an export is: the report's facts as files for another program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cta_analytics.reports.texts import text

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts


@dataclass(frozen=True, slots=True)
class Export:
    """One format. `files` gives names below the folder of the reports and their bytes, the same for the same facts."""

    title: str
    files: Callable[[Facts], dict[str, bytes]]
    is_folder: bool = False
    """Whether it is a folder with a file for each table."""

    def name(self, facts: Facts, suffix: str) -> str:
        """What is written: `2026-W45.xlsx`, or of a folder `2026-W45-csv`."""
        return f"{facts.period.name}{'-' if self.is_folder else '.'}{suffix}"


def method(facts: Facts) -> list[tuple[str, str]]:
    """What must be known of the figures: of which days and site, how final, and how they came about."""
    from cta_analytics.reports.intake import maturity_note

    period, before = facts.period, facts.period.before
    return [
        (text("export.site"), facts.site),
        (text("export.period"), f"{period.first} – {period.last}"),
        (text("export.before"), f"{before.first} – {before.last}"),
        (text("export.zone"), facts.zone),
        (text("export.source"), facts.source),
        (text("export.maturity"), maturity_note(facts)),
        (text("export.visitor"), text("method.visitor")),
        (text("export.rate"), text("method.rate")),
        (text("export.change"), text("method.change")),
        (text("export.basis"), text("method.basis")),
        (text("export.money"), text("export.money_about")),
        (text("export.tool"), f"cta-analytics {facts.tool_version}"),
        (text("export.bots"), facts.provenance.bot_list or "–"),
        (text("export.contract"), facts.contract_sha256 or text("method.no_contract")),
    ]
