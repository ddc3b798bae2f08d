"""NCSA common behind the name of the host."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="vhost_common",
    title="NCSA common behind the name and port of the host",
    about=(
        "The host that was asked stands before a common line. Source: Apache, mod_log_config, the example "
        '"NCSA Common Log Format with Virtual Host" '
        "(<https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#examples>)."
    ),
    order=1,
    parse=ncsa.parser(vhost=True, agents=False),
    columns=ncsa.columns(vhost=True, agents=False),
    unescape=ncsa.unescape,
)
