"""`cta parse` at the command line."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
DOCS = Path(__file__).parents[2] / "docs" / "parse.md"


def parse(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*CTA, "parse", *arguments], input=stdin, capture_output=True, check=False, env={**os.environ, **environment}
    )


def parsed(*arguments: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    result = parse("--format", "json", *arguments, stdin=stdin)
    assert (result.returncode, result.stderr) == (0, b"")
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def test_urls_come_as_arguments_from_a_file_and_from_stdin(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_bytes(b"\xef\xbb\xbfhttps://b.example/\r\n\r\n  https://c.example/ \n")
    urls = ["https://a.example/", "-", "https://d.example/"]
    found = parsed(*urls, "--file", str(file), stdin=b"https://x.example/\nhttps://y.example/")
    hosts = ["a.example", "x.example", "y.example", "d.example", "b.example", "c.example"]
    assert [one["host"] for one in found] == hosts
    assert found[-1]["url"] == "  https://c.example/ "


def test_a_url_without_scheme_is_read_as_https_and_says_so() -> None:
    (found,) = parsed("www.amazon.com/dp/B0ABCDEFGH")
    assert (found["kind"], found["asin"], found["url"]) == (
        "amazon_product",
        "B0ABCDEFGH",
        "www.amazon.com/dp/B0ABCDEFGH",
    )
    assert [problem["code"] for problem in found["problems"]] == ["LNK014"]


def test_a_byte_that_is_no_utf8_is_kept_in_the_url() -> None:
    odd, null = parsed("-", stdin=b"https://a.example/?x=\xff\n"), parsed("-", stdin=b"https://a.example/?x=\x00y\n")
    assert (odd[0]["url"], odd[0]["params"]) == ("https://a.example/?x=\udcff", [["x", "\ufffd"]])
    assert (null[0]["url"], null[0]["params"]) == ("https://a.example/?x=\x00y", [["x", "\x00y"]])


def test_text_shows_control_characters_instead_of_obeying_them() -> None:
    result = parse("-", stdin="https://a.example/\x1b[31m?x=\x9b2J&y=\u202e%1b]\n".encode())
    assert result.returncode == 0
    text = result.stdout.decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert r"https://a.example/\x1b[31m?x=\x9b2J&y=\u202e%1b]" in text
    assert "\\x1b]" in text, "the decoded value"


def test_text_says_what_each_parameter_does_and_where_a_wrapper_leads() -> None:
    text = parse(
        "https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.co.jp%2Fdp%2FB0ABCDEFGH%3Ftag%3Dx-22&sa=D"
    ).stdout.decode()
    assert text.splitlines()[1:] == [
        "external link · Google's redirect",
        "canonical  https://www.google.com/url",
        "parameters",
        "  q   the wrapped URL            https://www.amazon.co.jp/dp/B0ABCDEFGH?tag=x-22",
        "  sa  Google: kind of the click  D",
        "leads to",
        "  https://www.amazon.co.jp/dp/B0ABCDEFGH?tag=x-22",
        "  Amazon product page · JP, JPY · program associates",
        "  canonical  https://www.amazon.co.jp/dp/B0ABCDEFGH",
        "  ASIN       B0ABCDEFGH",
        "  publisher  x-22",
        "  parameters",
        "    tag  Associates tracking id; `maas` belongs to the Attribution tag  x-22",
        "  privacy tools that remove some of it",
        "    ClearURLs                  tag",
        "    DandelionSprout's list     tag",
        '    Brave\'s "copy clean link"  tag',
    ]


def test_text_has_something_for_every_kind() -> None:
    urls = [
        "#a",
        "/x",
        "mailto:a@b.example",
        "tel:1",
        "javascript:x",
        "https://",
        "bit.ly/x",
        "a.co/d/x",
        "https://www.amazon.com/s",
        "no url",
    ]
    result = parse(*urls)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().count("\n\n") == len(urls) - 1
    assert "reason  it has neither a scheme nor a host name" in result.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        ([], b"", "cta: no URL given; write one after `cta parse`, name a file with --file, or pipe them in with -"),
        (["-"], b"", "cta: stdin: holds no URL; one a line is expected"),
        (["-"], b" \n\r\n", "cta: stdin: holds no URL; one a line is expected"),
        (["--file", "{tmp}/none"], b"", "cta: {tmp}/none: no such file; --file names a text file with one URL a line"),
        (["--file", "{tmp}"], b"", "cta: {tmp}: is a folder; --file names a text file with one URL a line"),
        (["--file", "{tmp}/empty"], b"", "cta: {tmp}/empty: holds no URL; one a line is expected"),
        (["--file", "{tmp}/image"], b"", "cta: {tmp}/image: is not text; a list of URLs holds one a line"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], stdin: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "image").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    result = parse(*[argument.replace("{tmp}", str(tmp_path)) for argument in arguments], stdin=stdin)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode() == says.replace("{tmp}", str(tmp_path)) + "\n"


def test_what_it_needs_not_is_not_loaded() -> None:
    code = "import sys; from cta_analytics.cli import run\ntry: run()\nfinally: print(*sys.modules, file=sys.stderr)"
    result = subprocess.run(
        [sys.executable, "-c", code, "parse", "https://amzn.to/x"], capture_output=True, text=True, check=False
    )
    loaded = {name.split(".")[0] for name in result.stderr.split()}
    assert result.returncode == 0
    assert not loaded & {"duckdb", "polars", "plotly", "scipy", "numpy", "rich", "selectolax", "markdown_it", "jinja2"}


def test_the_page_about_it_shows_what_it_prints() -> None:
    page = DOCS.read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ cta parse (.*?)\n(.*?)```", page, re.DOTALL)
    assert shown
    assert parse(*shlex.split(shown[1])).stdout.decode() == shown[2]
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    assert parse("--format", "json", json.loads(example[1])[0]["url"]).stdout.decode() == example[1]


def test_the_page_about_it_names_every_key() -> None:
    keys = re.findall(r"^\| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    (found,) = parsed("https://www.awin1.com/cread.php?awinaffid=1")
    assert keys == list(found)


NETWORK = """
[networks.acme]
title = "Acme Partners"
hosts = ["go.acme.example"]
shapes = [{ kind = "affiliate", path = "^/c/(?P<publisher>\\\\w+)", target = ["to"] }]
"""


def test_a_contract_adds_a_network(cta, tmp_path: Path) -> None:
    (tmp_path / "cta.toml").write_text(NETWORK)
    url = "https://go.acme.example/c/me?to=https%3A%2F%2Fshop.example%2F"
    found = json.loads(cta("parse", "--config", "cta.toml", "--format", "json", url, cwd=tmp_path).stdout)[0]
    assert (found["kind"], found["network"], found["tracking_id"]) == ("affiliate", "acme", "me")
    assert "Acme Partners" in cta("parse", "--config", "cta.toml", url, cwd=tmp_path).stdout
    assert json.loads(cta("parse", "--format", "json", url, cwd=tmp_path).stdout)[0]["kind"] == "external"
    (tmp_path / "a.html").write_text(f'<a href="{url}">x</a>')
    (link,) = json.loads(cta("scan", "a.html", "--format", "json", cwd=tmp_path).stdout)["links"]
    assert link["kind"] == "affiliate"


def test_a_network_that_cannot_be_is_one_line(cta, tmp_path: Path) -> None:
    (tmp_path / "cta.toml").write_text('[networks.acme]\nhost = "x"\n')
    result = cta("parse", "--config", "cta.toml", "https://a.example/", cwd=tmp_path)
    assert result.returncode == 2
    assert "networks.acme" in result.stderr
    assert result.stderr.count("\n") == 1
