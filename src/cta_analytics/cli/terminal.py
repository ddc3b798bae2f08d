"""What the terminal behind a stream can show, as its environment says."""

from __future__ import annotations

import os
from typing import IO, Literal

# As VTE counts: 0.50.0 announced links and crashed on them.
_VTE_WITH_LINKS = 5001
_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "zed", "Hyper", "WarpTerminal"})
_TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra"})


def has_colour(stream: IO[str]) -> bool:
    """Whether to print colours: `NO_COLOR` forbids (no-color.org), `FORCE_COLOR` asks (force-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in ("0", "false")
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def links(stream: IO[str]) -> Literal["none", "file", "line"]:
    """Whether to print OSC 8 links: `FORCE_HYPERLINK` says, else the terminals that are known for them.

    Line numbers go only to kitty, which documents what it does with them; others look for a file of that name.
    """
    environment = os.environ
    forced = environment.get("FORCE_HYPERLINK")
    able = forced not in ("0", "false") if forced else has_colour(stream) and stream.isatty() and _is_known(environment)
    if not able:
        return "none"
    return "line" if environment.get("TERM") == "xterm-kitty" else "file"


def _is_known(environment: os._Environ[str]) -> bool:
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdigit() and int(vte) >= _VTE_WITH_LINKS)
        or environment.get("TERM_PROGRAM") in _PROGRAMS
        or environment.get("TERM") in _TERMS
        or any(name in environment for name in ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))
    )
