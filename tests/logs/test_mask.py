"""Addresses out of a line that is kept."""

from __future__ import annotations

import hashlib

import pytest

from cta_analytics.logs.mask import LONGEST, masked, without_addresses


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("192.0.2.7 - - [01/Nov/2026:01:30:05 -0500] \"GET", "x.x.x.x - - [01/Nov/2026:01:30:05 -0500] \"GET"),
        ("2001:db8::7 - - [", "x.x.x.x - - ["),
        ("::1 said fe80::1ff:fe23:4567:890a", "x.x.x.x said x.x.x.x"),
        ("::ffff:192.0.2.7 rest", "x.x.x.x rest"),
        ("\"10.0.0.1, 203.0.113.9\" -", "\"x.x.x.x, x.x.x.x\" -"),
        ("[client 192.0.2.7:24259] said", "[client x.x.x.x:24259] said"),
        ("[client eda7:35d:3ceb:ef1e:2133:e7bf:116e:24cc:24259] said", "[client x.x.x.x] said"),
        ("client.example.net - - [", "x.x.x.x - - ["),
        ("2026-11-01 01:30:05 GET", "2026-11-01 01:30:05 GET"),
        ("Chrome/141.0.0.1 and 12:34:56", "Chrome/x.x.x.x and 12:34:56"),
    ],
)  # fmt: skip
def test_no_address_is_left(line: str, expected: str) -> None:
    assert masked(line) == expected


def test_a_long_line_is_cut() -> None:
    assert masked("a " * 5000) == "a " * (LONGEST // 2)


@pytest.mark.parametrize(
    "address",
    [
        "192.0.2.1", "2001:db8::1", "::1", "::ffff:192.0.2.1", "64:ff9b::192.0.2.33", "2001:db8:1:2:3:4:5:6",
        "1:2:3:4:5:6:192.0.2.1", "fe80::1ff:fe23:4567:890a",
    ],
)  # fmt: skip
def test_eight_bits_stand_for_an_address_in_the_hash_of_a_log(address: str) -> None:
    bits = hashlib.sha256(address.encode()).hexdigest()[-2:]
    for before, after in (
        ("", " - - [07/Sep/2026:08:00:30 -0500] x"),
        ('{"ip":"', '","at":"12:34:56"}'),
        ("[", "]:443 é"),
    ):
        assert without_addresses(f"{before}{address}{after}\n".encode()) == f"{before}{bits}{after}\n".encode()


def test_a_long_run_of_hexadecimal_digits_takes_no_time() -> None:
    data = b"::" + b"a" * 200_000 + b":1" * 100_000
    assert len(without_addresses(data)) < len(data)
