"""The plan for columns: lines of the plain shape are read by it, and none of them one by one."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from cta_analytics.logs import FORMATS

SAMPLES = Path(__file__).parent / "samples"
BROWSER = '"https://www.example.com/" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"'
PLAIN = {
    "combined": f'192.0.2.1 - - [07/Sep/2026:23:00:00 -0500] "GET /answers/a?b=c HTTP/1.1" 200 512 {BROWSER}',
    "common": '192.0.2.1 - mary [07/Sep/2026:23:00:00 -0500] "GET /answers/a HTTP/1.1" 304 -',
    "vhost_combined": f'www.example.com:443 2001:db8::1 - - [07/Sep/2026:23:00:00 +0000] "GET / HTTP/2.0" 200 5 {BROWSER}',
}


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].columns])
def test_a_plain_line_fits_the_plan_for_columns(name: str) -> None:
    plan = FORMATS[name].columns
    assert plan is not None
    assert plan(pl.LazyFrame({"line": [PLAIN[name]]})).select("fits").collect()["fits"].to_list() == [True]
