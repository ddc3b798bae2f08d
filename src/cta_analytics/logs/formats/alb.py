"""AWS load balancers: the Application Load Balancer, and the Classic one."""

from __future__ import annotations

import re

from cta_analytics.logs import address, ncsa, request, times
from cta_analytics.logs.format import LogFormat, Record

_START = (
    r"(?P<time>[0-9T:.-]+Z?) (?P<name>\S+) (?P<peer>\S+) \S+ \S+ \S+ \S+ (?P<status>[0-9]{3}|-) \S+ [0-9-]+ [0-9-]+ "
)
# Quotes inside a value stand as they are; what follows the value tells where it ends.
_APPLICATION = re.compile(
    r"(?:https?|h2|grpcs?|wss?) "
    + _START
    + r'"(?P<request>.*?)" "(?P<user_agent>.*?)" \S+ \S+ \S+ "(?P<trace>[^"]*)"(?: .*)?',
    re.DOTALL,
)
_CLASSIC = re.compile(_START + r'"(?P<request>.*?)" "(?P<user_agent>.*)" \S+ \S+ ?', re.DOTALL)
# The group that never matches stands for the user agent that such a line has not.
_CLASSIC_OF_2014 = re.compile(_START + r'"(?P<request>[^"]*)"(?P<user_agent>(?!))? ?')


def _parse(line: str) -> Record | str:
    found = _APPLICATION.fullmatch(line)
    trace = found["trace"] if found else ""
    found = found or _CLASSIC.fullmatch(line) or _CLASSIC_OF_2014.fullmatch(line)
    if not found:
        return "neither a line of an Application Load Balancer nor of a Classic one"
    at = times.seconds(found["time"] if found["time"].endswith("Z") else f"{found['time']}Z")
    if at is None:
        return "the time cannot be read"
    method, url = request.split(found["request"])
    host, target = request.on_host(url)
    client = address.without_port(found["peer"])
    return Record(
        address=client,
        at=at,
        method=method,
        target=target,
        status=int(found["status"]) if found["status"] != "-" else 0,
        referrer="",
        user_agent="" if found["user_agent"] is None else found["user_agent"] or "-",
        rest=address.cut(line, [client]),
        host=host if method else "",
        request_id=trace if method and trace not in request.ABSENT else "",
    )


FORMAT = LogFormat(
    name="alb",
    title="AWS load balancers, Application and Classic",
    about=(
        "Read are the time at which the answer was sent, the client (without its port), `elb_status_code`, the request (its "
        "URL gives path, query and host), the user agent and the trace id. There is no referrer: a redirect hit "
        "has no page, and channels are those of campaign parameters alone. Source: AWS, access logs for the Application "
        "Load Balancer (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html>) "
        "and the Classic Load Balancer "
        "(<https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html>)."
    ),
    aliases=("elb",),
    order=3,
    parse=_parse,
    unescape=ncsa.unescape,
)
