"""The changes of `--fix` as a patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from cta_analytics.lint.patch import Patch

_QUOTED = re.compile(r"[\x00-\x1f\x7f\"\\]")
_COLOURS = {b"-": b"31", b"+": b"32", b"@": b"36"}


def unified(patch: Patch, folder: Path, colour: bool = False) -> bytes:
    """The patch of a file, its name relative to `folder`, its lines in the file's own bytes."""
    from difflib import diff_bytes, unified_diff

    relative = Path(os.path.relpath(patch.path, folder)).as_posix()
    names = (_named(f"a/{relative}"), _named(f"b/{relative}"))
    lines = diff_bytes(unified_diff, _lines(patch.before), _lines(patch.after), *names)
    return b"".join(_painted(_ended(line), colour) for line in lines)


def folder_of(files: Iterable[Path]) -> Path:
    """What the names of a patch start from: the working directory, else the repository, else a folder above all."""
    folders = [Path(os.path.realpath(file)).parent for file in files]
    here = Path(os.path.realpath("."))
    if not folders or all(folder.is_relative_to(here) for folder in folders):
        return here
    shared = Path(os.path.commonpath(folders))
    return next((folder for folder in (shared, *shared.parents) if (folder / ".git").exists()), shared)


def _lines(data: bytes) -> list[bytes]:
    """Lines as patches have them: ended by LF alone, so that a lone CR or a form feed ends none."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _named(name: str) -> bytes:
    """A name as git writes it: quoted where it could be taken for more than a name, a tab behind one with blanks."""
    raw = os.fsencode(name)
    if _QUOTED.search(name):
        return b'"' + b"".join(_quoted(byte) for byte in raw) + b'"'
    return raw + b"\t" if b" " in raw else raw


def _quoted(byte: int) -> bytes:
    char = bytes([byte])
    if char in b'"\\':
        return b"\\" + char
    return char if 0x20 <= byte < 0x7F else b"\\%03o" % byte


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _painted(line: bytes, colour: bool) -> bytes:
    code = _COLOURS.get(line[:1]) if colour else None
    return b"\x1b[%sm%s\x1b[0m\n" % (code, line.rstrip(b"\n")) if code else line
