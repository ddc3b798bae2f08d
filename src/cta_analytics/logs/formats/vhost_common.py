"""NCSA common behind the name of the host."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="vhost_common",
    title="NCSA common behind the name and port of the host",
    order=1,
    parse=ncsa.parser(vhost=True, agents=False),
    columns=ncsa.columns(vhost=True, agents=False),
    unescape=ncsa.unescape,
)
