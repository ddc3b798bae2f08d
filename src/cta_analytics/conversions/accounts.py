"""Whose report a file is, and so its marketplace, currency and zone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cta_analytics.config import Account, ImportReport, Project
from cta_analytics.conversions.importer import Settings
from cta_analytics.errors import CtaError

UNNAMED = "default"
"""The account of a contract without [accounts], whose scanned links tell the marketplace."""


def settings(project: Project, importer: str, path: Path, told: str | None, linked: Iterable[str]) -> Settings:
    """How the report in `path` is to be read, and whose it is.

    The account is the one that was told, else the mapping's, else the one that a folder of its path is named for, else
    the only one there is. `linked` are the marketplaces of the scanned Attribution links.

    Raises: CtaError where the account is not known, or where nothing tells the marketplace.
    """
    from cta_analytics.urls import networks

    contract = project.contract
    report = contract.imports.mappings.get(importer, ImportReport())
    below = path.parent.relative_to(project.root).parts if path.is_relative_to(project.root) else path.parent.parts[-1:]
    folders = [part for part in reversed(below) if part in contract.accounts]
    name = told or report.account or next(iter(folders), None)
    if name is None and len(contract.accounts) == 1:
        name = next(iter(contract.accounts))
    if name is None and contract.accounts:
        raise CtaError(f"which account is it of? Name it with --account; cta.toml has {', '.join(contract.accounts)}")
    if name is not None and name not in contract.accounts:
        known = ", ".join(contract.accounts) or "none"
        raise CtaError(
            f'account "{name}" is not in cta.toml (known: {known}); add [accounts.{name}] with its marketplace'
        )
    account = contract.accounts[name] if name else Account(marketplace=_linked(linked))
    place = networks.load().marketplace(account.marketplace)
    if place is None:
        known = ", ".join(networks.load().by_name["amazon"].marketplaces)
        raise CtaError(f'accounts.{name}: marketplace "{account.marketplace}" is not known; known are {known}')
    return Settings(importer, name or UNNAMED, account, place.currency, place.digits, report)


def _linked(linked: Iterable[str]) -> str:
    found = sorted(set(linked))
    if len(found) != 1:
        seen = f"the scanned links lead to {', '.join(found)}" if found else "no link was scanned that tells it"
        raise CtaError(
            f"the report names no marketplace and {seen}; add [accounts.main] with its marketplace to cta.toml"
        )
    return found[0]
