"""Requests as lines of nginx's combined log, with the lines that go wrong, rotated as logrotate leaves them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from . import clock
from .hit import Hit
from .traffic import World

_TLS = r"\x16\x03\x01\x01\x00\x01\x00\x00\xFC\x03\x03\xA9\x1D\xE4" + r"\x5C\x0B\xF7"
_SOCKS = r"\x05\x01\x00"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log: its time, its bytes without the line end, and the hit it tells of.

    `broken` is None for a proper request, `request` where the line holds no usable request (TLS or SOCKS bytes,
    nothing), `line` where it is no line of this format at all (cut off, or zeros after a power cut).
    """

    at: int
    text: bytes
    hit: Hit | None
    broken: str | None = None


def combined(hit: Hit) -> str:
    """A hit in nginx's `combined` format."""
    return (
        f'{hit.address} - - [{clock.log_time(hit.at)}] "{hit.method} {hit.target} {hit.protocol}" '
        f'{hit.status} {hit.size} "{hit.referrer}" "{hit.agent}"'
    )


def lines(world: World) -> list[Line]:
    """All lines in the order in which the server wrote them, without those of the lost day."""
    scenario = world.catalogue.scenario
    missing = world.catalogue.planted("missing_day")["day"]
    ends = clock.wall_moment(scenario["log_ends"])
    kept = [Line(hit.at, combined(hit).encode(), hit) for hit in world.hits]
    kept += _no_requests(world) + _broken(world, missing)
    kept = [line for line in kept if line.at < ends and clock.day_of(line.at) != missing]
    return sorted(kept, key=lambda line: line.at)  # stable: equal times stay in the order of the simulation


def _no_requests(world: World) -> list[Line]:
    """What a web server logs when somebody speaks another protocol, or nothing, to it."""
    scenario, rng = world.catalogue.scenario, world.rng
    found = []
    for day in clock.days(scenario["first_day"], scenario["last_day"]):
        for _ in range(rng.randrange(3)):
            at = clock.moment(day, rng.randrange(86_400))
            request, status = [(_TLS, 400), (_SOCKS, 400), ("", 400), ("-", 408)][rng.randrange(4)]
            size = 157 if status == 400 and request else 0
            head = f"203.0.113.{rng.randrange(128, 250)} - - [{clock.log_time(at)}]"
            found.append(Line(at, f'{head} "{request}" {status} {size} "-" "-"'.encode(), None, "request"))
    return found


def _broken(world: World, missing: date) -> list[Line]:
    """Lines that are none: the disk ran full before the lost day, and the server lost power once."""
    last = [hit for hit in world.hits if clock.day_of(hit.at) == missing - timedelta(days=1)]
    at = max(hit.at for hit in last)
    full_disk = combined(max(last, key=lambda hit: hit.at)).encode()[:87]
    power_cut = clock.moment(date(2026, 9, 29), 2 * 3600 + 1187)
    agent = "Mozilla/5.0 (compatible; b\xf6t)"
    not_utf8 = f'203.0.113.140 - - [{clock.log_time(power_cut)}] "GET /b\xfccher HTTP/1.1" 404 153 "-" "{agent}"'
    return [
        Line(at, full_disk, None, "line"),
        Line(power_cut, b"\0" * 212, None, "line"),
        Line(power_cut + 1, b'" 200 3127 "-" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X)', None, "line"),
        Line(power_cut + 40, not_utf8.encode("latin-1"), None),
    ]


def rotated(world: World, all_lines: Iterable[Line]) -> dict[str, list[Line]]:
    """File name -> its lines: a new file every Sunday at midnight, the newest called `access.log`."""
    last_sunday = world.catalogue.scenario["last_day"]
    files: dict[int, list[Line]] = {}
    for line in all_lines:
        weeks_back = (last_sunday - clock.day_of(line.at) + timedelta(days=6)).days // 7
        files.setdefault(max(0, weeks_back), []).append(line)
    names = {0: "access.log", 1: "access.log.1"}
    return {names.get(n, f"access.log.{n}.gz"): files[n] for n in sorted(files)}


def content(name: str, file_lines: list[Line]) -> bytes:
    """The bytes of a log file; gzip without name and time, so that they are the same every time."""
    plain = b"".join(line.text + b"\n" for line in file_lines)
    if not name.endswith(".gz"):
        return plain
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(plain)
    return packed.getvalue()
