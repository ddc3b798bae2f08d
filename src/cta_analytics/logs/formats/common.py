"""NCSA common: without referrer and user agent."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="common",
    title="NCSA common: without referrer and user agent",
    parse=ncsa.parser(agents=False),
    columns=ncsa.columns(agents=False),
    unescape=ncsa.unescape,
)
