"""A question of `queries/questions`: its documentation, its parameters, its SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cta_analytics.errors import CtaError
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "questions"
# As the leading comment spells it, ready to be pasted into stock duckdb:  SET VARIABLE week = '2026-W45';
_PARAMETER = re.compile(r"^\s*SET VARIABLE (\w+) = (.+?);(?:\s*(.*))?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a question reads by `getvariable`, with the example that its comment gives."""

    name: str
    example: str
    meaning: str

    @property
    def value(self) -> str:
        """The example without SQL quotes."""
        return self.example.strip("'")


@dataclass(frozen=True, slots=True)
class Question:
    """A named SELECT that runs as it is in stock duckdb."""

    name: str
    title: str
    doc: str
    sql: str
    parameters: tuple[Parameter, ...]


def names() -> list[str]:
    """The questions that there are, sorted."""
    return list(queries.names(FOLDER))


def read(name: str) -> Question:
    """The question of that name.

    Raises: CtaError naming the nearest questions where there is none.
    """
    if name not in names():
        import difflib

        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "`cta query` lists them"
        raise CtaError(f'no question is named "{name}"; {hint}')
    query = queries.read(FOLDER, name)
    parameters = tuple(Parameter(*(part or "" for part in found)) for found in _PARAMETER.findall(query.doc))
    return Question(name, query.doc.splitlines()[0], query.doc, query.sql, parameters)


def values(question: Question, given: dict[str, str], defaults: dict[str, str]) -> dict[str, str]:
    """A value for each parameter: as given, else the default of the tool, else the comment's example.

    Raises: CtaError for a parameter that the question does not have.
    """
    known = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in known:
            remedy = f"it takes {', '.join(known)}" if known else "it takes none"
            raise CtaError(f'question {question.name} has no parameter "{name}"; {remedy}')
    return {p.name: given.get(p.name, defaults.get(p.name, p.value)) for p in question.parameters}


def ask(
    connection: DuckDBPyConnection, question: Question, given: dict[str, str]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of the answer; `given` sets the variables that the question reads."""
    for name, value in given.items():
        # The name is one that the question's own comment declares, so it is an identifier of ours.
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
    result = connection.execute(question.sql)
    return [column[0] for column in result.description or []], result.fetchall()
