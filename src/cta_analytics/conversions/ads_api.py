"""The JSON of Amazon's Ads API: pages of rows, however a script has put them into one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cta_analytics.errors import CtaError

Cells = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of all pages, and the objects that enclose them where there are any."""

    records: tuple[Any, ...]
    envelopes: tuple[Mapping[str, Any], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The keys of all rows, in their order."""
        return tuple(dict.fromkeys(key for record in self.records if isinstance(record, Mapping) for key in record))

    @property
    def is_empty(self) -> bool:
        """Whether it is an answer without rows: a week without traffic."""
        return not self.records


def read(documents: Sequence[Any]) -> Answer:
    """The answer in JSON documents, of which each is `{"reports": […]}`, a list of those, or a bare list of rows."""
    records: list[Any] = []
    envelopes: list[Mapping[str, Any]] = []
    for document in documents:
        parts = document if isinstance(document, list) and all(map(_has_reports, document)) else [document]
        for part in parts:
            if _has_reports(part):
                envelopes.append(part)
            held = part["reports"] if _has_reports(part) else part
            records += held if isinstance(held, list) else [held]
    return Answer(tuple(records), tuple(envelopes))


def _has_reports(part: Any) -> bool:
    return isinstance(part, Mapping) and isinstance(part.get("reports"), list)


def cells(answer: Answer) -> Cells:
    """The rows as texts in the order of the header, numbered from 1.

    Raises: CtaError (without the file) where a row or a value is no such thing.
    """
    found: Cells = []
    for row, record in enumerate(answer.records, 1):
        if not isinstance(record, Mapping):
            raise CtaError(f"row {row}: {str(record)[:40]!r} where a row of a report must stand; download it again")
        found.append((row, [_text(row, key, record.get(key)) for key in answer.header]))
    return found


def _text(row: int, key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        what = f'"{key}": {str(value)[:40]!r} is neither text nor number'
        raise CtaError(f"row {row}, column {what}; download the report again")
    return str(value).strip()


def check_complete(answer: Answer) -> None:
    """Raises: CtaError where the last page names a next one: importing it would replace its days by a part of them."""
    last = answer.envelopes[-1] if answer.envelopes else {}
    if last.get("cursorId") and last["reports"]:
        raise CtaError(
            "the last page names a next one (cursorId), so rows are missing; put all pages into one file, "
            "up to the empty one"
        )


def asked(answer: Answer) -> tuple[date, date] | None:
    """The days that a script wrote beside the rows, as it asked for them: `startDate`, `endDate`."""
    named = [(page["startDate"], page["endDate"]) for page in answer.envelopes if {"startDate", "endDate"} <= set(page)]
    try:
        days = [(date.fromisoformat(str(first)), date.fromisoformat(str(last))) for first, last in named]
    except ValueError as error:
        raise CtaError(f"startDate, endDate: {error}; days are written like 20261109") from None
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None
