"""Reports of networks, their history, and what of them belongs to which answer."""

from __future__ import annotations

from cta_analytics.conversions.importer import Importer
from cta_analytics.registry import Registry

IMPORTERS: Registry[Importer] = Registry("cta_analytics.conversions.importers", "IMPORTER", Importer)
