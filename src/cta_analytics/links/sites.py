"""Which of the contract's sites a page belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from cta_analytics.config import Site


def site_of(named: str | None, stated: str | None, path: str, sites: Sequence[Site]) -> Site:
    """The site that the page's source names, else that of its canonical address, else that of its path.

    `named`: the source's `site`; `stated`: what the page says its address is; `path`: where its file stands. Of several
    sites that fit, the one with the longest `path_prefix` counts, then the first.
    """
    if named is not None:
        return next((site for site in sites if named in {site.name, site.label}), sites[0])
    if len(sites) == 1:
        return sites[0]
    try:
        address = urlsplit(stated or "")
        host = (address.hostname or "").removeprefix("www.")
    except ValueError:
        host, address = "", urlsplit("")
    on_host = [site for site in sites if host and (site.host or "").removeprefix("www.") == host]
    at = address.path if on_host or (stated or "").startswith("/") else path
    fitting = [site for site in on_host or sites if starts_with(at, site.path_prefix)]
    return max(fitting, key=lambda site: len(site.path_prefix.rstrip("/")), default=(on_host or list(sites))[0])


def starts_with(path: str, prefix: str) -> bool:
    """Whether a path lies below a prefix, by whole segments."""
    prefix = prefix.rstrip("/")
    return path == prefix or path.startswith(f"{prefix}/")


def prefixed(path: str, site: Site) -> str:
    """The path of a page whose source is that of a site which starts below the host's root."""
    prefix = "/" + site.path_prefix.strip("/")
    return path if prefix == "/" or starts_with(path, prefix) else f"{prefix}{path}".rstrip("/")
