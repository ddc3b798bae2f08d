"""NCSA combined, as Apache and nginx write it; more fields may follow."""

from __future__ import annotations

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat

FORMAT = LogFormat(
    name="combined",
    title="NCSA combined, as Apache and nginx write it; more fields may follow",
    about=(
        "An address, a name that may hold blanks, the time in brackets, the request in quotes, status, size, referrer and "
        'user agent; what follows is not read. Escapes of Apache (`\\"`, `\\xhh`) and nginx (`\\xHH`) are decoded. Sources: Apache, '
        "mod_log_config (<https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#examples>); nginx, ngx_http_log_module "
        "(<https://nginx.org/en/docs/http/ngx_http_log_module.html>)."
    ),
    order=1,
    parse=ncsa.parser(agents=True),
    columns=ncsa.columns(agents=True),
    unescape=ncsa.unescape,
)
