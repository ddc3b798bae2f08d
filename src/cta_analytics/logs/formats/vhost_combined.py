"""Apache's vhost_combined: the name and port of the host before a combined line."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="vhost_combined",
    title="Apache's vhost_combined: the name and port of the host before a combined line",
    about=(
        "The host that was asked, and its port, stand before a combined line. Source: the configuration that Debian ships "
        "with Apache (`LogFormat … vhost_combined`)."
    ),
    order=2,
    parse=ncsa.parser(vhost=True),
    columns=ncsa.columns(vhost=True),
    unescape=ncsa.unescape,
)
