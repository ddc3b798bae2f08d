"""A stream as blocks of whole lines."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.errors import CtaError
from cta_analytics.logs import blocks
from cta_analytics.logs.blocks import HEAD, Reading, clean, head_sha256, head_sha256s


def read(content: bytes, head: int = 0, reading: Reading | None = None) -> tuple[list[tuple[bytes, int]], Reading]:
    reading = reading or Reading()
    stream = io.BytesIO(content)
    found = blocks.blocks(stream, stream.read(head), reading, "x.log")
    return [(block.text, block.first_line) for block in found], reading


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 16)
    monkeypatch.setattr(blocks, "LONGEST_LINE", 256)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")), max_size=12),
    st.booleans(),
    st.integers(0, 30),
)
def test_blocks_hold_every_line_once_whatever_their_size(parts: list[bytes], ends: bool, head: int) -> None:
    content = b"\n".join(parts) + (b"\n" if ends and parts else b"")
    blocks.BLOCK, blocks.LONGEST_LINE = 16, 4096
    found, reading = read(content, head)
    assert b"".join(text for text, _ in found) == clean(content, is_first=True)
    whole = content[: content.rfind(b"\n") + 1]
    assert (reading.offset, reading.lines) == (len(whole), whole.count(b"\n"))
    assert reading.is_open == (content != whole)
    assert reading.tail == whole[-HEAD:]
    first = 1
    for text, number in found:
        assert number == first
        first += text.count(b"\n")


def test_a_line_longer_than_a_block_stays_one_line() -> None:
    found, _ = read(b"a\n" + b"b" * 100 + b"\nc\n")
    assert b"".join(text for text, _ in found).split(b"\n")[1] == b"b" * 100


def test_a_line_without_end_is_no_log() -> None:
    with pytest.raises(CtaError, match=r"x.log: a line of over"):
        read(b"b" * 1000)


def test_a_reading_goes_on_where_it_stopped() -> None:
    first, reading = read(b"one\ntwo\nthr")
    assert (first, reading.offset, reading.lines, reading.is_open) == ([(b"one\ntwo\n", 1), (b"thr", 3)], 8, 2, True)
    found, again = read(b"three\nfour\n", reading=Reading(offset=8, lines=2, tail=b"one\ntwo\n"))
    assert found == [(b"three\nfour\n", 3)]
    assert (again.offset, again.lines, again.tail) == (19, 4, b"one\ntwo\nthree\nfour\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"caf\xc3\xa9", "café".encode()),
        (b"caf\xe9\xff", b"caf\\xe9\\xff"),
        (b"\xef\xbb\xbfone", b"one"),
        (b"\0\0\0one\0", b"one\0"),
    ],
)
def test_bytes_that_are_no_text_become_escapes(content: bytes, expected: bytes) -> None:
    assert clean(content, is_first=True) == expected


@given(
    st.lists(st.sampled_from(["192.0.2.1 - a", "2001:db8::1 12:34:56 b", "", "é", "x" * 90]), min_size=1, max_size=8),
    st.sets(st.integers(0, 400), min_size=1, max_size=5),
    st.booleans(),
)
def test_the_beginnings_of_a_log_have_the_hashes_that_each_has_alone(
    lines: list[str], cuts: set[int], ends: bool
) -> None:
    head = ("\n".join(lines) + "\n" * ends).encode()
    lengths = {min(cut, len(head)) for cut in cuts}
    assert head_sha256s(head, lengths) == {length: head_sha256(head[:length]) for length in lengths}
