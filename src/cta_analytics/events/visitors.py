"""Visitors without names: one random key per site day, kept outside the database and thrown away after some days."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from polars import DataFrame


class Keys:
    """The keys of `.cta/keys` (mode 0600): day -> key, or None for a day whose key is gone."""

    def __init__(self, file: Path, key_days: int) -> None:
        self._file = file
        self._key_days = key_days
        self._today = datetime.now(UTC).date()
        self._days = self._read()
        self._is_changed = False
        for day, entry in self._days.items():
            if entry["key"] and date.fromisoformat(str(entry["added_on"])) + timedelta(days=key_days) < self._today:
                self._days[day] = {"key": None, "added_on": entry["added_on"]}
                self._is_changed = True

    def _read(self) -> dict[str, dict[str, str | None]]:
        try:
            text = self._file.read_text(encoding="ascii")
        except FileNotFoundError:
            return {}
        try:
            days: dict[str, dict[str, str | None]] = json.loads(text)
        except ValueError:
            raise CtaError(
                f"{self._file}: damaged; delete it, and later lines of its days count as new visitors"
            ) from None
        return days

    def of(self, days: Iterable[date]) -> dict[date, str | None]:
        """The key of each day, made where there never was one; None where it is gone and visitors can no longer be told."""
        found = {}
        for day in days:
            entry = self._days.get(day.isoformat())
            if entry is None:
                entry = self._days[day.isoformat()] = {"key": secrets.token_hex(32), "added_on": None}
            if entry["key"] and entry["added_on"] != self._today.isoformat():
                entry["added_on"] = self._today.isoformat()
                self._is_changed = True
            found[day] = entry["key"]
        return found

    def forget(self, before: date) -> None:
        """Throw away the keys of the days before one; nothing of those days is ever stored again."""
        for day in [day for day in self._days if date.fromisoformat(day) < before]:
            del self._days[day]
            self._is_changed = True

    def save(self) -> None:
        """Write the keys; before the visitors that were made with them are committed."""
        if not self._is_changed:
            return
        draft = self._file.with_name("keys.new")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            json.dump(self._days, out, indent=0, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._file)
        self._is_changed = False


@lru_cache(maxsize=100_000)
def network_of(address: str) -> str:
    """The part of an address that makes a visitor: IPv6 cut to its /64 (a home has that many), IPv4 as it is."""
    text = address.strip("[]").split("%")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(found) >> 64 << 64))


def networked(requests: DataFrame) -> DataFrame:
    """With `network`: the part of the `address` that makes a visitor."""
    import polars as pl

    odd = requests.select(pl.col("address").filter(pl.col("address").str.contains(":")).unique())
    networks = [network_of(address) for address in odd["address"]]
    known = odd.with_columns(network=pl.Series(networks, dtype=pl.String))
    return requests.join(known, on="address", how="left", maintain_order="left").with_columns(
        pl.col("network").fill_null(pl.col("address"))
    )


class Excluded:
    """Own networks: `[exclude] networks`."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = []
        for network in networks:
            try:
                self._networks.append(ipaddress.ip_network(network, strict=False))
            except ValueError:
                raise CtaError(
                    f'cta.toml: [exclude] networks: "{network}" is no network; write one like "203.0.113.0/24"'
                ) from None

    def __bool__(self) -> bool:
        return bool(self._networks)

    def holds(self, address: str) -> bool:
        """Whether an address as logged is in one of them."""
        try:
            found = ipaddress.ip_address(address.strip("[]").split("%")[0])
        except ValueError:
            return False
        mapped = found.ipv4_mapped if found.version == 6 else None
        return any((mapped or found) in network for network in self._networks)
