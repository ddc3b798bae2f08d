"""Which SQL gives a figure, and which batches and imports it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import word_list
from cta_analytics.reports.texts import text

LOG = (
    ("figures", ("by_day",)),
    ("answers", ("by_answer", "answers_by_day")),
    ("channels", ("by_channel",)),
    ("slots", ("by_slot",)),
    ("ways", ("answer_paths",)),
    ("bots", ("bots", "uncounted_clicks")),
    ("departing", ("departing_ctas", "answers_without_cta")),
)
NETWORK = (
    ("network", ("conversions_by_day", "conversions_by_basis")),
    ("witnesses", ("click_witnesses",)),
    ("shared", ("shared_tags",)),
)
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """A group of figures, the metrics that give them, and what these read."""

    figures: str
    metrics: tuple[str, ...]
    rests_on: str


def origins(facts: Facts) -> list[Origin]:
    """Every group of figures of the report."""
    numbers = [str(number) for number in sorted(batch.batch_id for batch in facts.batches)]
    batches = (
        text("provenance.batches", list=word_list(numbers, MOST_NAMED)) if numbers else text("provenance.no_batch")
    )
    files = [row.file for row in facts.imports]
    imports = text("provenance.imports", list=word_list(files, MOST_NAMED)) if files else text("provenance.no_import")
    both = f"{batches}; {imports}"
    return [
        *(Origin(text(f"provenance.{name}"), metrics, both if name == "answers" else batches) for name, metrics in LOG),
        *(
            Origin(text(f"provenance.{name}"), metrics, both if name == "witnesses" else imports)
            for name, metrics in NETWORK
        ),
    ]
