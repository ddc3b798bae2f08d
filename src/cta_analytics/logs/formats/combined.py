"""NCSA combined, as Apache and nginx write it; more fields may follow."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="combined",
    title="NCSA combined, as Apache and nginx write it; more fields may follow",
    order=1,
    parse=ncsa.parser(agents=True),
    columns=ncsa.columns(agents=True),
    unescape=ncsa.unescape,
)
