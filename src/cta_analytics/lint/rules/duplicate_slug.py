"""PAG005: two pages, one slug."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_TWO_FOLDERS = """
[[pages]]
kind = "answer"
path = "/questions/{slug}"
"""


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    kinds = context.texts("kinds")
    first: dict[tuple[str, str | None, str, str], Page] = {}
    for page in pages:
        if not page.slug or (kinds and page.kind not in kinds):
            continue
        other = first.setdefault((page.site, page.lang, page.kind, page.slug), page)
        # One page may be read twice: built, and as its author wrote it.
        if other.file != page.file and not (other.path == page.path and _ending(other) != _ending(page)):
            yield Hit(
                f'the slug "{page.slug}" is also that of {other.path} ({other.file}), of kind "{page.kind}" as well',
                page=page,
            )


def _ending(page: Page) -> str:
    return page.file.rpartition(".")[2]


RULE = Rule(
    code="PAG005",
    name="duplicate-slug",
    severity="error",
    summary="Two pages of one kind, site and language have the same slug.",
    why=(
        "The slug is the name of an answer in every report: two pages that share it are one row, their clicks and "
        "sales are added up, and neither can be judged. Where their paths are equal, one of them is never shown."
    ),
    bad=(Example("<p>Ours.</p>", contract=_TWO_FOLDERS, others=(("/questions/quiet-kettle", "<p>Ours, too.</p>"),)),),
    good=(
        Example("<p>Ours.</p>", contract=_TWO_FOLDERS, others=(("/questions/copper-kettle", "<p>Ours, too.</p>"),)),
        Example("<p>Ours.</p>", others=(("/blog/quiet-kettle", "<p>Another kind.</p>"),)),
    ),
    options=(Option("kinds", [], "Only pages of these kinds; empty for all."),),
    site=_check,
    needs=lambda link: False,
)
