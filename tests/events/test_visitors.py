"""Visitors without names, and nothing on disk that gives an address away."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.events.conftest import FIREFOX, Site, beacon, line

from cta_analytics.errors import CtaError
from cta_analytics.events.fingerprint import line_hash
from cta_analytics.events.visitors import Excluded, Keys, network_of
from cta_analytics.logs import detect
from cta_analytics.logs.format import LogFormat, Record

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)


def test_a_day_keeps_its_key_and_another_day_has_another(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    keys = Keys(file, 9)
    first = keys.of([MONDAY, TUESDAY])
    keys.save()
    assert len({*first.values()}) == 2
    assert all(isinstance(key, str) and len(key) == 64 for key in first.values())
    assert Keys(file, 9).of([MONDAY, TUESDAY]) == first
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_goes_some_days_after_its_day_was_last_added_to(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    today = datetime.now(UTC).date()
    days = {
        "2026-09-07": {"key": "aa", "added_on": (today - timedelta(days=10)).isoformat()},
        "2026-09-08": {"key": "bb", "added_on": (today - timedelta(days=9)).isoformat()},
    }
    file.write_text(json.dumps(days))
    keys = Keys(file, 9)
    # A day whose key is gone gets no new one: its visitors would be counted a second time.
    assert keys.of([MONDAY, TUESDAY]) == {MONDAY: None, TUESDAY: "bb"}
    keys.save()
    assert "aa" not in file.read_text()
    assert Keys(file, 9).of([MONDAY]) == {MONDAY: None}


def test_a_line_that_comes_after_its_key_counts_without_visitor(site: Site) -> None:
    site.log("a.log", line())
    site.ingest("a.log")
    file = site.root / ".cta" / "keys"
    file.write_text(json.dumps({"2026-09-07": {"key": None, "added_on": "2026-09-08"}}))
    site.log("b.log", line(), line("/answers/b", referrer="https://www.google.com/"))
    site.ingest("b.log")
    assert site.rows("SELECT answer, visitor IS NULL, session_id IS NULL, channel, is_counted FROM pageviews ORDER BY 1") == [
        ("a", False, False, "Direct", True), ("b", True, True, "Organic Search", True),
    ]  # fmt: skip
    assert site.rows("SELECT count(*) FROM sessions") == [(1,)]


def test_damaged_keys_are_told(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("{")
    with pytest.raises(CtaError, match="keys: damaged; delete it"):
        Keys(tmp_path / "keys", 9)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("client.example.net", "client.example.net"),
        ("-", "-"),
    ],
)
def test_an_ipv6_address_is_cut_to_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_excluded_networks() -> None:
    own = Excluded(["203.0.113.64/28", "2001:db8::/32"])
    assert [own.holds(a) for a in ("203.0.113.70", "203.0.113.80", "2001:db8::1", "::ffff:203.0.113.70", "x")] == [
        True, False, True, True, False,
    ]  # fmt: skip
    assert not Excluded([])
    with pytest.raises(CtaError, match='"office" is no network'):
        Excluded(["office"])


def test_visitors_are_told_apart_by_address_and_user_agent_within_a_day(site: Site) -> None:
    site.log(
        "access.log",
        line("/answers/a", address="192.0.2.1"),
        line("/answers/b", address="192.0.2.1"),
        line("/answers/c", address="192.0.2.2"),
        line("/answers/d", address="192.0.2.1", agent=FIREFOX.replace("140", "141")),
        line("/answers/e", "08/Sep/2026:08:00:00 -0500", address="192.0.2.1"),
        line("/answers/f", address="2001:db8:1:2::1"),
        line("/answers/g", address="2001:db8:1:2::ffff"),
        line("/answers/h", address="2001:db8:1:3::1"),
    )
    site.ingest("access.log")
    who = dict(site.rows("SELECT answer, visitor FROM pageviews"))
    assert who["a"] == who["b"]
    assert who["f"] == who["g"]
    assert len(set(who.values())) == 6


ADDRESSES = ("203.0.113.77", "2001:db8:7:7::77")


def test_no_address_is_on_disk(site: Site) -> None:
    lines = [line(address=address) for address in ADDRESSES]
    broken = [f"{address} - - [07/Sep/2026:08:00:00 -0500] rubbish from {address}\n" for address in ADDRESSES]
    site.log("access.log", *lines, *[beacon(address=address) for address in ADDRESSES], *broken)
    site.ingest("access.log")
    (site.root / "access.log").unlink()
    for file in site.root.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found = [address for address in ADDRESSES if address.encode() in content]
            assert found == [], file
    assert site.rows("SELECT count(*) FROM rejected_lines WHERE line LIKE 'x.x.x.x - - %rubbish from x.x.x.x'") == [
        (2,)
    ]


def test_a_fingerprint_leaves_all_but_eight_bits_of_an_address_open(site: Site) -> None:
    """Whoever knows the line and tries all addresses is left with one in 256 of them."""
    address = "203.0.113.77"
    text = line(address=address)
    site.log("access.log", text)
    site.ingest("access.log")
    with duckdb.connect(str(site.root / "cta.duckdb"), read_only=True) as connection:
        row = connection.execute("SELECT fingerprint FROM internal.fingerprints").fetchone()
    assert row
    rest = text.rstrip("\n").removeprefix(address)
    tried = [f"198.18.{a}.{b}" for a in range(64) for b in range(256)]
    bits = {candidate: int(hashlib.sha256(candidate.encode()).hexdigest()[-2:], 16) for candidate in [*tried, address]}
    fits = [candidate for candidate in tried if (line_hash(rest) ^ bits[candidate] << 56) >> 1 == row[0]]
    assert (line_hash(rest) ^ bits[address] << 56) >> 1 == row[0]
    assert len(tried) / 256 * 0.5 < len(fits) < len(tried) / 256 * 2


def test_the_hash_of_lines_is_duckdbs_as_long_as_that_stays() -> None:
    texts = [
        "",
        "a",
        "äöü",
        "x" * 7,
        "x" * 8,
        "x" * 12,
        "x" * 13,
        "x" * 1000,
        "\0",
        "line with ünïcode and more than twelve bytes",
    ]
    with duckdb.connect() as connection:
        assert [connection.execute("SELECT hash($t)", {"t": text}).fetchone() for text in texts] == [
            (line_hash(text),) for text in texts
        ]
    # Worked out by hand for the empty text: the seed, mixed twice.
    state = 0xE17A1465
    for _ in range(2):
        state = (state ^ state >> 32) * 0xD6E8FEB86659FD93 % (1 << 64)
    assert line_hash("") == state ^ state >> 32


def test_who_does_not_want_to_be_tracked_counts_without_visitor(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Sec-GPC: 1` or `DNT: 1`, in a format that logs such a header behind the user agent."""
    named = detect.named

    def with_header(name: str, *more: Any) -> LogFormat:
        before = named(name, *more)

        def parse(text: str) -> Record | str:
            found = before.parse(text)
            return replace(found, no_tracking=text.endswith(' "1"')) if isinstance(found, Record) else found

        return replace(before, parse=parse, columns=None)

    monkeypatch.setattr(detect, "named", with_header)
    site.log(
        "a.log",
        line("/answers/a"),
        line("/answers/b").replace("\n", ' "1"\n'),
        beacon(page="/answers/b").replace("\n", ' "1"\n'),
        line("/answers/c").replace("\n", ' "-"\n'),
    )
    site.ingest("a.log", log_format="combined")
    assert site.rows("SELECT path, visitor IS NULL, session_id IS NULL, is_counted FROM pageviews ORDER BY path") == [
        ("/answers/a", False, False, True), ("/answers/b", True, True, True), ("/answers/c", False, False, True),
    ]  # fmt: skip
    assert site.rows("SELECT visitor, channel, is_counted FROM clicks") == [(None, "Direct", True)]
    assert site.rows("SELECT pages, clicks FROM sessions") == [(2, 0)]
