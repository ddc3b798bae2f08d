"""Zstandard, frame after frame; what is cut off is an error, as it is with the packers of Python."""

from __future__ import annotations

import io
from typing import Any

_BLOCK = 64 << 10
"""Packed bytes at once: unpacked they may be a thousand times as many."""
_LONGEST_WINDOW = 1 << 31


def opened(raw: io.BufferedReader) -> io.BufferedReader:
    """The unpacked bytes. Reading raises EOFError where the data ends early, OSError where it is damaged."""
    return io.BufferedReader(_Frames(raw), 1 << 20)


class _Frames(io.RawIOBase):
    def __init__(self, raw: io.BufferedReader) -> None:
        import zstandard

        self._raw = raw
        self._zstd = zstandard
        self._frame = self._new_frame()
        self._is_open = False
        self._packed = b""
        self._left = b""

    def _new_frame(self) -> Any:
        return self._zstd.ZstdDecompressor(max_window_size=_LONGEST_WINDOW).decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            self._packed = self._packed or self._raw.read(_BLOCK)
            if not self._packed:
                if self._is_open:
                    raise EOFError("a Zstandard frame ends early")
                return 0
            try:
                self._left = self._frame.decompress(self._packed)
            except self._zstd.ZstdError as error:
                raise EOFError(str(error)) from None
            self._is_open = not self._frame.eof
            self._packed = b""
            if self._frame.eof:
                self._packed = self._frame.unused_data
                self._frame = self._new_frame()
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)
