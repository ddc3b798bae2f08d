"""Caddy."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.collect.redirects import Hop
from cta_analytics.collect.server import Server

_HEAD = "# In the site's block of the Caddyfile:\n"


def _beacon(path: str) -> str:
    return f"""{_HEAD}log {{
    output file /var/log/caddy/access.log
}}
header {path} Cache-Control no-store
respond {path} 204
"""


def _redirects(hops: Sequence[Hop]) -> str:
    text = _HEAD
    for number, hop in enumerate(hops, 1):
        text += f"header {hop.path} Cache-Control no-store\n"
        if hop.keeps_query:
            # A request without a query must not leave a `?` or `&` behind.
            text += f'@cta_{number} `path("{hop.path}") && {{query}} != ""`\n'
            text += f'redir @cta_{number} "{hop.target}{hop.joint}{{query}}" 302\n'
        text += f'redir {hop.path} "{hop.target}" 302\n'
    return text


SERVER = Server(
    name="caddy",
    title="Caddy 2",
    log_format="caddy",
    beacon=_beacon,
    redirects=_redirects,
    about="The log is Caddy's own, JSON, with the header `Sec-GPC`, which `cta ingest` honours. Check with `caddy validate`.",
)
