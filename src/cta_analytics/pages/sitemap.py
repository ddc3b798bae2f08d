"""The URLs of a `sitemap.xml`: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from cta_analytics.errors import CtaError

ENDINGS = (".xml", ".xml.gz")
# The protocol allows 2,048 characters; text beyond this is dropped, so that no element fills the memory.
_LONGEST_URL = 8192


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses that a sitemap lists: pages, and further sitemaps where it is an index of them."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


class _RefusedError(Exception):
    """A document type that declares entities."""


def read(file: Path, name: str) -> Sitemap:
    """What a sitemap lists, in its order, each once. It is read as a stream.

    The parser is expat, asked to stop at the first entity that a document declares: a sitemap needs none, and without
    declarations there is nothing to expand, neither a billion laughs nor a file from elsewhere. An HTML parser would
    read on after faults and so lose pages in silence.

    Raises: CtaError where it cannot be read, is no sitemap, or declares entities.
    """
    reader = _Reader()
    try:
        with gzip.open(file) if file.name.lower().endswith(".gz") else file.open("rb") as stream:
            reader.parser.ParseFile(stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CtaError(f"{name}: the packed data is damaged or cut off ({error}); generate the sitemap again") from None
    except OSError as error:
        raise CtaError(f"{name}: cannot be read ({error.strerror}); check its permissions") from None
    except _RefusedError:
        raise CtaError(f"{name}: declares XML entities, which no sitemap needs; remove its DOCTYPE") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        place = f":{error.lineno}:{error.offset + 1}" if isinstance(error, expat.ExpatError) else ""
        reason = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
        raise CtaError(f"{name}{place}: is no well-formed XML ({reason}); generate the sitemap again") from None
    if reader.root not in {"urlset", "sitemapindex"}:
        raise CtaError(f"{name}: is no sitemap: its root is <{reader.root}>; name a sitemap.xml, a page or a folder")
    return Sitemap(tuple(reader.found["url"]), tuple(reader.found["sitemap"]))


class _Reader:
    def __init__(self) -> None:
        self.root = ""
        self.found: dict[str, dict[str, None]] = {"url": {}, "sitemap": {}}
        self.path: list[str] = []
        self.text: list[str] = []
        self.length = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.add
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise _RefusedError

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.root = self.root or local
        # Only the first levels mean something; deeper ones are counted alone.
        self.path.append(local if len(self.path) < 3 else "")
        self.text, self.length = [], 0

    def add(self, text: str) -> None:
        if len(self.path) == 3 and self.length < _LONGEST_URL:
            self.text.append(text)
            self.length += len(text)

    def end(self, _: str) -> None:
        if len(self.path) == 3 and self.path[2] == "loc" and self.path[1] in self.found:
            url = "".join(self.text).strip()
            if url:
                self.found[self.path[1]][url] = None
        self.path.pop()
