"""The redirects of the contract as any server can be told of them: fixed paths, fixed targets, nothing to be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import ada_url

from cta_analytics.config import Contract
from cta_analytics.errors import CtaError

_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")
# What has a meaning in some server's configuration; `%`, `&`, `=` and the like are left, because the target needs them.
_SPECIAL = re.compile(r"""["'`$\\{}<>|^\[\]\s]""")


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect. `target` is an absolute http(s) URL, or a path of the own site, without fragment or special characters."""

    path: str
    target: str
    keeps_query: bool

    @property
    def joint(self) -> str:
        """What stands between the target and the query that came with the request."""
        return "&" if "?" in self.target else "?"


def hops(contract: Contract) -> list[Hop]:
    """The redirects of the contract.

    Raises: CtaError where there is none, or where one could lead elsewhere than it says.
    """
    if not contract.redirects:
        raise CtaError('cta.toml: has no [[redirects]]; add one with path = "/go/store" and target = "https://…"')
    found = [Hop(_path(one.path), _target(one.path, one.target), one.keeps_query) for one in contract.redirects]
    paths = [hop.path for hop in found]
    for path in paths:
        if paths.count(path) > 1:
            raise CtaError(f"cta.toml: two [[redirects]] have the path {path}; keep one of them")
    return found


def _path(path: str) -> str:
    plain = path.rstrip("/")
    if not _PATH.fullmatch(plain) or {".", ".."} & set(plain.split("/")):
        raise CtaError(
            f'cta.toml: redirect path "{path}": use letters, digits and ._~- between slashes, as in "/go/store"'
        )
    return plain


def _target(path: str, target: str) -> str:
    is_own = re.match(r"/(?![/\\])", target) is not None
    try:
        url = ada_url.URL(target, base="https://own.invalid/" if is_own else None)
    except ValueError:
        url = None
    if url is None or url.protocol not in {"https:", "http:"} or url.username or url.password or not url.hostname:
        raise CtaError(
            f'cta.toml: redirect {path} leads to "{target}"; write an address like "https://www.example.com/page"'
        )
    text = f"{url.pathname}{url.search}" if is_own else f"{url.origin}{url.pathname}{url.search}"
    if text.startswith("//"):
        raise CtaError(
            f'cta.toml: redirect {path} leads to "{target}", which is on another site; write its whole address'
        )
    return _SPECIAL.sub(lambda found: quote(found[0], safe=""), text)


def pattern(paths: Iterable[str]) -> str:
    """A regular expression, for JavaScript, that the paths of redirects match: by folder, so that it stays short."""
    plain = [re.sub(r"[\\^$.*+?()\[\]{}|]", r"\\\g<0>", path) for path in paths]
    starts = {path.rpartition("/")[0] + "/" if path.count("/") > 1 else f"{path}$" for path in plain}
    if not starts:
        return "^$"
    return f"^{starts.pop()}" if len(starts) == 1 else f"^({'|'.join(sorted(starts))})"
