"""Logs as lines: which files there are, what format they have, and what each line says."""

from __future__ import annotations

from cta_analytics.logs.format import LogFormat
from cta_analytics.registry import Registry

FORMATS: Registry[LogFormat] = Registry("cta_analytics.logs.formats", "FORMAT", LogFormat)
