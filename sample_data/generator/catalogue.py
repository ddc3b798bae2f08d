"""The invented business: brand, products, answers and posts, read from `cta.toml` and `source/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Section:
    """A question-headed section of an answer, or a headed section of a post."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A thing that Keenrow sells; `price` is in minor units."""

    slug: str
    name: str
    short: str
    asin: str
    price: int
    description: str
    lead: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def path(self) -> str:
        """Where the product stands on the site."""
        return f"/products/{self.slug}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its direct answer; `format` is how the page is authored, `html` or `markdown`."""

    slug: str
    title: str
    description: str
    direct: str
    takeaways: tuple[str, ...]
    lead: str
    sections: tuple[Section, ...]
    bottom_line: str
    closing: str
    product: str
    related: tuple[str, ...]
    format: str
    slots: bool

    @property
    def path(self) -> str:
        """Where the answer stands on the site."""
        return f"/answers/{self.slug}"


@dataclass(frozen=True, slots=True)
class Post:
    """A blog post; its links to Amazon stand in its prose."""

    slug: str
    title: str
    description: str
    date: str
    format: str
    sections: tuple[Section, ...]
    disclosure: bool

    @property
    def path(self) -> str:
        """Where the post stands on the site."""
        return f"/blog/{self.slug}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that was written by hand, in a fixed order."""

    contract: dict[str, Any]
    scenario: dict[str, Any]
    products: dict[str, Product]
    answers: dict[str, Answer]
    posts: dict[str, Post]
    pages: dict[str, Any]
    agents: dict[str, Any]

    @property
    def base_url(self) -> str:
        """Scheme and host of the site."""
        return str(self.contract["site"]["base_url"])

    def planted(self, name: str) -> dict[str, Any]:
        """What the scenario says about a planted case."""
        return dict(self.scenario["planted"][name])


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sections(rows: list[dict[str, Any]]) -> tuple[Section, ...]:
    return tuple(Section(row["heading"], tuple(row["text"].strip().split("\n\n"))) for row in rows)


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(
        slug=row["slug"],
        title=row["title"],
        description=row["description"],
        direct=row["direct"],
        takeaways=tuple(row["takeaways"]),
        lead=row["lead"].strip(),
        sections=_sections(row["sections"]),
        bottom_line=row["bottom_line"],
        closing=row["closing"],
        product=row["product"],
        related=tuple(row["related"]),
        format=row.get("format", "html"),
        slots=row.get("slots", False),
    )


def read(root: Path = ROOT) -> Catalogue:
    """The catalogue of `root`; raises ValueError where the prose and the scenario do not name the same answers."""
    source = root / "source"
    answers = {
        row["slug"]: _answer(row)
        for file in sorted((source / "answers").glob("*.toml"))
        for row in _toml(file)["answers"]
    }
    products = {
        row["slug"]: Product(**{**row, "facts": tuple(row["facts"]), "sections": _sections(row["sections"])})
        for row in _toml(source / "products.toml")["products"]
    }
    posts = {
        row["slug"]: Post(**{**row, "sections": _sections(row["sections"])})
        for row in _toml(source / "blog.toml")["posts"]
    }
    scenario = _toml(source / "scenario.toml")
    if set(scenario["popularity"]) != set(answers):
        raise ValueError(f"scenario and prose differ: {sorted(set(scenario['popularity']) ^ set(answers))}")
    pages, agents = _toml(source / "pages.toml"), _toml(source / "agents.toml")
    return Catalogue(_toml(root / "cta.toml"), scenario, products, answers, posts, pages, agents)
