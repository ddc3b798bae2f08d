"""What docs/formats.md says of all formats together, beside what each says of itself."""

NO_TRACKING = """\
A request with `Sec-GPC: 1` or `DNT: 1` counts without visitor ([privacy.md](privacy.md)), where the log says so. No server logs these
headers unless it is told to:

| format | where they are read | how they get there |
|---|---|---|
| format strings | `$http_sec_gpc`, `$http_dnt`; `%{Sec-GPC}i`, `%{DNT}i` | add them to the format and give it to `--log-format`; what `cta snippet --server` writes is known |
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
