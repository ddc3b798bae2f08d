"""The sources of reports: every importer under its own name, and each mapping of cta.toml that names one."""

from __future__ import annotations

from cta_analytics.config import Imports
from cta_analytics.conversions import IMPORTERS
from cta_analytics.conversions.importer import Importer


def importers(imports: Imports) -> dict[str, Importer]:
    """Source -> the importer of its reports, in the order in which they are asked.

    A mapping `[imports.mappings.awin] importer = "generic_csv"` makes the source `awin`; an importer that reads only what
    a mapping describes is no source without one.
    """
    named = {
        name: IMPORTERS[report.importer or name]
        for name, report in imports.mappings.items()
        if (report.importer or name) in IMPORTERS
    }
    # What the user described goes before what the tool guesses from a header.
    described = {name: importer for name, importer in named.items() if importer.is_mapped}
    return described | {name: importer for name, importer in IMPORTERS.items() if not importer.is_mapped}
