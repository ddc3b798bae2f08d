"""The query of a URL as an ordered multi-map that gives back the same bytes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

# WHATWG removes these wherever they stand, before anything is read (URL standard, "URL parsing", step 3).
_REMOVED = str.maketrans("", "", "\t\n\r")


def scalars(text: str) -> str:
    """The text as a browser's USVString: surrogate pairs joined, lone surrogates replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def decode(raw: str) -> str:
    """One percent-decoding of a path segment: bytes as UTF-8, wrong ones as U+FFFD; `+` stays."""
    if "%" not in raw and raw.isprintable():
        return raw
    text = scalars(raw.translate(_REMOVED))
    return unquote_to_bytes(text).decode("utf-8", "replace") if "%" in text else text


def decode_form(raw: str) -> str:
    """One decoding of a key or value, as `application/x-www-form-urlencoded` has it (`+` is a blank)."""
    return decode(raw.replace("+", " ") if "+" in raw else raw)


def encode(text: str) -> str:
    """The text as it may stand in a query: a blank is `%20`, and only what needs it is escaped."""
    return quote(scalars(text), safe="-._~!*'()/:@,;$")


# Not `frozen`, as all records of which there is one a URL or more: that would triple the cost of making them.
@dataclass(slots=True, unsafe_hash=True)
class Param:
    """One `key=value` between two `&`: as it stands, decoded once, and where it stands in the query.

    `raw_value` is None where there is no `=`; an empty piece (`&&`) is a param with an empty `raw`.
    """

    raw: str
    start: int
    raw_key: str
    raw_value: str | None
    key: str
    value: str

    @classmethod
    def parse(cls, raw: str, start: int) -> Param:
        """The piece `raw`, which starts at `start` in its query."""
        raw_key, equals, raw_value = raw.partition("=")
        return cls(raw, start, raw_key, raw_value if equals else None, decode_form(raw_key), decode_form(raw_value))

    @property
    def end(self) -> int:
        """The offset behind the last character in the query."""
        return self.start + len(self.raw)

    @property
    def value_start(self) -> int:
        """The offset of the value in the query (the end of the key, where there is no `=`)."""
        return self.start + len(self.raw_key) + (self.raw_value is not None)


_NO_PIECES = (Param("", 0, "", None, "", ""),)


@dataclass(slots=True, unsafe_hash=True)
class Query:
    """What stands between `?` and `#`: `&`-separated, in order, duplicates kept, nothing normalised.

    `pieces` are all of it, `params` those that carry something (a browser sees these and no others). `offset` is
    where the query starts in the URL, so that `offset + param.start` points into it.
    """

    raw: str
    pieces: tuple[Param, ...]
    params: tuple[Param, ...]
    offset: int = 0

    @classmethod
    def parse(cls, raw: str, offset: int = 0) -> Query:
        """The query of a raw string (without its `?`); `str()` of it is that string again."""
        if not raw:
            return cls("", _NO_PIECES, (), offset)
        pieces = []
        start = 0
        for piece in raw.split("&"):
            pieces.append(Param.parse(piece, start))
            start += len(piece) + 1
        return cls(raw, tuple(pieces), tuple(piece for piece in pieces if piece.raw), offset)

    def __str__(self) -> str:
        return "&".join(piece.raw for piece in self.pieces)

    def __len__(self) -> int:
        return len(self.params)

    def __contains__(self, key: object) -> bool:
        return any(param.key == key for param in self.params)

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Decoded `(key, value)`, in order."""
        return tuple((param.key, param.value) for param in self.params)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """`(start, end)` of each of `params` in the URL."""
        return tuple((self.offset + param.start, self.offset + param.end) for param in self.params)

    @property
    def keys(self) -> tuple[str, ...]:
        """The distinct decoded keys, in the order of their first occurrence."""
        return tuple(dict.fromkeys(param.key for param in self.params))

    def get(self, key: str) -> str | None:
        """The first value of the key, decoded, or None."""
        return next((param.value for param in self.params if param.key == key), None)

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of the key, decoded, in order."""
        return tuple(param.value for param in self.params if param.key == key)

    def params_of(self, key: str) -> tuple[Param, ...]:
        """Every param of the key, in order."""
        return tuple(param for param in self.params if param.key == key)

    def set(self, key: str, value: str) -> Query:
        """The query with the key's first value replaced, or the pair appended; all else byte for byte."""
        pair = f"{encode(key)}={encode(value)}"
        first = next((param for param in self.params if param.key == key), None)
        if first is None:
            return Query.parse(f"{self.raw}&{pair}" if self.raw else pair, self.offset)
        changed = f"{first.raw_key}={encode(value)}"
        return Query.parse(self.raw[: first.start] + changed + self.raw[first.end :], self.offset)

    def without(self, keys: Container[str]) -> Query:
        """The query without these keys; all else byte for byte."""
        kept = [piece.raw for piece in self.pieces if not (piece.raw and piece.key in keys)]
        return Query.parse("&".join(kept), self.offset)

    def replaced(self, param: Param, raw: str | None) -> Query:
        """The query with another text in place of one of its pieces, or (None) without that piece alone."""
        pieces = [raw if piece.start == param.start else piece.raw for piece in self.pieces]
        return Query.parse("&".join(piece for piece in pieces if piece is not None), self.offset)

    def tidied(self) -> Query:
        """The query without empty pieces (`?&a=1&&b=2&` becomes `?a=1&b=2`)."""
        return Query.parse("&".join(param.raw for param in self.params), self.offset)
