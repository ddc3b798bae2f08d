"""Exports of events: their formats, and the files that are no lines made into some."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import polars as pl
import pytest
import zstandard

from cta_analytics.config import Logs
from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, detect, event, lines, source
from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import Record
from cta_analytics.logs.formats import jsonl
from cta_analytics.logs.source import Source

SAMPLES = Path(__file__).parent / "samples"
EXPORTS = sorted(name for name, log_format in FORMATS.items() if log_format.is_export)
PAGE = "https://www.larkmoor.example/answers/oil-a-board?utm_source=newsletter&utm_medium=email"
AMAZON = "https://www.amazon.com/dp/B0EXAMPLE1"
AT = 1788786001  # 2026-09-07 13:00:01 UTC
EVENTS = [
    ("view", AT, "b7", "/answers/oil-a-board?utm_source=newsletter&utm_medium=email", None),
    ("click", AT + 39, "b7", PAGE, AMAZON),
    ("view", AT + 59, "c9", "/", None),
]


def told(record: Record) -> tuple[str, int, str, str, str | None]:
    if record.method == event.VIEW:
        return "view", record.at, record.address, record.target, None
    sent = parse_qs(record.target[1:])
    return sent["t"][0], record.at, record.address, sent["p"][0], sent["u"][0]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_tells_the_same_events(name: str) -> None:
    parsed = [FORMATS[name].parse(line) for line in (SAMPLES / f"{name}.log").read_text().splitlines()]
    records = [record for record in parsed if isinstance(record, Record)]
    assert len(records) == len(parsed)
    used = [record for record in records if record.target != "?t="]
    assert [told(record) for record in used] == EVENTS
    assert used[0].referrer == "https://duckduckgo.com/"
    assert [record.host for record in used] == ["www.larkmoor.example", "www.larkmoor.example", "www.larkmoor.example"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("[1]", "it is no JSON object"),
        ('{"a": ', "it is no whole JSON object"),
        ({"occurred_at": "2026-09-07 13:00:00", "type": "view", "page": "/"}, "occurred_at is no time with a zone"),
        ({"occurred_at": 1, "type": "vue", "page": "/"}, "type is none of view, impression, click, submit"),
        ({"occurred_at": 1, "type": "view"}, "page is empty"),
        ({"occurred_at": 1, "type": "click", "page": "/"}, "target_url is empty"),
    ],
)
def test_a_row_that_is_no_event_has_a_reason(row: object, reason: str) -> None:
    assert FORMATS["jsonl"].parse(row if isinstance(row, str) else json.dumps(row)) == reason


def ga4_click(url: str) -> str:
    params = [{"key": "page_location", "value": {"string_value": PAGE}}]
    params.append({"key": "link_url", "value": {"string_value": url}})
    return json.dumps({"event_name": "click", "event_timestamp": 1788786040000000, "event_params": params})


def test_a_url_that_ga4_cut_is_taken_without_what_is_not_whole() -> None:
    url = f"{AMAZON}?ref_=aa_maas&utm_content=how-to-oil-a-board-without-making-it-sticky-and-so-on"
    cut = FORMATS["ga4"].parse(ga4_click(url[:100]))
    assert len(url) > 100
    assert isinstance(cut, Record)
    assert told(cut)[4] == f"{AMAZON}?ref_=aa_maas"
    whole = FORMATS["ga4"].parse(ga4_click(url[:99]))
    assert isinstance(whole, Record)
    assert told(whole)[4] == url[:99]
    in_path = FORMATS["ga4"].parse(ga4_click("https://www.amazon.com/" + "a" * 77))
    assert in_path == "link_url was cut at 100 characters, within its path: no whole URL is left"


@pytest.mark.parametrize("names", [{"address": "192.0.2.10"}, {"visitor": "2001:db8::5", "address": "2001:db8::5"}])
def test_an_address_is_no_part_of_what_a_line_is_known_by(names: dict[str, str]) -> None:
    line = json.dumps({"occurred_at": AT, "type": "view", "page": "/", **names})
    found = FORMATS["jsonl"].parse(line)
    assert isinstance(found, Record)
    assert [name for name in names.values() if name in found.rest or name != found.address] == []


MAPPED = Logs(
    columns={"occurred_at": "ts", "page": "properties.$current_url", "target_url": "properties.href", "type": "event"},
    types={"click": ["outbound"], "view": ["$pageview"]},
)


def test_other_names_are_mapped_by_the_contract() -> None:
    known = detect.formats(MAPPED)
    row = {"ts": AT, "event": "$pageview", "properties": {"$current_url": PAGE}, "visitor": "b7"}
    click = {"ts": AT + 39, "event": "outbound", "properties": {"$current_url": PAGE, "href": AMAZON}, "visitor": "b7"}
    text = "".join(f"{json.dumps(one)}\n" for one in (row, click))
    found = detect.detect(text.encode(), "x", known)
    # A log that grew is read on by what is stored of its format.
    again = detect.named(found.state, known)
    for log_format in (found, again):
        records = [log_format.parse(line) for line in text.splitlines()]
        assert [told(record) for record in records if isinstance(record, Record)] == EVENTS[:2]
    assert found.parse(json.dumps({**row, "event": "scroll"})) == 'type "scroll" is in none of [logs.types]'
    assert jsonl.FORMAT.parse(json.dumps(row)) == "occurred_at is no time with a zone"


ROWS = [json.loads(line) for line in (SAMPLES / "jsonl.log").read_text().splitlines()]


def as_csv(delimiter: str) -> bytes:
    frame = pl.DataFrame([{k: str(v) for k, v in row.items()} for row in ROWS])
    return b"\xef\xbb\xbf" + frame.write_csv(separator=delimiter).encode()


def as_parquet() -> bytes:
    out = io.BytesIO()
    moments = pl.Series("occurred_at", [AT, AT + 39, AT + 59]).cast(pl.Int64) * 1_000_000
    frame = pl.DataFrame([{k: v for k, v in row.items() if k != "occurred_at"} for row in ROWS])
    frame.with_columns(moments.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")).write_parquet(out)
    return out.getvalue()


def as_zip(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b/events.csv", data)
        archive.writestr("__MACOSX/b/._events.csv", b"x")
    return out.getvalue()


def as_visits() -> list[dict[str, object]]:
    """What Matomo's API answers: the actions of the sample in their visits."""
    rows = [json.loads(line) for line in (SAMPLES / "matomo.log").read_text().splitlines()]
    visits: dict[str, dict[str, object]] = {}
    for row in rows:
        action = {key: row.pop(key) for key in ("type", "url", "timestamp")}
        row.pop("page")
        actions = visits.setdefault(row["idVisit"], row | {"actionDetails": []})["actionDetails"]
        assert isinstance(actions, list)
        actions.append(action)
    return list(visits.values())


