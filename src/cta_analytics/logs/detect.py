"""Which format a log has, told from its first lines."""

from __future__ import annotations

from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS
from cta_analytics.logs.format import LogFormat

SAMPLE_LINES = 60
NEEDED = 0.5
"""At least this share of the sample must fit: a real log has broken lines, but a log of another format has few that fit."""


def named(name: str) -> LogFormat:
    """The format of that name.

    Raises: CtaError where there is none.
    """
    if name not in FORMATS:
        raise CtaError(f'"{name}" is no log format; known are {", ".join(sorted(FORMATS))}')
    return FORMATS[name]


def detect(head: bytes, file: str) -> LogFormat:
    """The format that most lines of `head` (the first bytes of a log) fit.

    Raises: CtaError where it is no text, or where no format fits; it shows the first line.
    """
    text = head.lstrip(b"\0").decode("utf-8-sig", "backslashreplace")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    lines = [line for line in lines if line.strip() and not line.startswith("#")][:SAMPLE_LINES]
    scores = {
        log_format: sum(not isinstance(log_format.parse(line), str) for line in lines)
        for log_format in FORMATS.values()
    }
    best = max(scores, key=lambda log_format: (scores[log_format], log_format.order))
    if scores[best] > 0 and scores[best] >= NEEDED * len(lines):
        return best
    if b"\0" in head:
        raise CtaError(f"{file}: binary, not a log; name the log as text or as gzip, bzip2 or xz of it")
    if not lines:
        raise CtaError(f"{file}: no line in it but blank lines and comments; is it the right file?")
    raise CtaError(
        f"{file}: no known log format ({', '.join(sorted(FORMATS))}) fits; its first line is {_short(lines[0])}; "
        "name the format with --log-format if it is one of them"
    )


def _short(line: str) -> str:
    return f'"{line[:80]}…"' if len(line) > 80 else f'"{line}"'
