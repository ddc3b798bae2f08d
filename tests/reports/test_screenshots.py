"""The pictures of the README: there, small, whole, and shown."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from reports.screenshots import MOST_BYTES, VIEWS, packed

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"


def test_the_readme_shows_every_picture_with_words_for_those_who_do_not_see_it() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r'<img [^>]*src="docs/images/([^"]+)"[^>]*alt="[^"]{20,}"', text)
    assert sorted(shown) == sorted(VIEWS) == sorted(file.name for file in IMAGES.iterdir())


@pytest.mark.parametrize("name", VIEWS)
def test_a_picture_is_small_and_as_large_as_its_view(name: str) -> None:
    picture = (IMAGES / name).read_bytes()
    view = VIEWS[name]
    scale = view.get("device_scale_factor", 1)
    size = tuple(round(view["viewport"][side] * scale) for side in ("width", "height"))  # type: ignore[index,operator]
    assert struct.unpack(">II", picture[16:24]) == size
    assert len(picture) <= MOST_BYTES
    assert packed(picture) == picture


def test_packing_changes_no_pixel() -> None:
    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(90)) for y in range(30))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 30, 8, 2, 0, 0, 0))
    weak = zlib.compress(rows, 1)
    parts = chunk(b"IDAT", weak[:50]) + chunk(b"IDAT", weak[50:])
    picture = packed(b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"Software\0x") + parts + chunk(b"IEND", b""))
    length = struct.unpack(">I", picture[33:37])[0]
    assert (picture[:33], picture[37:41]) == (b"\x89PNG\r\n\x1a\n" + head, b"IDAT")
    assert zlib.decompress(picture[41 : 41 + length]) == rows
    assert picture.endswith(chunk(b"IEND", b""))
