"""Template files: MDX, Astro, JSX and TSX, Vue, Liquid, Nunjucks, ERB. A computed URL is reported, never guessed."""

from __future__ import annotations

import re
from dataclasses import replace

from cta_analytics.pages import frontmatter, markup, structure
from cta_analytics.pages.anchor import Document
from cta_analytics.pages.component import Dialect
from cta_analytics.pages.markup import Markup
from cta_analytics.pages.reader import PageReader
from cta_analytics.pages.readers import markdown
from cta_analytics.pages.source import Source

_DIALECTS: dict[str, Dialect] = {
    ".mdx": "mdx",
    ".astro": "astro",
    ".jsx": "jsx",
    ".tsx": "jsx",
    ".vue": "vue",
    ".liquid": "embedded",
    ".njk": "embedded",
    ".html.erb": "embedded",
}
_FENCE = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_END_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
# A block of MDX that begins so is JavaScript, up to the next blank line.
_MODULE = re.compile(
    r"""import\s*[{*"']|import\s+[\w$]+\s*(?:,|from\b)|import\s+type\b|export\s*[{*]"""
    r"|export\s+(?:default|const|let|var|function|class|async|type|interface|enum)\b"
)
_CODE_BLOCK = ("```", "~~~")


def read(source: Source) -> Document:
    """The links of a template file; a file of no known ending is read as HTML with expressions."""
    name = source.file.lower()
    dialect: Dialect = next((d for ending, d in _DIALECTS.items() if name.endswith(ending)), "embedded")
    text = source.text
    values, start = frontmatter.split(text) if dialect != "astro" else ({}, _code_fence(text))
    if dialect == "mdx":
        found = markup.read(_without_modules(text, start), dialect, start)
        document = markdown.page(found.text, start, found.links)
    else:
        found = markup.read(text, dialect, start)
        document = _of_markup(found)
    document = replace(
        document,
        title=values.get("title") or document.title,
        lang=values.get("lang") or document.lang,
        permalink=values.get("permalink") or document.permalink,
    )
    return _with_computed(document, found)


def _of_markup(found: Markup) -> Document:
    offsets: list[int] = []

    def number(offset: int) -> int:
        offsets.append(offset)
        return len(offsets) - 1

    return structure.read(structure.mark(found.text, number), lambda mark: found.links.get(offsets[mark]))


def _with_computed(document: Document, found: Markup) -> Document:
    anchors = tuple(
        replace(anchor, is_computed=True) if anchor.span.start in found.computed else anchor
        for anchor in document.anchors
    )
    return replace(document, anchors=anchors)


def _code_fence(text: str) -> int:
    """Where an Astro file's code ends: it stands between two lines of `---`."""
    begin = _FENCE.match(text, len(text) - len(text.lstrip()))
    end = _END_FENCE.search(text, begin.end()) if begin else None
    return end.end() if end else 0


def _without_modules(text: str, start: int) -> str:
    """An MDX page without its imports and exports."""
    lines = [text[:start]]
    is_start, in_module, in_code_block = True, False, False
    for line in text[start:].splitlines(keepends=True):
        content = line.strip()
        if content.startswith(_CODE_BLOCK):
            in_code_block, in_module = not in_code_block, False
        elif not content:
            in_module = False
        elif is_start and not in_code_block and _MODULE.match(line):
            in_module = True
        lines.append(markup.blanked(line) if in_module else line)
        is_start = not content
    return "".join(lines)


READER = PageReader(name="template", suffixes=tuple(_DIALECTS), declares_encoding=False, read=read)
