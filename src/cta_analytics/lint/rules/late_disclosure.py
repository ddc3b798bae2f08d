"""AFF009: an Associates link that nothing before or beside it discloses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cta_analytics.links.disclosure import MARK
from cta_analytics.links.link import Link
from cta_analytics.lint.disclosures import sentences
from cta_analytics.lint.example import SENTENCE, TAGGED, associates
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_MARKS = Option("marks", [], "further marks that do, such as one in the site's language")
_SENTENCE_DOES = Option(
    "sentence_does",
    True,
    "whether the Associates sentence does, where it stands before the link; `false` asks for a mark",
)


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    links = text.by_program["associates"]
    if not links:
        return
    further = [re.compile(re.escape(mark), re.IGNORECASE) for mark in context.options[_MARKS.name] if mark]
    places = sorted(found.start() for mark in (MARK, *further) for found in mark.finditer(text.visible))
    sentence = text.sentence_at(sentences(text.contract)) if context.options[_SENTENCE_DOES.name] else None
    first = min(places if sentence is None else [*places, sentence], default=len(text.visible))
    late = [link for link in links if not (_is_marked(link, further) or first < text.start_of(link))]
    late = [link for link in late if not _is_near(places, *text.block_of(link))]
    if late:
        these = (
            "this Associates link" if len(late) == 1 else f"this Associates link and {len(late) - 1} more of the page"
        )
        yield Hit(f'no "(paid link)", "#ad" or "#CommissionsEarned" near or before {these}', late[0])


def _is_marked(link: Link, further: list[re.Pattern[str]]) -> bool:
    # What the scan has found near it, and the text of a picture.
    said = f"{link.disclosure or ''} {link.text}"
    return any(mark.search(said) for mark in (MARK, *further))


def _is_near(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


RULE = Rule(
    code="AFF009",
    name="late-disclosure",
    severity="warning",
    summary='Neither near nor before an Associates link stands "(paid link)", "#ad" or "#CommissionsEarned".',
    why=(
        "The FTC's answers want a reader to know before the click that it earns money, and Amazon names the words that "
        'do; "affiliate link" and "buy now" do not. A disclosure that comes too late is none, and puts the account at risk.'
    ),
    bad=(
        Example(
            f'<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a>.</p>\n<p>{SENTENCE}</p>', path="/blog/a"
        ),
        Example(
            f'<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a> (affiliate link).</p>\n'
            f"<p>{SENTENCE} #ad</p>",
            path="/blog/kettles",
        ),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(
            f'<p>{SENTENCE}</p>\n<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a>.</p>', path="/blog/a"
        ),
        Example(
            f'<p>We like <a href="{TAGGED}" rel="sponsored">this kettle</a>. #ad</p>\n<p>{SENTENCE}</p>',
            path="/blog/kettles",
        ),
    ),
    text=_check,
    options=(_MARKS, _SENTENCE_DOES),
)
