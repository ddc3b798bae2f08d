"""NCSA common: without referrer and user agent."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="common",
    title="NCSA common: without referrer and user agent",
    about=(
        "As `combined`, up to the size. Without a user agent no bot is known by its name, and visitors are told apart by "
        "address alone. Source: Apache, mod_log_config "
        "(<https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#examples>)."
    ),
    parse=ncsa.parser(agents=False),
    columns=ncsa.columns(agents=False),
    unescape=ncsa.unescape,
)
