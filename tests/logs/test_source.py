"""Which logs are meant, and their bytes."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pytest
import zstandard

from cta_analytics.errors import CtaError
from cta_analytics.logs import source
from cta_analytics.logs.source import Source


def names(found: list[Source]) -> list[tuple[str, bool]]:
    return [(one.name, one.is_named) for one in found]


def test_files_folders_and_globs(tmp_path: Path) -> None:
    for name in ("a.log", "logs/access.log", "logs/access.log.1", "logs/.hidden", "logs/old/access.log.2.gz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(source.find(["a.log"], tmp_path)) == [("a.log", True)]
    assert names(source.find(["logs"], tmp_path)) == [
        ("logs/access.log", False),
        ("logs/access.log.1", False),
        ("logs/old/access.log.2.gz", False),
    ]
    assert names(source.find(["logs/access.log*"], tmp_path)) == [
        ("logs/access.log", True),
        ("logs/access.log.1", True),
    ]
    twice = source.find(["logs/access.log", "logs/access*", "-", "-"], tmp_path)
    assert names(source.once_each(twice)) == [("logs/access.log", True), ("logs/access.log.1", True), ("-", True)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.log", "missing.log: no such file"),
        ("empty-folder", "empty-folder: a folder without a file"),
        ("*.log", r"\*.log: no file matches in"),
    ],
)
def test_a_name_that_means_nothing(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(CtaError, match=message):
        source.find([name], tmp_path)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_packed_or_not_the_bytes_are_the_same(tmp_path: Path, pack: object) -> None:
    file = tmp_path / "any-name"
    file.write_bytes(pack(b"one\ntwo\n"))  # type: ignore[operator]
    with source.opened(Source("any-name", file)) as opened:
        assert opened.stream.read() == b"one\ntwo\n"
        assert opened.is_seekable == (pack is bytes)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(b"one\n" * 10_000, mtime=0)[:50], "cut off or damaged"),
        (b"\x28\xb5\x2f\xfd....", "cut off or damaged"),
    ],
)
def test_what_cannot_be_unpacked_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.log").write_bytes(content)
    with pytest.raises(CtaError, match=message), source.opened(Source("x.log", tmp_path / "x.log")) as opened:
        opened.stream.read()


def test_a_pipe_is_read_without_looking_ahead(tmp_path: Path) -> None:
    with pytest.raises(CtaError, match="x: not a file"), source.opened(Source("x", tmp_path)):
        pass


def test_a_file_that_is_renamed_keeps_the_mark_of_its_bytes_only_where_it_is_packed(tmp_path: Path) -> None:
    plain, packed, copy = (tmp_path / name for name in ("a.log", "a.log.gz", "b.gz"))
    plain.write_bytes(b"one\n")
    packed.write_bytes(gzip.compress(b"one\n", mtime=0))
    copy.write_bytes(packed.read_bytes())
    assert source.packed_sha256(Source("a", plain)) is None
    assert source.packed_sha256(Source("a", packed)) == source.packed_sha256(Source("b", copy))
    assert source.stamp(Source("a", packed)) != source.stamp(Source("b", copy))


def test_files_of_an_archive_are_read_wherever_they_would_lie(tmp_path: Path) -> None:
    """Names with "./" before them are usual; what is hidden, and what macOS adds, is no log."""
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        for name in ("./a.log", "../../b.log", "logs/c.log", ".hidden", "logs/.d.log", "__MACOSX/._a.log"):
            archive.writestr(name, "one\n")
    found = source.find(["logs.zip"], tmp_path)
    assert sorted(str(one.member) for one in found) == ["../../b.log", "./a.log", "logs/c.log"]
    assert not list(tmp_path.parent.glob("b.log"))