def as_xml(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"<row>{as_xml(one)}</row>" for one in value)
    if isinstance(value, dict):
        return "".join(f"<{key}>{as_xml(one)}</{key}>" for key, one in value.items())
    return str(value).replace("&", "&amp;")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(as_csv(","), id="csv"),
        pytest.param(as_csv(";"), id="semicolons"),
        pytest.param(as_csv("\t"), id="tabs"),
        pytest.param(gzip.compress(as_csv(",")), id="csv.gz"),
        pytest.param(zstandard.compress(as_csv(",")), id="csv.zst"),
        pytest.param(as_zip(as_csv(",")), id="zip"),
        pytest.param(as_parquet(), id="parquet"),
        pytest.param(as_zip(as_parquet()), id="parquet in zip"),
        pytest.param(json.dumps(ROWS, indent=1).encode(), id="array"),
        pytest.param(json.dumps(as_visits()).encode(), id="visits"),
        pytest.param("\n".join(map(json.dumps, as_visits())).encode(), id="visit lines"),
        pytest.param(f'<?xml version="1.0"?>\n<result>\n{as_xml(as_visits())}</result>'.encode(), id="visits as XML"),
    ],
)
def test_an_export_that_is_no_lines_is_made_into_some(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    (one,) = source.find(["x"], tmp_path)
    with source.opened(one) as opened:
        text = opened.stream.read()
    log_format = detect.detect(text, "x")
    found = [log_format.parse(line) for line in text.decode().splitlines()]
    assert [one for one in found if isinstance(one, str)] == []
    used = [record for record in found if isinstance(record, Record) and record.target != "?t="]
    assert [told(record) for record in used] == EVENTS
    assert source.packed_sha256(one) == source.packed_sha256(one) is not None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'occurred_at,type,page\n1,view,"/never closed\n2,view,/x\n', r"^x:\d+: no CSV from here on"),
        (b'[{"occurred_at": 1}, {"ty', "^x: no whole JSON array"),
        (as_parquet()[:200], "^x: cannot be read as Parquet"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><result><row></row></result>', None),
        (b"<result>\n<row><a>1</a></row>\n<row>", "^x: no well-formed XML"),
        (zstandard.compress(b"line\n" * 1000)[:-5], "^x: the packed data is cut off or damaged"),
        (b"PK\x03\x04....", "^x: the archive is cut off or damaged"),
    ],
    ids=["csv", "array", "parquet", "entities", "xml", "zstd", "zip"],
)
def test_a_damaged_export_is_an_error_of_one_line(tmp_path: Path, data: bytes, message: str | None) -> None:
    (tmp_path / "x").write_bytes(data)

    def read() -> bytes:
        (one,) = source.find(["x"], tmp_path)
        with source.opened(one) as opened:
            return opened.stream.read()

    if message is None:
        # What declares entities is not taken for an export at all, so nothing is expanded.
        assert read() == data
        return
    with pytest.raises(CtaError, match=message) as raised:
        read()
    assert "\n" not in str(raised.value)


