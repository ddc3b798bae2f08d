"""What `cta snippet` knows of a web server: how it logs a beacon, and how it redirects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cta_analytics.collect.redirects import Hop


@dataclass(frozen=True, slots=True)
class Server:
    """A server, as a value."""

    name: str
    title: str
    log_format: str
    """Name of the log format that it then writes."""
    beacon: Callable[[str], str]
    """Configuration that answers that path with 204 and logs it."""
    redirects: Callable[[Sequence[Hop]], str]
    """Configuration of the redirects: 302, not cached, each to its one target."""
    about: str
    """For the documentation, as Markdown."""
