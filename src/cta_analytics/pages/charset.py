"""Which encoding a file is in: byte order mark, declaration, UTF-8, or detection, in this order."""

from __future__ import annotations

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# How far a declaration may stand from the start: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
PRESCAN_BYTES = 1024
# Detection compares statistics, which more text does not make better; this keeps its cost the same for any file.
SAMPLE_BYTES = 64 * 1024

_META = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_OF_TEXT = re.compile(
    r"ascii|utf-\d+.*|cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|tis-620|gb\d+|gbk|big5\w*|shift_jis\w*|euc_\w+|iso2022_\w+|hz|johab"
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def encoding_of(data: bytes, declares: bool) -> tuple[str, int]:
    """The Python codec of `data`, and the length of its byte order mark.

    `declares` is true for languages in which a document can state its encoding (HTML, XHTML).
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return name, len(bom)
    declared = _declared(data[:PRESCAN_BYTES]) if declares else None
    if declared:
        return declared, 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _detected(data, error.start), 0
    return "utf-8", 0


def _declared(head: bytes) -> str | None:
    found = _XML.search(head) or _META.search(_COMMENT.sub(b"", head))
    if not found:
        return None
    label = found[1].decode("ascii", "replace").strip().lower()
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    # The table of codecs also holds what reads no text ("rot13", "base64", "unicode_escape").
    if not _OF_TEXT.fullmatch(name):
        return None
    # Browsers read these labels so: https://encoding.spec.whatwg.org/#names-and-labels, and a declaration that
    # is itself readable as ASCII cannot be UTF-16.
    if name in {"ascii", "iso8859-1"}:
        return "cp1252"
    if name == "utf-8-sig" or name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"
    return {"shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "iso8859-9": "cp1254"}.get(
        name, name
    )


def _detected(data: bytes, first_fault: int) -> str:
    start = max(0, first_fault - SAMPLE_BYTES // 2)
    sample = data[start : start + SAMPLE_BYTES]
    # A UTF-8 page with a few broken bytes is still a UTF-8 page: other encodings hardly ever form its sequences.
    if len(_MULTIBYTE.findall(sample)) > sample.decode("utf-8", "replace").count("�"):
        return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.encoding.startswith(("utf_16", "utf_32", "utf_7", "utf_8")):
        return "cp1252"
    return codecs.lookup(best.encoding).name
