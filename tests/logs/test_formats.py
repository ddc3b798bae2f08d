"""Every log format: its sample holds the same requests, is told from its content, and is read alike in both ways."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import LogFormat, Record

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


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PAGE = "https://www.example.com/answers/oil-a-board"
AGENTS = [
    ("https://www.google.com/", FIREFOX), (PAGE, FIREFOX), (PAGE, FIREFOX), ("", GOOGLE), ("", "-"), ("", "curl/8.5.0"),
]  # fmt: skip
NO_REFERRER, NO_USER_AGENT = {"alb"}, {"common", "vhost_common", "haproxy"}
HOSTS = {
    "alb": "www.example.com:443", "s3": "www.example.com.s3-website-us-east-1.amazonaws.com",
    "vhost_combined": "www.example.com:443", "vhost_common": "www.example.com:443",
}  # fmt: skip
NO_HOST = {"combined", "common", "haproxy"}
WITH_REQUEST_ID = {"alb", "cloudflare", "cloudfront", "nginx_json", "s3", "vercel"}
# A sample is `<format>.log`; a format that comes in several shapes has `<format>-<shape>.log` too.
EVERY = sorted(file.stem for file in SAMPLES.glob("*.log"))
FILES = [stem for stem in EVERY if not FORMATS[stem.partition("-")[0]].is_export]


def sample(stem: str) -> tuple[LogFormat, bytes]:
    return FORMATS[stem.partition("-")[0]], (SAMPLES / f"{stem}.log").read_bytes()


def test_every_format_has_a_sample() -> None:
    assert {stem for stem in EVERY if "-" not in stem} == set(FORMATS)


@pytest.mark.parametrize("stem", FILES)
def test_every_format_reads_the_same_requests(stem: str) -> None:
    log_format, text = sample(stem)
    found = lines.read(Block(text, 1), log_format)
    assert found.rejected == []
    assert found.comments == text.count(b"\n#") + text.startswith(b"#")
    rows = found.records.sort("line_number").select("address", "at", "method", "target", "status").rows()
    assert rows == REQUESTS


@pytest.mark.parametrize("stem", FILES)
def test_referrers_and_user_agents_are_those_that_were_sent(stem: str) -> None:
    log_format, text = sample(stem)
    rows = lines.read(Block(text, 1), log_format).records.sort("line_number").select("referrer", "user_agent").rows()
    found = [tuple(log_format.unescape(value) for value in row) for row in rows]
    name = log_format.name
    assert [(referrer.removeprefix("-"), agent) for referrer, agent in found] == [
        ("" if name in NO_REFERRER | NO_USER_AGENT else referrer, "" if name in NO_USER_AGENT else agent)
        for referrer, agent in AGENTS
    ]


@pytest.mark.parametrize("stem", FILES)
def test_hosts_and_request_ids(stem: str) -> None:
    log_format, text = sample(stem)
    records = lines.read(Block(text, 1), log_format).records.sort("line_number")
    real = records.filter(records["method"] != "")
    ids = real["request_id"].to_list()
    shapes_without = {"nginx_json-default", "w3c", "w3c-quoted", "alb-classic"}
    if log_format.name in WITH_REQUEST_ID and stem not in shapes_without:
        assert len(set(ids)) == len(REQUESTS) - 1
        assert "" not in ids
    else:
        assert set(ids) == {""}
    assert records.filter(records["method"] == "")["request_id"].to_list() == [""]
    if stem.startswith(("w3c", "nginx_json-")) or log_format.name in NO_HOST | {"traefik"}:
        return
    assert set(real["host"]) == {HOSTS.get(log_format.name, "www.example.com")}


@pytest.mark.parametrize("stem", FILES)
def test_the_rest_of_a_line_holds_no_address_of_the_client(stem: str) -> None:
    log_format, text = sample(stem)
    for address, rest in lines.read(Block(text, 1), log_format).records.select("address", "rest").rows():
        assert address not in rest


@pytest.mark.parametrize("stem", EVERY)
def test_both_ways_of_reading_agree(stem: str) -> None:
    log_format, text = sample(stem)
    found = lines.read(Block(text, 1), log_format)
    parsed = [record for _, record in lines.each(text.decode().splitlines(), log_format)]
    assert [row[1:] for row in sorted(found.records.drop("family").rows())] == [
        astuple(record) for record in parsed if isinstance(record, Record)
    ]


@pytest.mark.parametrize("stem", EVERY)
def test_every_format_is_told_from_its_content(stem: str) -> None:
    log_format, text = sample(stem)
    assert detect.detect(text, "x.log") is log_format
    assert FORMATS[log_format.name].name == log_format.name


@pytest.mark.parametrize("stem", FILES)
def test_a_line_that_was_cut_off_is_no_request_or_the_same_one(stem: str) -> None:
    """A last line that the server is about to finish: it may be refused, but not read as something else."""
    log_format, text = sample(stem)
    *before, last = text.decode().splitlines()
    whole = [record for _, record in lines.each([*before, last], log_format)][-1]
    assert isinstance(whole, Record)
    for end in range(len(last)):
        cut = [record for _, record in lines.each([*before, last[:end]], log_format)][-1]
        if isinstance(cut, Record) and not log_format.name.endswith("common"):
            assert (cut.at, cut.address, cut.method, cut.target) == (
                whole.at,
                whole.address,
                whole.method,
                whole.target,
            )


@pytest.mark.parametrize("stem", FILES)
def test_a_line_of_a_megabyte_is_read_or_refused(stem: str) -> None:
    log_format, text = sample(stem)
    *before, last = text.decode().splitlines()
    long = last.replace("/wp-login.php", "/wp-login.php?" + 'x "{ ' * 250_000, 1)
    found = lines.read(Block("\n".join([*before, long, last[:20] + " x" * 500_000, last]).encode(), 1), log_format)
    entries = len(REQUESTS) + 2
    assert found.records.height + len(found.rejected) == entries
    assert found.records.height >= len(REQUESTS)


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].is_export])
def test_every_format_says_what_it_reads_and_who_describes_it(name: str) -> None:
    assert re.search(r"Sources?: .+\)\.$", FORMATS[name].about)
    assert not FORMATS[name].title.endswith(".")


def test_an_alias_names_a_format() -> None:
    assert detect.named("iis") is FORMATS["w3c"]
    assert detect.named("elb") is FORMATS["alb"]


def test_broken_lines_do_not_hide_a_format() -> None:
    text = (SAMPLES / "combined.log").read_bytes()
    assert detect.detect(b"\0" * 300 + text + b"rubbish\n" * 5, "x.log").name == "combined"


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (
            b'{"ts": 1, "request": {}}\n',
            'x.log: no known log format fits; its first line is "{"ts"',
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
    with pytest.raises(CtaError, match=r'^"nginx" is no log format; known are alb, caddy, '):
        detect.named("nginx")
