"""Every log format: its sample holds the same requests, is told from its content, and is read alike in both ways."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import Record

SERVERS = sorted(name for name, log_format in FORMATS.items() if not log_format.is_export)
SAMPLES = Path(__file__).parent / "samples"
# Written down from combined.log by hand; times are UTC.
AT = 1788786001  # 2026-09-07 13:00:01
REQUESTS = [
    ("192.0.2.10", AT, "GET", "/answers/oil-a-board?utm_source=newsletter&utm_medium=email", 200),
    ("192.0.2.10", AT + 1, "GET", "/css/site.css", 304),
    (
        "192.0.2.10",
        AT + 39,
        "POST",
        "/cta/e?t=click&u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0EXAMPLE1&p=/answers/oil-a-board&o=1&i=a1&v=1",
        204,
    ),
    ("2001:db8::5", AT + 59, "GET", "/", 200),
    ("198.51.100.7", AT + 119, "", "", 400),
    ("198.51.100.7", AT + 124, "HEAD", "/wp-login.php", 404),
]


@pytest.mark.parametrize("name", SERVERS)
def test_every_format_reads_the_same_requests(name: str) -> None:
    text = (SAMPLES / f"{name}.log").read_bytes()
    found = lines.read(Block(text, 1), FORMATS[name])
    assert found.rejected == []
    rows = sorted(found.records.select("line_number", "address", "at", "method", "target", "status").rows())
    assert rows == [(number, *request) for number, request in enumerate(REQUESTS, 1)]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_both_ways_of_reading_agree(name: str) -> None:
    text = (SAMPLES / f"{name}.log").read_text()
    found = lines.read(Block(text.encode(), 1), FORMATS[name])
    parsed = [FORMATS[name].parse(line) for line in text.splitlines()]
    assert [row[1:] for row in sorted(found.records.rows())] == [
        astuple(record) for record in parsed if isinstance(record, Record)
    ]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_told_from_its_content(name: str) -> None:
    assert detect.detect((SAMPLES / f"{name}.log").read_bytes(), "x.log") is FORMATS[name]
    assert FORMATS[name].name == name


def test_broken_lines_do_not_hide_a_format() -> None:
    text = (SAMPLES / "combined.log").read_bytes()
    assert detect.detect(b"\0" * 300 + text + b"rubbish\n" * 5, "x.log").name == "combined"


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (
            b'{"ts": 1, "request": {}}\n',
            'x.log: no known log format (combined, common, ga4, jsonl, matomo, segment, vhost_combined) fits; its first line is "{"ts"',
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.log: binary, not a log"),
        (b"\n\n# nothing\n", "x.log: no line in it but blank lines and comments"),
    ],
)
def test_what_is_no_log_is_told_in_one_line(head: bytes, message: str) -> None:
    with pytest.raises(CtaError) as raised:
        detect.detect(head, "x.log")
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CtaError, match='"nginx" is no log format; known are combined, common, ga4'):
        detect.named("nginx")
