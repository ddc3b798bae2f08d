"""Times as servers write them."""

from __future__ import annotations

import calendar

import pytest

from cta_analytics.logs.times import instant, seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The hour that clocks go through twice: the offset tells which, so the two are an hour apart.
        ("01/Nov/2026:01:30:00 -0500", calendar.timegm((2026, 11, 1, 6, 30, 0))),
        ("01/Nov/2026:01:30:00 -0600", calendar.timegm((2026, 11, 1, 7, 30, 0))),
        ("08/Mar/2026:03:00:00 -0500", calendar.timegm((2026, 3, 8, 8, 0, 0))),
        ("31/Dec/2016:23:59:60 +0000", calendar.timegm((2017, 1, 1, 0, 0, 0))),
        ("29/Feb/2028:00:00:00 +0545", calendar.timegm((2028, 2, 28, 18, 15, 0))),
        ("2026-11-01T01:30:00-05:00", calendar.timegm((2026, 11, 1, 6, 30, 0))),
        ("29/Feb/2026:00:00:00 +0000", None),
        ("01/Nov/2026:01:30:00", None),
        ("yesterday", None),
    ],
)  # fmt: skip
def test_times_in_all_zones(text: str, expected: int | None) -> None:
    assert seconds(text) == expected


AT = calendar.timegm((2026, 9, 7, 13, 0, 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (AT, AT),
        (AT + 0.75, AT),
        (AT * 1000 + 999, AT),
        (AT * 1_000_000, AT),
        (AT * 1_000_000_000 + 1, AT),
        (str(AT), AT),
        (f"{AT}.315", AT),
        (f"{AT}000000000", AT),
        ("2026-09-07T13:00:01Z", AT),
        ("2026-09-07T13:00:01.123456789Z", AT),
        ("2026-09-07T15:00:01+0200", AT),
        ("07/Sep/2026:08:00:01.250 -0500", AT),
        ("2026-09-07T13:00:01", None),
        (True, None),
        (None, None),
        (-1, None),
        (float("nan"), None),
        ([AT], None),
        (9e9, None),
    ],
)
def test_numbers_count_seconds_or_parts_of_them(value: object, expected: int | None) -> None:
    assert instant(value) == expected
