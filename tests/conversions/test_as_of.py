"""When a report was downloaded, by what it or its name says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cta_analytics.conversions import as_of
from cta_analytics.conversions.as_of import AsOf
from cta_analytics.errors import CtaError

CHICAGO = ZoneInfo("America/Chicago")
LAST = date(2026, 11, 8)


def at(*parts: int) -> datetime:
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("attribution-20261109T060000Z.json", at(2026, 11, 9, 6)),
        ("attribution_2026-11-09_06-30.json", at(2026, 11, 9, 12, 30)),
        ("attribution-20261109-0630.json", at(2026, 11, 9, 12, 30)),
        ("attribution 2026-11-09T06:30:15+02:00.json", at(2026, 11, 9, 4, 30, 15)),
        ("1794204000000-report.csv", at(2026, 11, 9, 6)),
        ("attribution-2026-11-09.json", at(2026, 11, 9, 6)),
        ("attribution_20261109.json", at(2026, 11, 9, 6)),
        # A date that the report covers may be its own, and two dates are a period.
        ("attribution-2026-11-08.json", None),
        ("attribution-2026-10-10_2026-11-09.json", None),
        ("attribution-2026-10-10-2026-11-09.json", None),
        ("attribution-20261010-20261109.json", None),
        ("attribution-2026-W45.json", None),
        ("attribution-2026-13-09.json", None),
        ("report.json", None),
    ],
)
def test_a_time_in_the_name(name: str, found: datetime | None) -> None:
    assert as_of.in_name(name, LAST, CHICAGO) == found


COPIED = at(2026, 11, 23)


def decide(
    name: str = "a.json", told: datetime | None = None, in_file: datetime | None = None, modified: datetime = COPIED
) -> AsOf:
    return as_of.decide(name, LAST, CHICAGO, told=told, in_file=in_file, modified_at=modified)


def test_what_is_told_goes_before_the_file_its_name_and_its_mtime() -> None:
    named, inside, told = "a-20261109T060000Z.json", at(2026, 11, 10), at(2026, 11, 11)
    assert decide(named, told, inside) == AsOf(told, "option")
    assert decide(named, None, inside) == AsOf(inside, "file")
    assert decide(named) == AsOf(at(2026, 11, 9, 6), "name")
    assert decide() == AsOf(at(2026, 11, 23), "mtime")


def test_an_mtime_before_the_last_day_cannot_be_the_download() -> None:
    assert decide(modified=at(1980, 1, 1)) == AsOf(at(2026, 11, 8, 6), "last day")


def test_a_told_time_before_the_last_day_is_refused() -> None:
    with pytest.raises(CtaError, match=r"2026-11-01T00:00Z \(option\) is before its last day 2026-11-08"):
        decide(told=at(2026, 11, 1))


def test_a_time_without_zone_is_the_sites() -> None:
    assert as_of.read("2026-11-09T00:00", CHICAGO) == as_of.read("2026-11-09", CHICAGO) == at(2026, 11, 9, 6)
    with pytest.raises(CtaError, match='"yesterday" is no time'):
        as_of.read("yesterday")
