"""New bytes of files: only URLs differ, and what cannot be exact is left out and named."""

from pathlib import Path

import pytest

from cta_analytics.lint.finding import Change
from cta_analytics.lint.patch import patches
from cta_analytics.lint.sources import Sources
from cta_analytics.pages import reader_of
from cta_analytics.pages.source import Source


def changes_of(name: str, data: bytes, wanted: dict[str, str], page: str = "/p") -> list[Change]:
    """A change for each link of the page that means one of the hrefs wanted to be changed."""
    source = Source(data, name, reader_of(name).declares_encoding)
    found = []
    for anchor in reader_of(name).read(source).anchors:
        if anchor.href in wanted:
            line, column = source.position(anchor.span.href_start)
            repaired = wanted[anchor.href]
            found.append(Change(name, line, column, anchor.raw, anchor.syntax, anchor.href, repaired, page, ("A",)))
    return found


def patched(folder: Path, name: str, data: bytes, wanted: dict[str, str]):
    (folder / name).write_bytes(data)
    return patches(changes_of(name, data, wanted), Sources({}, folder))


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "koi8-r", "shift_jis", "gb18030", "big5", "iso2022_jp"]
)
def test_other_bytes_stay_as_they_are_in_every_encoding(tmp_path, codec):
    label = {"utf-8-sig": "utf-8", "iso2022_jp": "iso-2022-jp"}.get(codec, codec)
    words = {"cp1252": "é", "koi8-r": "кот", "shift_jis": "表ソ", "gb18030": "中文", "big5": "許功", "iso2022_jp": "茶"}
    word = words.get(codec, "é\U0001f375\u2028")
    text = f'<meta charset="{label}">\r\n<p>{word} <a href="/x?a=1&amp;b=2">{word}</a> <a href=/y>{word}</a>\r{word}'
    found = patched(tmp_path, "p.html", text.encode(codec), {"/x?a=1&b=2": "/x?a=9&b=2&c=3", "/y": "/z"})
    (patch,) = found.files
    after = text.replace("a=1&amp;b=2", "a=9&amp;b=2&amp;c=3").replace("/y", "/z")
    assert patch.after == after.encode(codec)
    assert found.problems == ()


def test_bytes_that_are_no_text_stay(tmp_path):
    data = b'\xfa caf\xc3\xa9 \xe2\x80 <a href="/x?a=1">\xc3\xa9\x80</a>'
    (patch,) = patched(tmp_path, "p.html", data, {"/x?a=1": "/x?a=2"}).files
    assert patch.after == data.replace(b"a=1", b"a=2")


def test_a_change_that_would_change_another_link_is_left_out(tmp_path):
    # The backtick of the second link would begin a code span that swallows the first.
    data = b"a `[x](/x) b\n\n`[y](/y)\n"
    (change,) = changes_of("p.md", data, {"/y": "/z"})
    (tmp_path / "p.md").write_bytes(data)
    broken = Change(
        *(getattr(change, name) for name in ("file", "line", "column")), "/y", "plain", "/y", "/z`c`", "/p", ("A",)
    )
    found = patches([broken, *changes_of("p.md", data, {"/x": "/w"})], Sources({}, tmp_path))
    assert found.problems == (
        "p.md:3:6: not fixed, as the URL cannot be written there without changing more; change it by hand",
    )
    assert [patch.after for patch in found.files] == [data.replace(b"/x", b"/w")]


def test_a_file_that_has_changed_is_left_alone_and_named(tmp_path):
    data = b"[a](/x)"
    changes = changes_of("p.md", data, {"/x": "/y"}) + changes_of("q.md", data, {"/x": "/y"})
    (tmp_path / "p.md").write_bytes(b"More. [a](/x)")
    (tmp_path / "q.md").write_bytes(data)
    found = patches([*changes, *changes_of("gone.md", data, {"/x": "/y"})], Sources({}, tmp_path))
    assert [patch.after for patch in found.files] == [b"[a](/y)"]
    assert found.problems == (
        "p.md: changed while it was linted; run the command again",
        "gone.md: cannot be read any more; it is left as it is",
    )


def test_pages_of_one_file_that_want_different_urls_change_nothing(tmp_path):
    data = b"[a](/x)"
    (tmp_path / "p.md").write_bytes(data)
    one, other = (changes_of("p.md", data, {"/x": f"/x?p={page}"}, f"/{page}")[0] for page in "ab")
    assert patches([one, one], Sources({}, tmp_path)).files[0].after == b"[a](/x?p=a)"
    found = patches([one, other], Sources({}, tmp_path))
    assert found.files == ()
    assert found.problems == (
        "p.md:1:5: not fixed, as /a and /b need different URLs there; give each a link of its own",
    )
