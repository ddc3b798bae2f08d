"""Apache."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cta_analytics.collect.redirects import Hop
from cta_analytics.collect.server import Server

_HEAD = "# In the <VirtualHost> of the site; a2enmod rewrite headers\n"


def _beacon(path: str) -> str:
    return rf"""{_HEAD}LogFormat "%h %l %u %t \"%r\" %>s %O \"%{{Referer}}i\" \"%{{User-Agent}}i\" sec-gpc=%{{Sec-GPC}}i" cta
CustomLog ${{APACHE_LOG_DIR}}/access.log cta
RewriteEngine On
RewriteRule "^{re.escape(path)}$" - [R=204,L]
<Location "{path}">
    Header always set Cache-Control no-store
</Location>
"""


def _redirects(hops: Sequence[Hop]) -> str:
    text = f"{_HEAD}RewriteEngine On\n"
    for hop in hops:
        # `%1` would be a part of an earlier condition; the target is encoded already.
        target, flag = hop.target.replace("%", r"\%"), "QSA" if hop.keeps_query else "QSD"
        text += f"""\
RewriteRule "^{re.escape(hop.path)}$" "{target}" [R=302,{flag},NE,L]
<Location "{hop.path}">
    Header always set Cache-Control no-store
</Location>
"""
    return text


SERVER = Server(
    name="apache",
    title="Apache HTTP Server 2.4",
    log_format="combined",
    beacon=_beacon,
    redirects=_redirects,
    about=(
        "The log format is the combined one with `Sec-GPC` behind it, which `cta ingest` honours; replace the `CustomLog` that "
        "is there, else each request is in two logs. Check with `apachectl configtest`."
    ),
)
