"""Amazon CloudFront."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cta_analytics.collect.redirects import Hop
from cta_analytics.collect.server import Server

_HEAD = """\
// A CloudFront Function (runtime cloudfront-js-2.0), at "viewer request" of each behaviour that it is about.
// A behaviour has one such function: where there is one already, take the body over into it.
"""


def _beacon(path: str) -> str:
    return f"""{_HEAD}// Allow GET and POST in the behaviour of {path}, and turn standard logging on, which logs the query.
function handler(event) {{
  if (event.request.uri === {json.dumps(path)}) {{
    return {{ statusCode: 204, headers: {{ "cache-control": {{ value: "no-store" }} }} }};
  }}
  return event.request;
}}
"""


def _redirects(hops: Sequence[Hop]) -> str:
    table = {hop.path: [hop.target, hop.joint if hop.keeps_query else ""] for hop in hops}
    return f"""{_HEAD}var targets = new Map(Object.entries({json.dumps(table, indent=2)}));

function handler(event) {{
  var found = targets.get(event.request.uri);
  if (!found) return event.request;
  var pairs = [];
  Object.entries(event.request.querystring).forEach(function (entry) {{
    (entry[1].multiValue || [entry[1]]).forEach(function (one) {{ pairs.push(entry[0] + "=" + one.value); }});
  }});
  var query = found[1] && pairs.length ? found[1] + pairs.join("&") : "";
  return {{
    statusCode: 302,
    statusDescription: "Found",
    headers: {{ location: {{ value: found[0] + query }}, "cache-control": {{ value: "no-store" }} }}
  }};
}}
"""


SERVER = Server(
    name="cloudfront",
    title="Amazon CloudFront",
    log_format="cloudfront",
    beacon=_beacon,
    redirects=_redirects,
    about="The log is CloudFront's standard log, which has no place for `Sec-GPC`.",
)
