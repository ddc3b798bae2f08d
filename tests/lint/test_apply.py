"""`--fix` on files: what was fixed is gone, nothing else has changed, and a second time there is nothing to do."""

import re
import tempfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.made_up_rules import SAFE, rule, swap

from cta_analytics import config
from cta_analytics.lint import run
from cta_analytics.lint.apply import apply
from cta_analytics.lint.example import CONTRACT
from cta_analytics.lint.run import Choice, lint

# What the made-up rules do, and so what is right: first the shape, then a value, a key too many, a key that lacks.
STEPS = {
    "LNK004": lambda href: href.replace("amp;", ""),
    "AAA001": lambda href: href.replace("utm_source=lark", "utm_source=moor(1)'\""),
    "AAA002": lambda href: re.sub(r"&gclid=[^&#]*", "", href),
    "AAA003": lambda href: href if "tag=" in href else href + "&tag=maas",
}


def right(href: str) -> str:
    """The href after all repairs."""
    for step in STEPS.values():
        href = step(href)
    return href


# A parameter without a fault, in characters that some language escapes, and the faulty ones.
WORDS = st.text(alphabet="abz09-_.~%*é\U0001f375", max_size=5)
FAULTS = st.lists(
    st.sampled_from(["&utm_source=lark", "&gclid=1-2", "&amp;amp_like=1", "&b=", "&&", "&id=x_y*z"]), max_size=4
)


@dataclass(frozen=True)
class Written:
    """A link: its URL, and how it stands in the file."""

    href: str
    text: str


def html_links() -> st.SearchStrategy[Written]:
    def made(word: str, faults: list[str], quote: str, amp: str) -> Written:
        href = f"https://x.example/{word}?a=1{''.join(faults)}"
        raw = href.replace("&", amp).replace("é", "&eacute;" if amp == "&amp;" else "é")
        return Written(href, f"<a class=c href={quote}{raw}{quote} id='i'>s</a>")

    return st.builds(
        made, WORDS, FAULTS, st.sampled_from(["'", '"', ""]), st.sampled_from(["&amp;", "&#38;", "&#x26;"])
    )


def markdown_links() -> st.SearchStrategy[Written]:
    def made(word: str, faults: list[str], form: str, amp: str) -> Written:
        href = f"https://x.example/{word}?a=1{''.join(faults)}"
        # A bare `&amp;` would be `&`.
        raw = (href.replace("&amp;", "&amp;amp;") if amp == "&" else href.replace("&", amp)).replace("*", r"\*")
        texts = {
            "inline": f"[s]({raw})",
            "angle": f"[s](<{raw}> 'title')",
            "reference": f"[s][r@] and [t][r@]\n\n[r@]: {raw}",
            "auto": f"<{href}>",
            "quoted": f"\n\n> [s](\n> {raw})",
            "html": f'<a href="{href.replace("&", "&amp;")}">s</a>',
        }
        return Written(href, texts[form])

    forms = st.sampled_from(["inline", "angle", "reference", "auto", "quoted", "html"])
    return st.builds(made, WORDS, FAULTS, forms, st.sampled_from(["&", "&amp;", "&#38;"]))


class _Hrefs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href"]


def hrefs(text: str, name: str) -> list[str]:
    """The URLs as other programs read them: Python's own parser, and markdown-it before it encodes URLs."""
    html = _Hrefs()
    if name.endswith(".md"):
        engine = MarkdownIt("commonmark")
        engine.normalizeLink = lambda url: url
        engine.validateLink = lambda url: True
        text = engine.render(text.removeprefix("\ufeff"))
    html.feed(text)
    return html.found


def fixed(name: str, data: bytes) -> tuple[bytes, list]:
    """The file after `--fix`, and what is still found."""
    rules = {code: rule(code, step) for code, step in STEPS.items()}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "by_code", lambda: rules)
        root = Path(folder)
        (root / "cta.toml").write_text(CONTRACT)
        file = root / "site" / name
        file.parent.mkdir()
        file.write_bytes(data)
        project = config.read(root / "cta.toml")
        outcome = apply(lambda: lint(project, [], fixes=SAFE))
        after = file.read_bytes()
        assert apply(lambda: lint(project, [], fixes=SAFE)).report.fixed is None
        assert file.read_bytes() == after
    return after, [*outcome.report.findings, *outcome.problems]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_fixing_leaves_no_fixed_finding_and_no_other_byte_changed(data):
    name, links = data.draw(st.sampled_from([("p.html", html_links()), ("p.md", markdown_links())]))
    drawn = data.draw(st.lists(links, min_size=1, max_size=4))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    codec = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    texts = [link.text.replace("r@", f"r{number}") for number, link in enumerate(drawn)]
    text = "\n\n".join(f"caf\u00e9 \U0001f375 &amp; {text} \u2014" for text in texts).replace("\n", end)
    # A definition is no text of its paragraph.
    text = re.sub(r"(\[r\d+\]: \S+) \u2014", r"\1", text)
    before = hrefs(text, name)
    after, left = fixed(name, text.encode(codec))
    shown = after.decode(codec)
    assert set(before) == {link.href for link in drawn}
    hard = [link for link in drawn if link.text.startswith("<https") and "utm_source=lark" in link.href]
    if not hard:
        assert left == []
        assert hrefs(shown, name) == [right(href) for href in before]
    # `<https://…>` cannot hold the quotes that this made-up repair writes; all else around the URLs is as it was.
    around = re.split(r"https://x\.example/[^\s)>\"']*", text)
    assert re.fullmatch(r"https://x\.example/\S*?".join(re.escape(part) for part in around), shown)


