"""Text of logs and pages made harmless: what could move, hide or reorder what stands around it is spelled out."""

from __future__ import annotations

# C0, of which tab, line feed and carriage return become blanks; DEL and C1; marks and overrides of direction; line and
# paragraph separators; the byte order mark and the tags and fillers that show nothing.
_BLANK = {0x09: " ", 0x0A: " ", 0x0D: " ", 0x2028: " ", 0x2029: " "}
_SPELLED = {code: f"\\x{code:02x}" for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in _BLANK} | {
    code: f"\\u{code:04x}"
    for code in [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
}
_TABLE: dict[int, str] = {
    **_SPELLED,
    **_BLANK,
    **{code: "\\u{e%04x}" % (code - 0xE0000) for code in range(0xE0000, 0xE0080)},
}
# One letter may carry some accents; a pile of them climbs over the lines above.
MOST_MARKS = 4


def clean(text: str) -> str:
    """The text without control characters and without characters that turn the direction of what follows."""
    text = text.translate(_TABLE)
    return text if text.isascii() else _unpiled(text)


def _unpiled(text: str) -> str:
    from unicodedata import combining

    kept: list[str] = []
    pile = 0
    for char in text.encode("utf-8", "replace").decode():
        pile = pile + 1 if combining(char) else 0
        if pile <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def short(text: str, most: int) -> str:
    """The text cut to `most` characters, with an ellipsis where something is missing."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def fitted(text: str, pixels: float, size: float = 12.5) -> str:
    """The text cut to about `pixels` in a sans-serif of that size: a picture cannot wrap its words."""
    shown = clean(text)
    left = pixels / size
    for place, char in enumerate(shown):
        left -= _breadth(char)
        if left < 0:
            return f"{shown[: max(1, place - 1)].rstrip()}…"
    return shown


def _breadth(char: str) -> float:
    """About the breadth of a character, in parts of the size of the type."""
    from unicodedata import combining, east_asian_width

    if combining(char):
        return 0.0
    if east_asian_width(char) in "WF":
        return 1.0
    if char in "iIjlt.,:;'|!()[]/\\ ":
        return 0.3
    return 0.85 if char in "mwMW@%—" else 0.68 if char.isupper() else 0.53


def plotly_text(text: str) -> str:
    """The text as a Plotly label: cleaned, with entities for `&`, `<`, `>`, because Plotly makes tags of them."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
