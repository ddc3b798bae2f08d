"""All outputs on all kinds of bad data: whoever reads one reads what was meant, and nothing more."""

import json
import re
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from tests.lint.outputs.findings import finding, page_finding, report
from tests.lint.outputs.runner import commands

from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.finding import Fix, Report, Summary
from cta_analytics.lint.output import PLAIN, Setting

BAD = {
    "control characters": "a\x00\x07\x1b[31m\x7f\x9bb",
    "line ends": "a\r\nb\n::error::c\u0085d",
    "end of CDATA": "]]>",
    "workflow command": "::stop-commands::lark",
    "older workflow command": "##[add-mask]lark",
    "percent codes": "100%0A%25%0D%3A",
    "table": "a | b \\| c",
    "backticks": "`a` ``b``` c",
    "HTML": "<script>alert('x')</script><!--",
    "entities": "&lt;&#124;&amp;amp;",
    "emoji": "🍵 家族 👩‍👩‍👧",
    "lone surrogates": "a\ud800b\udcffc",
    "bidi": "\u202egpj.exe\u2066",
    "noncharacters": "a\ufffe\uffff",
    "mention": "@larkmoor/owners #12 !3 ~x",
    "link": "[a](javascript:alert(1)) ![](x)",
    "placeholder": "{0} {slug}",
    "quotes": "\"'",
    "comma, colon": "a,b:c;d=e",
    "separators": "a\u2028b\u2029c",
}


def spelled(text: str) -> str:
    """Bad characters as every output spells them."""
    return "".join(
        f"\\x{ord(c):02x}" if re.match(r"[\x00-\x1f\x7f-\x9f]", c)
        else f"\\u{ord(c):04x}" if re.match("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", c)
        else c
        for c in text
    )  # fmt: skip


def read_json(text):
    return [found["message"] for found in json.loads(text)["findings"]]


def read_sarif(text):
    found = [result["message"]["text"] for result in json.loads(text)["runs"][0]["results"]]
    return [re.sub(r"\{\{(\d+)\}\}", r"{\1}", said).replace("\\[", "[").replace("\\]", "]") for said in found]


def read_junit(text):
    return [failure.get("message") for failure in ElementTree.fromstring(text).iter("failure")]


def read_gitlab(text):
    return [entry["description"].partition(": ")[2] for entry in json.loads(text)]


def read_github(text):
    return [command.data for command in commands(text)]


def read_markdown(text):
    page = LexborHTMLParser(MarkdownIt("commonmark").enable("table").render(text))
    return [next(cell.iter(include_text=True)).text() for cell in page.css("td:nth-child(4)")]


def read_text(text):
    """The lines of a message, which may be wrapped, without what keeps a build server from obeying them."""
    blocks = re.split(r"^ {2}\d+:\d+ .*\n", text, flags=re.MULTILINE)[1:]
    return [
        block.split("\n")[0].removeprefix("      ").replace("\\x3a:", "::").replace("\\x23#[", "##[")
        for block in blocks
    ]


READERS = {
    "json": read_json, "sarif": read_sarif, "junit": read_junit, "gitlab": read_gitlab, "github": read_github,
    "markdown": read_markdown, "text": read_text,
}  # fmt: skip

pairs = pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in OUTPUTS for kind in BAD])


@pairs
def test_whoever_reads_an_output_reads_the_messages(name, kind):
    bad = BAD[kind]
    given = report(finding(message=bad), page_finding(message=f"{bad} again"))
    # JSON's escapes are read back as what they stand for, a lone surrogate too.
    expected = [message if name == "json" else spelled(message) for message in (bad, f"{bad} again")]
    assert [read.replace("\u2060", "") for read in READERS[name](OUTPUTS[name].write(given, PLAIN))] == expected


@pairs
def test_bad_data_anywhere_is_written_as_harmless_bytes(name, kind):
    bad = BAD[kind]
    given = report(
        finding(message=bad, file=f"{bad}.md", href=bad, page=bad, source=bad, source_start=0, source_end=1),
        finding(file=f"{bad}.md", href=None, source=bad, source_start=None, source_end=None, fix=Fix("unsafe", 0, 9, bad)),
        page_finding(file=f"{bad}.md", count=21, severity="warning"),
        notes=(bad,),
    )  # fmt: skip
    text = OUTPUTS[name].write(given, PLAIN)
    assert text == OUTPUTS[name].write(given, PLAIN)
    assert text.endswith("\n")
    text.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    if name in ("text", "github"):  # What a step prints, and a runner obeys. The others are for files.
        annotations = {"error", "warning"} if name == "github" else set()
        assert {command.name for command in commands(text)} == annotations
    READERS[name](text)


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_an_output_is_named_like_its_file_and_says_what_it_is(name):
    assert OUTPUTS[name].name == name
    assert OUTPUTS[name].summary


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_nothing_found_is_a_valid_document(name):
    text = OUTPUTS[name].write(Report((), Summary(pages=3)), PLAIN)
    assert READERS[name](text) == []
    assert text.endswith("\n")


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name != "text"])
def test_only_text_depends_on_the_terminal(name):
    given = report(finding(fix=Fix("safe", 0, 1, "x")), page_finding())
    setting = Setting(colour=True, links="line", root="file://host/home")
    assert OUTPUTS[name].write(given, setting) == OUTPUTS[name].write(given, PLAIN)
