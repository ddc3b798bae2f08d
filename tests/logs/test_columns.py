"""The plan for columns: lines of the plain shape are read by it, and none of them one by one."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from cta_analytics.logs import FORMATS

SAMPLES = Path(__file__).parent / "samples"
READ_BY_LINE = {
    "alb", "alb-classic", "caddy", "cloudflare", "cloudfront-json", "cloudfront-realtime", "fastly", "haproxy", "nginx_json",
    "nginx_json-default", "s3", "traefik-json", "vercel", "w3c-quoted",
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.log")), ids=lambda file: file.stem)
def test_plain_lines_fit_the_plan_for_columns(file: Path) -> None:
    log_format = FORMATS[file.stem.partition("-")[0]]
    plain = []
    for line in file.read_text().splitlines():
        log_format = log_format.after(line)
        if log_format.columns is not None and not line.startswith("#"):
            fits = log_format.columns(pl.LazyFrame({"line": [line]})).select("fits").collect()["fits"].to_list()
            # The fifth request is the one that is none.
            plain += fits if " 400 " not in line and "\t400\t" not in line else []
    assert all(plain) if file.stem not in READ_BY_LINE else not any(plain)
