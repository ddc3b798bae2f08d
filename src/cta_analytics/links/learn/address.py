"""The address of a site, from what its files say about themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# No entity of XML is needed for a host name, so the file is searched and not parsed; its beginning is enough.
_LOC = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]+)", re.IGNORECASE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(https?://\S+)", re.IGNORECASE | re.MULTILINE)
_READ_BYTES = 1_000_000
# Where a page was exported or previewed, not where it lives.
_ELSEWHERE = re.compile(r"^(?:localhost|[\d.]+|\[.*\]|.*\.(?:local|localhost|test|internal|invalid))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Scheme and host of a site, and what says so."""

    base_url: str
    source: str


def address(permalinks: Iterable[str | None], root: Path) -> Address | None:
    """The address that most pages state, else that of `sitemap.xml`, `robots.txt` or `CNAME` in `root`."""
    stated = _common(permalinks)
    if stated:
        return Address(stated, "as most pages state it (canonical link, front matter or URL line)")
    for name, pattern in (("sitemap.xml", _LOC), ("robots.txt", _SITEMAP)):
        found = _common(pattern.findall(_text(root / name)))
        if found:
            return Address(found, f"as {name} has it")
    host = _text(root / "CNAME").strip()
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host):
        return Address(f"https://{host.lower()}", "as CNAME has it")
    return None


def _common(urls: Iterable[str | None]) -> str | None:
    counts = Counter(_origins(urls))
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0] if counts else None


def _origins(urls: Iterable[str | None]) -> Iterator[str]:
    for url in urls:
        try:
            parts = urlsplit(url or "")
            host, port = parts.hostname, parts.port
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and host and not _ELSEWHERE.match(host):
            yield f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_READ_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
