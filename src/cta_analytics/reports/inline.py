"""What stands inline: scripts by their hash, data as JSON that cannot end its element, the packed Plotly bundle."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


def json_text(value: Any) -> str:
    """JSON in ASCII, without a character that means something to HTML: it may stand in a script element as it is."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def read(name: str) -> str:
    """The text of a file beside the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def script() -> str:
    """The script of the page: its parts in one function, `data.js` first and then by name."""
    files = sorted((TEMPLATES / "scripts").glob("*.js"), key=lambda file: (file.name != "data.js", file.name))
    parts = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return f'(() => {{\n"use strict";\n{parts}}})();'


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of the page: `report.css`, then the files of `styles/` by name."""
    more = sorted((TEMPLATES / "styles").glob("*.css"), key=lambda file: file.name)
    return "\n".join([read("report.css"), *(file.read_text(encoding="utf-8") for file in more)])


@lru_cache(maxsize=1)
def plotly() -> dict[str, Any]:
    """Which Plotly bundle is inside, and the SHA-256 of its text."""
    return tomllib.loads(read("plotly-basic.toml"))


@lru_cache(maxsize=1)
def plotly_packed() -> str:
    """The Plotly bundle, gzip in base64; the browser inflates it."""
    return base64.b64encode((TEMPLATES / "plotly-basic.min.js.gz").read_bytes()).decode()


def policy(script: str) -> str:
    """The Content-Security-Policy of the file: no network, no handler in an attribute, only these two scripts.

    The hash of the Plotly bundle is that of its inflated text, with which the page fills a script element.
    """
    own = _source(hashlib.sha256(script.encode()).digest())
    bundle = _source(bytes.fromhex(plotly()["sha256"]))
    return (
        f"default-src 'none'; script-src {own} {bundle}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(digest: bytes) -> str:
    return f"'sha256-{base64.b64encode(digest).decode()}'"
