"""A log whose `#Fields:` lines say how it is read: they hold across files that grow."""

from __future__ import annotations

import gzip

import pytest
from tests.events.conftest import Site

FULL = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)"
OTHER = "#Fields: sc-status cs-uri-stem cs-method c-ip time date cs(User-Agent)"
BEGIN = [
    FULL,
    "2026-09-07 13:00:01 192.0.2.7 GET /answers/a - 200 Mozilla/5.0+(X11;+Linux+x86_64;+rv:140.0)+Gecko/20100101+Firefox/140.0",
    OTHER,
    "200 /answers/b GET 192.0.2.7 13:05:00 2026-09-07 Mozilla/5.0+(X11;+Linux+x86_64;+rv:140.0)+Gecko/20100101+Firefox/140.0",
]
MORE = "200 /answers/c GET 192.0.2.7 13:09:00 2026-09-07 Mozilla/5.0+(X11;+Linux+x86_64;+rv:140.0)+Gecko/20100101+Firefox/140.0"


@pytest.mark.parametrize("packed", [False, True])
def test_a_grown_log_goes_on_with_the_fields_that_held_at_its_end(site: Site, packed: bool) -> None:
    def log(*rows: str) -> None:
        file = site.log("u_ex260907.log", *(f"{row}\n" for row in rows))
        if packed:
            file.write_bytes(gzip.compress(file.read_bytes()))

    log(*BEGIN)
    (batch,) = site.ingest("u_ex260907.log").batches
    assert (batch.log_format, batch.lines, batch.pageviews, batch.other_reasons) == ("w3c", 4, 2, {"comment": 2})
    (batch,) = site.ingest("u_ex260907.log").batches
    assert (batch.log_format, batch.already_seen) == ("w3c", 4)
    log(*BEGIN, MORE)
    (batch,) = site.ingest("u_ex260907.log", log_format="iis").batches
    assert (batch.log_format, batch.lines, batch.pageviews, batch.already_seen) == ("w3c", 5, 1, 4)
    assert site.rows("SELECT path, strftime(occurred_at, '%H:%M') FROM pageviews ORDER BY 1") == [
        ("/answers/a", "13:00"),
        ("/answers/b", "13:05"),
        ("/answers/c", "13:09"),
    ]
