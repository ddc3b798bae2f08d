"""What a plan of tags starts from, read from contract and warehouse, and what it writes into the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cta_analytics.config import ByAnswer, Contract
from cta_analytics.config_lines import Path
from cta_analytics.conversions.plan import ENOUGH_CLICKS, MOST_TAGS, Kind, Planned, plan
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARAMETER: Mapping[Kind, str] = {"channel": "channel", "maas": "maas", "tracking_id": "tag"}
_PROGRAM = {"maas": "attribution", "tracking_id": "associates"}
_MADE = {"maas": "Attribution ad group", "tracking_id": "Associates tracking id"}


@dataclass(frozen=True, slots=True)
class TagPlan:
    """The plan for the answers whose links can carry a tag of one kind, from the clicks of `days` days."""

    kind: Kind
    days: int
    policies: tuple[str, ...]
    answers: tuple[Planned, ...]
    lacking: tuple[str, ...]
    beside_maas: tuple[str, ...]

    def clicks(self, basis: str | None = None) -> int:
        """Clicks on answers with one basis, or all of them."""
        return sum(one.clicks for one in self.answers if basis in {None, one.basis})

    @property
    def todo(self) -> list[str]:
        """What a person has to do at Amazon."""
        if self.kind == "channel":
            new = list(dict.fromkeys(one.tag for one in self.answers if one.is_new and one.tag))
            lines = [f"in Store insights, create the source tags if your account asks for that: {', '.join(new)}"]
            return lines if new else []
        if not self.lacking:
            return []
        line = (
            f"create {len(self.lacking)} more {_MADE[self.kind]}{'s' if len(self.lacking) > 1 else ''}, "
            f"for: {', '.join(self.lacking)}; list the new tags in cta.toml, [tags] {self.kind}, and plan again"
        )
        return [line]

    def settings(self, contract: Contract) -> list[tuple[Path, str, str | Mapping[str, str]]]:
        """What is to be set in the contract: table, key and value."""
        found: list[tuple[Path, str, str | Mapping[str, str]]] = [
            (("tags", "by_answer", one.answer), self.kind, one.tag) for one in self.answers if one.is_new and one.tag
        ]
        if not any(one.tag for one in self.answers):
            return []
        for index, policy in enumerate(contract.ctas):
            if policy.name in self.policies and not isinstance(policy.params.get(PARAMETER[self.kind]), ByAnswer):
                found.append((("ctas", index, "params"), PARAMETER[self.kind], {"by_answer": self.kind}))
        return found

    def as_json(self) -> dict[str, Any]:
        """The plan without its patch."""
        return {
            "by": self.kind,
            "days": self.days,
            "clicks": self.clicks(),
            "clicks_measured": self.clicks("measured"),
            "clicks_allocated": self.clicks("allocated"),
            "clicks_masked": self.clicks("masked"),
            "answers": [
                {
                    "answer": one.answer,
                    "clicks": one.clicks,
                    "tag": one.tag,
                    "basis": one.basis,
                    "is_shared": one.is_shared,
                    "is_new": one.is_new,
                }
                for one in self.answers
            ],
            "todo": self.todo,
        }


def read(connection: DuckDBPyConnection, contract: Contract, kind: Kind, days: int, most: int | None) -> TagPlan:
    """The plan from the published warehouse. `most`: so many tags in all, where there should be fewer than can be.

    Raises: CtaError where no policy is about links that can carry such a tag.
    """
    links = connection.execute(queries.read("models", "plan_links").sql).fetchall()
    policies = _policies(links, contract, kind)
    if not policies:
        asks = "leads to a Brand Store alone" if kind == "channel" else f'has program = "{_PROGRAM[kind]}"'
        raise CtaError(
            f"no [[ctas]] policy with links on answers {asks}; add one to cta.toml, or plan --by another tag"
        )
    clicks: dict[str, int] = dict(
        connection.execute(queries.read("models", "plan_clicks").sql, {"policies": policies, "days": days}).fetchall()
    )
    own = {slug: tag for slug, tags in contract.tags.by_answer.items() if (tag := getattr(tags, kind))}
    carried: dict[str, set[str | None]] = {}
    for _, _, answer, *tags in links:
        if tag := tags[("maas", "channel", "tracking_id").index(kind)]:
            carried.setdefault(tag, set()).add(answer)
    alone = {
        next(iter(answers)): tag
        for tag, answers in sorted(carried.items())
        if len(answers) == 1 and tag in contract.tags.ours(kind) - set(own.values())
    }
    held = {answer: tag for answer, tag in alone.items() if answer in clicks and answer} | own
    used = {*own.values(), *carried}
    free = [tag for tag in getattr(contract.tags, kind) if tag not in used]
    limits = [limit for limit in (MOST_TAGS[kind], most) if limit is not None]
    budget = max(min(limits) - len(used), 0) if limits else len(free)
    planned = plan(clicks, held, kind, free, budget)
    answers = tuple(_told(one, own) for one in planned)
    lacking = tuple(
        one.answer
        for one in answers
        if one.is_shared and one.clicks >= max(ENOUGH_CLICKS[kind], 1) and not own.get(one.answer)
    )
    mixed = tuple(
        p.name for p in contract.ctas if p.name in policies and kind == "channel" and p.program == "attribution"
    )
    return TagPlan(kind, days, tuple(policies), answers, lacking, mixed)


def _told(one: Planned, own: Mapping[str, str]) -> Planned:
    """A tag that only the links show is new to the contract."""
    is_new = one.tag is not None and one.answer not in own
    return Planned(one.answer, one.clicks, one.tag, one.is_shared, is_new, one.is_masked)


def _policies(links: Sequence[tuple[Any, ...]], contract: Contract, kind: Kind) -> list[str]:
    kinds: dict[str, set[str]] = {}
    for cta, link_kind, answer, *_ in links:
        if cta and answer:
            kinds.setdefault(cta, set()).add(link_kind)
    return [
        policy.name
        for policy in contract.ctas
        if policy.name in kinds
        and (kinds[policy.name] == {"amazon_store"} if kind == "channel" else policy.program == _PROGRAM[kind])
    ]
