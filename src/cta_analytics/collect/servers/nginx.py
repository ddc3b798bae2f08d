"""nginx."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.collect.redirects import Hop
from cta_analytics.collect.server import Server

HTTP, SITE = "# Once, in the http block (a file in conf.d):", "# In the server block of the site:"


def _beacon(path: str) -> str:
    return f"""\
{HTTP}
log_format cta '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
               '"$http_referer" "$http_user_agent" sec-gpc=$http_sec_gpc';

{SITE}
access_log /var/log/nginx/access.log cta;
location = {path} {{
    add_header Cache-Control no-store always;
    return 204;
}}
"""


def _redirects(hops: Sequence[Hop]) -> str:
    text = ""
    if any(hop.keeps_query and hop.joint == "&" for hop in hops):
        text += f'{HTTP}\nmap $args $cta_more {{\n    "" "";\n    default "&$args";\n}}\n\n'
    text += f"{SITE}\n"
    for hop in hops:
        query = ("$cta_more" if hop.joint == "&" else "$is_args$args") if hop.keeps_query else ""
        text += f"""\
location = {hop.path} {{
    add_header Cache-Control no-store always;
    return 302 "{hop.target}{query}";
}}
"""
    return text


SERVER = Server(
    name="nginx",
    title="nginx",
    log_format="combined",
    beacon=_beacon,
    redirects=_redirects,
    about=(
        "The log format is the combined one with `Sec-GPC` behind it, which `cta ingest` honours. Check with `nginx -t`, then "
        "`nginx -s reload`."
    ),
)
