"""Whose tag a link carries, and so which of the rules by program (AFF) are about it."""

from __future__ import annotations

from typing import Literal

from cta_analytics.config import Contract
from cta_analytics.links.link import Link

Program = Literal["attribution", "associates"]
_PROGRAMS: dict[str | None, Program] = {"attribution": "attribution", "associates": "associates"}


def named(program: str | None) -> Program | None:
    """The program of that name; None for `none` and for nothing."""
    return _PROGRAMS.get(program)


def asked_of(link: Link, contract: Contract) -> Program | None:
    """The program of the link's CTA policy."""
    if link.cta is None:
        return None
    return next((named(policy.program) for policy in contract.ctas if policy.name == link.cta), None)


def program_of(link: Link, contract: Contract) -> Program | None:
    """The program of the link's CTA policy, else the one that its URL shows, else that of the URL behind it."""
    asked = asked_of(link, contract)
    if asked is not None:
        return asked
    found = link.description
    return named(found.program) or (named(found.landing.program) if found.target else None)
