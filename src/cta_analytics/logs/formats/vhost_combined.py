"""Apache's vhost_combined: the name and port of the host before a combined line."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="vhost_combined",
    title="Apache's vhost_combined: the name and port of the host before a combined line",
    order=2,
    parse=ncsa.parser(vhost=True),
    columns=ncsa.columns(vhost=True),
    unescape=ncsa.unescape,
)
