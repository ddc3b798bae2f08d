"""What docs/formats.md says of all formats together, beside what each says of itself."""

NO_TRACKING = """\
A request with `Sec-GPC: 1` or `DNT: 1` counts without visitor ([privacy.md](privacy.md)), where the log says so. No server logs these
headers unless it is told to:

| format | where they are read | how they get there |
|---|---|---|
| format strings | `$http_sec_gpc`, `$http_dnt`; `%{Sec-GPC}i`, `%{DNT}i` | add them, or take what `cta snippet --server` writes |
| `caddy` | `request.headers.Sec-Gpc`, `.Dnt` | Caddy logs all request headers |
| `cloudflare` | `RequestHeaders.sec-gpc`, `.dnt` | custom fields of the zone, and the field `RequestHeaders` in the job |
| `cloudfront` | `cs-headers` | real-time logs with that field; standard logs have no place for them |
| `fastly` | `sec_gpc`, `dnt` (also behind `request_`) | `"sec_gpc": "%{json.escape(req.http.Sec-GPC)}V"` in the format |
| `nginx_json` | `http_sec_gpc`, `http_dnt` (also `sec_gpc`, `sec-gpc`, `dnt`) | `"http_sec_gpc":"$http_sec_gpc"` in the format |
| `traefik` | `request_Sec-Gpc`, `request_Dnt` | JSON, with `accessLog.fields.headers.names` set to `keep` for them |
| `w3c` | `cs(Sec-GPC)`, `cs(DNT)` | a custom field of IIS's logging, of that name |
| `alb`, `s3`, `vercel` | | these logs have no request headers but referrer and user agent |
| `haproxy` | | captured headers have no names in the log; give HAProxy's JSON to `nginx_json` instead |
"""

PEERS = """\
154 single lines (or small files) from the tests of crowdsec, Vector, Logstash, jc, panther, Matomo, Elastic, Datadog and three parsers of
CloudFront's logs were compared with what those tests expect of address, time, method, URL, status, referrer and user agent; where the tests
expect a refusal, a refusal agrees. 92 agree. The others:

| lines | what the peer expects | what happens here, and why |
|---|---|---|
| 25 | the text of a request that is none (TLS bytes, `HELP`, `batman`, RDP, Gh0st) as the URL | `other: no_request`: it asked for nothing |
| 15 | error logs of Apache and nginx, squid's log, lines of dashes | not detected: no access log, or without a time |
| 8 | envoy, nginx-proxy-manager and three custom formats of nginx | not told by themselves; all 8 agree once their format string is given |
| 6 | zoraxy, which writes local time without a zone | not read: a time needs a zone |
| 3 | the whole URL of a load balancer | path and query; the host is a field of its own |
| 2 | the URL of IIS without its query, `+` for each blank of the user agent | path and query; blanks, which IIS writes as `+` |
| 2 | a failed handshake and a TCP connection of HAProxy, each alone | not detected; among requests each is `no_request` |
| 1 | what a Worker of Cloudflare fetched, as a request | `no_request`: the reader's own request has a line of its own |

Of their files (a shop's log of 1,000 lines, W3C in four shapes, IIS whose fields change, Caddy, Cloudflare with times in three encodings,
Vercel) every line is read but those that are cut off: one of 10,000 and four of 889. A crawler's log and a firewall's are refused.
"""
