"""Cloudflare."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cta_analytics.collect.redirects import Hop
from cta_analytics.collect.server import Server


def _beacon(path: str) -> str:
    return f"""\
// A Worker with the route example.com{path}*; Logpush of the data set "HTTP requests" writes the log.
export default {{
  async fetch(request) {{
    if (new URL(request.url).pathname !== {json.dumps(path)}) return fetch(request);
    return new Response(null, {{ status: 204, headers: {{ "cache-control": "no-store" }} }});
  }},
}};
"""


def _redirects(hops: Sequence[Hop]) -> str:
    table = {hop.path: [hop.target, hop.joint if hop.keeps_query else ""] for hop in hops}
    return f"""\
// A Worker with a route for each of these paths; Logpush of the data set "HTTP requests" writes the log.
const targets = new Map(Object.entries({json.dumps(table, indent=2)}));

export default {{
  async fetch(request) {{
    const url = new URL(request.url);
    const found = targets.get(url.pathname);
    if (!found) return fetch(request);
    const query = found[1] && url.search.length > 1 ? found[1] + url.search.slice(1) : "";
    const location = found[0].startsWith("/") ? url.origin + found[0] : found[0];
    return new Response(null, {{ status: 302, headers: {{ location: location + query, "cache-control": "no-store" }} }});
  }},
}};
"""


SERVER = Server(
    name="cloudflare",
    title="Cloudflare",
    log_format="cloudflare",
    beacon=_beacon,
    redirects=_redirects,
    about=(
        "The log is that of Logpush; let it add the request header `sec-gpc` as a custom field, which `cta ingest` honours, "
        "since the data set has no such field of its own."
    ),
)
