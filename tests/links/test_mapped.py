"""A sitemap names pages: its URLs are mapped to files beside it, whatever it holds."""

import gzip

import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.links.files import select

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> str:
    entries = "".join(f"<url><loc>\n {url} </loc><lastmod>2026-01-01</lastmod></url>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>{entries}</urlset>'


@pytest.fixture
def selected(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def of(sitemap: str, *files: str, contract: str = "", paths: tuple[str, ...] = ("site/sitemap.xml",)):
        for name in (*files, "outside.html"):
            (tmp_path / "site" / name if name != "outside.html" else tmp_path / name).parent.mkdir(
                parents=True, exist_ok=True
            )
            (tmp_path / "site" / name if name != "outside.html" else tmp_path / name).write_text("<a href=/x>x</a>")
        (tmp_path / "site").mkdir(exist_ok=True)
        (tmp_path / "site" / "sitemap.xml").write_text(sitemap)
        (tmp_path / "cta.toml").write_text(contract)
        found = select(config.read(tmp_path / "cta.toml"), list(paths))
        return [file.name for file in found.files], found

    return of


def test_urls_become_the_files_beside_the_sitemap(selected):
    listed = urlset("https://a.example/", "https://a.example/b/", "/c/d", "https://a.example/f%C3%BCr?x=1", "/e.html")
    names, found = selected(listed, "index.html", "b/index.html", "c/d.md", "für.html", "e.html", "unlisted.html")
    assert names == ["site/index.html", "site/b/index.html", "site/c/d.md", "site/für.html", "site/e.html"]
    assert found.notes == ()
    assert {file.root.name for file in found.files} == {"site"}


def test_urls_without_a_file_are_told_in_one_line(selected):
    _, found = selected(urlset("/a", "/gone", "/also-gone", "http://[bad"), "a.html")
    assert found.notes == ("site/sitemap.xml: 3 of its URLs have no page file beside it, first /gone",)


def test_a_sitemap_is_a_source(selected):
    contract = '[[sources]]\nroot = "site/sitemap.xml"\nexclude = ["c.html"]'
    names, found = selected(urlset("/a", "/c"), "a.html", "b.html", "c.html", contract=contract, paths=())
    assert (names, found.whole) == (["site/a.html"], True)


def test_an_index_lists_further_sitemaps(selected, tmp_path):
    (tmp_path / "site" / "maps").mkdir(parents=True)
    (tmp_path / "site" / "maps" / "1.xml").write_text(urlset("/a"))
    listed = "".join(
        f"<sitemap><loc>https://a.example{path}</loc></sitemap>" for path in ("/maps/1.xml", "/sitemap.xml")
    )
    names, found = selected(f"<sitemapindex {NAMESPACE}>{listed}</sitemapindex>", "a.html")
    assert names == ["site/a.html"]
    assert found.notes == (
        "site/sitemap.xml: 1 of its URLs has no page file beside it, first https://a.example/sitemap.xml",
    )


@pytest.mark.parametrize("path", ["/../outside", "/..%2foutside.html", "/%2e%2e/outside", "file:///etc/passwd", "/%00"])
def test_nothing_outside_of_the_folder_is_read(selected, path):
    names, _ = selected(urlset("/a", path), "a.html")
    assert names == ["site/a.html"]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><urlset><url><loc>&i;</loc></url></urlset>"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "declares XML entities"),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
            "entities",
        ),
        ("<urlset><url><loc>/a</loc></url>", "no element found"),
        ("<urlset><url><loc>/a</url></urlset>", "mismatched tag"),
        ("", "no element found"),
        ("\0\1\2", "not well-formed"),
        ('<?xml version="1.0" encoding="utf-9"?><urlset/>', "unknown encoding"),
        ("<rss><url><loc>/a</loc></url></rss>", "is no sitemap"),
        ("<urlset></urlset>", "no pages there"),
    ],
)
def test_what_is_no_sitemap_is_an_error_of_one_line(selected, text, message):
    with pytest.raises(CtaError, match=message) as raised:
        selected(text, "a.html")
    assert "\n" not in str(raised.value)


def test_a_deep_or_wide_sitemap_is_read(selected):
    deep = "<x>" * 50_000 + "</x>" * 50_000
    names, _ = selected(f"<urlset>{deep}<url><loc>/a</loc><loc>{'x' * 3_000_000}</loc></url></urlset>", "a.html")
    assert names == ["site/a.html"]


def test_a_packed_sitemap_is_unpacked(selected, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "1.xml.gz").write_bytes(gzip.compress(urlset("/a").encode()))
    index = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>"
    assert selected(index, "a.html")[0] == ["site/a.html"]
    assert selected(index, "a.html", paths=("site/1.xml.gz",))[0] == ["site/a.html"]


@pytest.mark.parametrize("data", [b"<urlset/>", gzip.compress(b"<urlset/>", mtime=0)[:-9], b"\x1f\x8b", b""])
def test_a_damaged_packed_sitemap_is_an_error_of_one_line(selected, tmp_path, data):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "1.xml.gz").write_bytes(data)
    with pytest.raises(CtaError, match=r"site/1\.xml\.gz"):
        selected(urlset(), "a.html", paths=("site/1.xml.gz",))