def test_what_cannot_be_written_is_named_and_the_rest_is_fixed(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "by_code", lambda: {"AAA001": rule("AAA001", swap("/a", "/b"))})
    (tmp_path / "cta.toml").write_text(CONTRACT)
    site = tmp_path / "site"
    site.mkdir()
    for name in ("one.md", "two.md", "three.html"):
        (site / name).write_text("[s](/a) [s](/a)" if name.endswith(".md") else "<a href=/a>s</a>")
    (site / "two.md").chmod(0o444)
    project = config.read(tmp_path / "cta.toml")
    outcome = apply(lambda: lint(project, [], fixes=SAFE))
    assert outcome.problems == ("site/two.md: is read-only; make it writable",)
    assert outcome.report.fixed.words == "Fixed 3 findings in 2 files."
    assert [(finding.file, finding.code) for finding in outcome.report.findings] == [("site/two.md", "AAA001")] * 2
    assert (site / "one.md").read_text() == "[s](/b) [s](/b)"
    assert (site / "two.md").read_text() == "[s](/a) [s](/a)"


def test_a_page_is_fixed_in_the_file_that_it_was_built_from(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "by_code", lambda: {"AAA001": rule("AAA001", swap("/a", "/b"))})
    source = '[[pages]]\nkind = "note"\npath = "/notes/{slug}"\nsource = "content/{slug}.md"\n'
    (tmp_path / "cta.toml").write_text(CONTRACT + source)
    built, authored = tmp_path / "site" / "notes" / "tea.html", tmp_path / "content" / "tea.md"
    for file in (built, authored):
        file.parent.mkdir(parents=True)
    # The second link stands in the layout.
    built.write_text('<p><a href="/a">s</a></p><footer><a href="/a?x=1">t</a></footer>')
    authored.write_text("[s](/a)\n")
    project = config.read(tmp_path / "cta.toml")
    for _ in range(2):
        outcome = apply(lambda: lint(project, [], fixes=SAFE))
        assert authored.read_text() == "[s](/b)\n"
        assert '<a href="/a">s</a>' in built.read_text()
        assert "/a?x=1" in built.read_text()
    authored.write_text("[s](/a)\n")
    outcome = apply(lambda: lint(project, [], fixes=SAFE))
    # What is fixed is not reported again from the page that is not built yet; what the layout holds is.
    assert [finding.href for finding in outcome.report.findings] == ["/a?x=1"]
    assert outcome.notes == ("1 page is built from fixed files; build the site anew",)
    assert outcome.report.summary.errors == 1


def test_addresses_outside_of_links_are_fixed_as_well(tmp_path):
    contract = CONTRACT.replace('root = "site"', 'root = "site/sitemap.xml"')
    (tmp_path / "cta.toml").write_text(contract)
    base = "https://www.larkmoor.example/answers"
    pages = {
        "answers/tea.html": f"<head>\r\n<link href='{base}/tea?p=1&#38;utm_source=a&amp;lmsrc=b#c' rel=canonical></head>",
        "answers/cup.html": "<p>Ours.</p>",
        "sitemap.xml": (
            '<?xml version="1.0" encoding="ISO-8859-1"?><!-- é -->\n<urlset>'
            f"<url><loc>{base}/tea?utm_source=a&amp;p=1&amp;lmsrc=b</loc></url>\n"
            f"<url><loc> <![CDATA[{base}/cup?p=1&utm_source=a]]> </loc></url></urlset>"
        ),
    }
    for name, text in pages.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1"))
    project = config.read(tmp_path / "cta.toml")
    choice = Choice(select=("PAG003",), allow_empty=True)
    outcome = apply(lambda: lint(project, [], choice, fixes=SAFE))
    assert (outcome.problems, outcome.notes, outcome.report.findings) == ((), (), ())
    assert outcome.report.fixed.words == "Fixed 3 findings in 2 files."
    gone = {
        "answers/tea.html": ("&#38;utm_source=a&amp;lmsrc=b",),
        "answers/cup.html": (),
        "sitemap.xml": ("utm_source=a&amp;", "&amp;lmsrc=b", "&utm_source=a"),
    }
    for name, text in pages.items():
        for part in gone[name]:
            text = text.replace(part, "", 1)
        assert (tmp_path / "site" / name).read_bytes() == text.encode("latin-1")
