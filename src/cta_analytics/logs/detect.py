"""Which format a log has: named, written as a format string, or told from its first lines."""

from __future__ import annotations

from collections.abc import Mapping

from cta_analytics.config import Logs
from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, custom
from cta_analytics.logs.format import LogFormat, Record
from cta_analytics.logs.formats import jsonl
from cta_analytics.logs.lines import each

SAMPLE_LINES = 60
NEEDED = 0.5
"""At least this share of the sample must fit: a real log has broken lines, but a log of another format has few that fit."""


def formats(settings: Logs) -> dict[str, LogFormat]:
    """The formats by name, that of events with the columns and types of the contract."""
    found = dict(FORMATS.items())
    if settings.columns or settings.types:
        found["jsonl"] = jsonl.mapped(
            {str(column): name for column, name in settings.columns.items()},
            {str(kind): names for kind, names in settings.types.items()},
        )
    return found


def named(text: str, known: Mapping[str, LogFormat] = FORMATS) -> LogFormat:
    """The format of that name, or that is written so in the configuration of Apache or nginx, or that had that `state`.

    Raises: CtaError where there is none, or where a format string lacks what a request needs.
    """
    name, _, header = text.partition("\n")
    found = known[name] if name in known else _aliases(known).get(name)
    if found is not None:
        return found.specialise(header) if header and found.specialise else found
    if custom.is_format_string(text):
        return custom.compiled(text)
    raise CtaError(
        f'"{name}" is no log format; known are {", ".join(sorted(FORMATS))}, '
        "and format strings of Apache and nginx ('%h %l %u %t …', '$remote_addr - …')"
    )


def detect(head: bytes, file: str, known: Mapping[str, LogFormat] = FORMATS) -> LogFormat:
    """The format that most lines of `head` (the first bytes of a log) fit.

    Raises: CtaError where it is no text, or where no format fits; it shows the first line.
    """
    text = head.lstrip(b"\0").decode("utf-8-sig", "backslashreplace")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    sample = _sample(lines)
    scores = {log_format: _score(sample, log_format) for log_format in known.values()}
    best = max(scores, key=lambda log_format: (scores[log_format], log_format.order))
    entries = [line for line in sample if not line.startswith("#")]
    if scores[best] > 0 and scores[best] >= NEEDED * len(entries):
        return best
    if b"\0" in head:
        raise CtaError(f"{file}: binary, not a log; name the log as text or as gzip, bzip2 or xz of it")
    if not entries:
        raise CtaError(f"{file}: no line in it but blank lines and comments; is it the right file?")
    raise CtaError(
        f"{file}: no known log format fits; its first line is {_short(entries[0])}; "
        f"name the format with --log-format if it is one of {', '.join(sorted(FORMATS))}, or give the server's format string"
    )


def others(log_format: LogFormat, known: Mapping[str, LogFormat]) -> tuple[LogFormat, ...]:
    """The formats that a line may have which is not of its log's: those that a line tells by itself, the strictest first."""
    alone = [one for one in known.values() if one.name != log_format.name and not one.directives]
    return tuple(sorted(alone, key=lambda one: -one.order))


def _sample(lines: list[str]) -> list[str]:
    """The first lines that are not blank, with the comments among them: these may say how the others are to be read."""
    sample, entries = [], 0
    for line in lines:
        if line.strip() and entries < SAMPLE_LINES:
            sample.append(line)
            entries += not line.startswith("#")
    return sample


def _score(sample: list[str], log_format: LogFormat) -> int:
    """How many lines fit; none where not one of them tells of a request or a status, as a server's messages do not."""
    records = [found for _, found in each(sample, log_format) if isinstance(found, Record)]
    return len(records) if any(record.method or record.status for record in records) else 0


def _aliases(known: Mapping[str, LogFormat]) -> dict[str, LogFormat]:
    return {alias: log_format for log_format in known.values() for alias in log_format.aliases}


def _short(line: str) -> str:
    return f'"{line[:80]}…"' if len(line) > 80 else f'"{line}"'
