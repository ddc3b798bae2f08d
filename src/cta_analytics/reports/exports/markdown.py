"""Markdown: the report to read in a mail, a wiki or an issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cta_analytics.reports import answer_rows, headline, look, sentence
from cta_analytics.reports.chart import Table
from cta_analytics.reports.clean import clean
from cta_analytics.reports.export import Export, method
from cta_analytics.reports.intake import intake
from cta_analytics.reports.texts import text

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts

# Whatever CommonMark and GitHub give a meaning to; a colon, a dot and an @ would make links of bare addresses.
_MEANS = re.compile(r"([\\`*_{}\[\]()<>#+!|~:@&$=-]|(?<=www)\.|(?<=\d)[.)](?= ))")


def files(facts: Facts) -> dict[str, bytes]:
    """The one document."""
    found = intake(facts)
    tables = ("who", "uncounted", "channels", "slots", "witnesses", "batches", "rejected", "imports")
    titles = {"rejected": "intake.rejected_title"}
    parts = [
        f"# {_said(text('page.title', site=facts.site, period=facts.locale.span(facts.period)))}",
        _said(sentence.lead(facts)),
        *map(_said, sentence.support(facts)),
        _section("nav.figures", _table(_tiles(facts))),
        _section("look.title", _looks(facts) or _said(text("look.none"))),
        _section("answers.title", _table(_answers(facts))),
        _section("intake.title", ""),
        *(
            f"### {_said(text(titles.get(name, f'intake.{name}')))}\n\n{_table(table)}"
            for name in tables
            if (table := getattr(found, name)).rows
        ),
        _section("method.title", "\n".join(f"- **{_said(name)}**: {_said(said)}" for name, said in method(facts))),
    ]
    return {EXPORT.name(facts, "md"): ("\n\n".join(part.strip() for part in parts) + "\n").encode()}


def _section(title: str, body: str) -> str:
    return f"## {_said(text(title))}\n\n{body}"


def _tiles(facts: Facts) -> Table:
    rows = [
        (
            tile.label,
            tile.value,
            tile.change or "",
            text(f"verdict.{tile.verdict.value}") if tile.verdict else "",
            "; ".join((tile.detail, *tile.context)),
        )
        for tile in (*headline.own(facts), *headline.network(facts))
    ]
    return Table(tuple(text(f"export.{name}") for name in ("figure", "value", "moved", "verdict", "note")), tuple(rows))


def _looks(facts: Facts) -> str:
    return "\n".join(
        f"{number}. **{_said(found.title)}** {_said(found.evidence)} {_said(found.remedy)}"
        + (f" {_said(found.where)}" if found.where else "")
        for number, found in enumerate(look.looks(facts), 1)
    )


def _answers(facts: Facts) -> Table:
    names = ("answer", "views", "visitor_days", "clicks", "click_rate", "change", "orders", "sales", "basis")
    rows = tuple(
        (
            row.name,
            row.views,
            row.visitor_days,
            row.clicks,
            f"{row.rate} ({row.between})" if row.between else row.rate,
            f"{text(f'verdict.{row.verdict.value}')} {row.from_to}" if row.verdict else text("answers.no_change"),
            row.orders,
            row.sales,
            text(f"basis.{row.basis}"),
        )
        for row in answer_rows.rows(facts)
    )
    return Table(tuple(text(f"answers.{name}") for name in names), rows)


def _table(table: Table) -> str:
    """A pipe table: names to the left, what follows to the right."""
    marks = [":--", *["--:"] * (len(table.columns) - 1)]
    lines: Iterable[Sequence[str]] = (table.columns, *table.rows)
    written = [f"| {' | '.join(_said(cell) for cell in line)} |" for line in lines]
    return "\n".join([written[0], f"| {' | '.join(marks)} |", *written[1:]])


def _said(value: str) -> str:
    """The text as Markdown that means nothing but itself."""
    return _MEANS.sub(r"\\\1", " ".join(clean(value).split()))


EXPORT = Export(title="Markdown, to read in a mail or an issue", files=files)
