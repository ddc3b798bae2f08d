"""Amazon S3 server access logs."""

from __future__ import annotations

import re

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import LogFormat, Record

# S3 escapes no quotes: the first that lets the rest of the line fit ends a value, and the last ends the user agent.
_LINE = re.compile(
    r"[^ ]+ (?P<bucket>[^ ]+) \[(?P<time>[^\]]+)\] (?P<address>[^ ]+) [^ ]+ (?P<id>[^ ]+) (?P<operation>[A-Z0-9_.-]+) [^ ]+ "
    r'(?:"(?P<request>.*?)"|-) (?P<status>[0-9]{3}|-) [^ ]+ (?:[0-9]+|-) (?:[0-9]+|-) (?:[0-9]+|-) (?:[0-9]+|-) '
    r'(?:"(?P<referrer>.*?)"|-) (?:"(?P<user_agent>.*)"|-)(?P<tail>(?: [^ ]+)*) ?',
    re.DOTALL,
)
_HOST = 5
"""Behind the user agent: version, host id, signature version, cipher, authentication, host header."""


def _parse(line: str) -> Record | str:
    found = _LINE.fullmatch(line)
    if not found:
        return "not bucket, time in brackets, address, operation, request, status and what follows it"
    at = times.seconds(found["time"])
    if at is None:
        return "the time cannot be read"
    method, target = request.split(found["request"] or "")
    tail = found["tail"].split()
    host = tail[_HOST] if len(tail) > _HOST else "-"
    return Record(
        address=found["address"],
        at=at,
        method=method,
        target=target,
        status=int(found["status"]) if found["status"] != "-" else 0,
        referrer=found["referrer"] or "",
        user_agent=found["user_agent"] or "-",
        rest=address.cut(line, [found["address"]]),
        host=host if host != "-" else found["bucket"],
        # Of what S3 does by itself, or for many keys at once, several lines have one id.
        request_id=found["id"] if method and found["id"] != "-" else "",
    )


FORMAT = LogFormat(
    name="s3",
    title="Amazon S3 server access logs",
    about=(
        "Read are the time, the remote address, the request line, the status, referrer, user agent, the host header (else "
        "the bucket) and the request id. Operations without a request line (lifecycle, batch deletes) count as "
        "`no_request`. Source: AWS, Amazon S3 server access log format "
        "(<https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html>)."
    ),
    order=3,
    parse=_parse,
)