def test_members_of_an_archive_are_logs_of_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.writestr("b.log", "b\n")
        archive.writestr("a/a.log.gz", gzip.compress(b"a\n"))
    found = source.find(["logs.zip"], tmp_path)
    assert [one.name for one in found] == ["logs.zip/a/a.log.gz", "logs.zip/b.log"]
    texts = []
    for one in found:
        with source.opened(one) as opened:
            texts.append(opened.stream.read())
    assert texts == [b"a\n", b"b\n"]
    assert len({source.stamp(one) for one in found}) == 2


def test_frames_of_zstandard_follow_one_another(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(zstandard.compress(b"one\n") + zstandard.compress(b"two\n" * 100_000))
    with source.opened(Source("x", tmp_path / "x")) as opened:
        assert opened.stream.read() == b"one\n" + b"two\n" * 100_000


def line_of(name: str, number: int = 0) -> str:
    return (SAMPLES / f"{name}.log").read_text().splitlines()[number]


@pytest.fixture
def mixed() -> Callable[..., lines.Lines]:
    def read(main: str, *texts: str) -> lines.Lines:
        data = "".join(f"{text}\n" for text in texts).encode()
        return lines.read(Block(data, 1), FORMATS[main], detect.others(FORMATS[main], FORMATS))

    return read


def test_a_line_of_another_format_is_read_in_that_one(mixed: Callable[..., lines.Lines]) -> None:
    texts = [line_of("combined"), line_of("vhost_combined", 1), line_of("common", 3), line_of("jsonl", 1), "rubbish"]
    found = mixed("combined", *texts)
    assert [(one.line_number, one.line) for one in found.rejected] == [(5, "rubbish")]
    rows = found.records.sort("line_number").select("line_number", "at", "method").rows()
    assert rows == [(1, AT, "GET"), (2, AT + 1, "GET"), (3, AT + 59, "GET"), (4, AT + 39, event.EVENT)]


def test_a_backslash_of_another_format_stays_one(mixed: Callable[..., lines.Lines]) -> None:
    row = {"occurred_at": AT, "type": "view", "page": "/a", "user_agent": r"odd\x41 agent"}
    found = mixed("combined", line_of("combined"), json.dumps(row))
    agent = found.records.sort("line_number")["user_agent"][1]
    assert FORMATS["combined"].unescape(agent) == r"odd\x41 agent"
