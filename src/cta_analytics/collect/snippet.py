"""The script that reports clicks, short enough to stand in each page, with the settings of a contract."""

from __future__ import annotations

import base64
import difflib
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files

from cta_analytics.collect.redirects import pattern
from cta_analytics.collect.shorten import shorten
from cta_analytics.config import Contract
from cta_analytics.errors import CtaError

TYPES = ("click", "submit", "impression", "view")


def types_of(contract: Contract) -> tuple[str, ...]:
    """What the snippet reports by default: views only where they are counted from the beacon."""
    return TYPES if contract.logs.views_from == "beacon" else TYPES[:-1]


def beacon_path(contract: Contract) -> str:
    """The path that is reported to.

    Raises: CtaError where no server could be told of it.
    """
    path = contract.logs.beacon_path
    if not re.fullmatch(r"(?:/[A-Za-z0-9._~-]+)+", path):
        raise CtaError(
            f'cta.toml: [logs] beacon_path "{path}": use letters, digits and ._~- between slashes, as in "/cta/e"'
        )
    return path


def script(contract: Contract, types: Sequence[str] | None = None) -> str:
    """The script, on one line.

    Raises: CtaError where a type is not known, or the beacon path is none.
    """
    chosen = types_of(contract) if types is None else tuple(types)
    for one in chosen:
        if one not in TYPES:
            near = difflib.get_close_matches(one.lower(), TYPES, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(TYPES)}"
            raise CtaError(f'--events: "{one}" is no type of event; {hint}')
    if not chosen:
        raise CtaError(f"--events: names no event; known are {', '.join(TYPES)}")
    settings = {
        "PATH": f"{beacon_path(contract)}?",
        "TYPES": " ".join(chosen),
        "REDIRECTS": pattern(redirect.path for redirect in contract.redirects),
    }
    source = files("cta_analytics.collect").joinpath("snippet.js").read_text(encoding="utf-8")
    # In a page, `</script>` would end the script: no `<` comes from the contract.
    texts = {name: json.dumps(text).replace("<", "\\u003c") for name, text in settings.items()}
    code = shorten(source)
    if set(chosen) == set(TYPES):
        # Always true then.
        code = re.sub(r"TYPES\.match\(\w\)&&", "", code)
    return re.sub(r"\b(?:PATH|TYPES|REDIRECTS)\b", lambda found: texts[found[0]], code)


def inline(code: str) -> str:
    """The script as an element, with the hash that a Content-Security-Policy needs to allow it."""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return (
        f"<!-- Content-Security-Policy: script-src 'sha256-{digest}'; connect-src 'self' -->\n<script>{code}</script>\n"
    )


def tag(src: str) -> str:
    """The element that loads the script from a file.

    Raises: CtaError where a page cannot load one from there.
    """
    from html import escape

    if not re.fullmatch(r"(?:https?://|/)[^\s\\]+", src):
        raise CtaError(
            f'--external: "{src}" is no path that a page can load; write it as the site serves it, such as /assets/cta.js'
        )

    return f'<script src="{escape(src)}" defer></script>\n'
