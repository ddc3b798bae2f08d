"""AFF007: a page with Associates links that does not say what Amazon wants said."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.disclosures import SENTENCES, sentences
from cta_analytics.lint.example import SENTENCE, TAGGED, associates
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_IN_CONTENT = Option(
    "in_content",
    False,
    "whether content files (Markdown, HTML without `<html>`) must hold the sentence, because no layout does",
)


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    links = text.by_program["associates"]
    if not links or text.sentence_at(sentences(text.contract)) is not None:
        return
    count = "an Associates link" if len(links) == 1 else f"{len(links)} Associates links"
    says = f'{count}, and nowhere "{SENTENCE}"'
    if text.is_whole or context.options[_IN_CONTENT.name]:
        yield Hit(says, page=text.page)
    else:
        yield Hit(f"{says}; whether the layout says it cannot be seen here", page=text.page, severity="info")


RULE = Rule(
    code="AFF007",
    name="missing-disclosure",
    severity="error",
    summary="A page has Associates links and does not hold the sentence that Amazon asks for.",
    why=(
        "The operating agreement asks for this sentence; without it the account, and all it has earned and not yet been "
        "paid, is at risk. In a content file, whose layout may hold the sentence, this is an info."
    ),
    bad=(
        Example(
            "<!doctype html>\n<title>Kettles</title>\n"
            f'<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a> (paid link).</p>',
            path="/blog/kettles",
        ),
        Example(f"We like [this kettle]({TAGGED}) (paid link).\n", path="/blog/kettles", suffix=".md"),
        Example(
            f'<!-- {SENTENCE} -->\n<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a> (paid link).</p>',
            path="/blog/kettles",
        ),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(
            f'<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a> (paid link).</p>\n'
            "<p>As an <b>Amazon Associate</b>, Larkmoor earns from qualifying&nbsp;purchases.</p>",
            path="/blog/kettles",
        ),
        Example(
            f'<p>Nous aimons <a href="{TAGGED}" rel="sponsored">cette bouilloire</a> (paid link).</p>\n'
            "<p>Phrase de Larkmoor sur ses liens.</p>",
            path="/blog/bouilloires",
            contract='[lint.options.AFF007]\nsentences = ["phrase de Larkmoor sur ses liens"]\n',
        ),
    ),
    text=_check,
    options=(SENTENCES, _IN_CONTENT),
)
