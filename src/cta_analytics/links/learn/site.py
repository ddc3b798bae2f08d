"""The contract of a site, learned from its pages: `learn`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cta_analytics.config import Contract, Project, Site
from cta_analytics.errors import CtaError
from cta_analytics.links.contract import Resolver
from cta_analytics.links.learn import address, draft, tags
from cta_analytics.links.learn.differing import Differing, differing
from cta_analytics.links.learn.kinds import kinds
from cta_analytics.links.learn.observed import observe, observe_one
from cta_analytics.links.learn.policies import policies
from cta_analytics.links.learn.survey import Seen, language, survey

_REDIRECTING = frozenset(
    ["go", "out", "link", "links", "visit", "get", "buy", "recommends", "refer", "r", "to", "amazon", "shop-amazon"]
)
"""First segments under which sites keep redirects to a shop."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A tag on a single link that was taken for ours: it is that answer's own, or somebody else's."""

    file: str
    line: int
    column: int
    page: str
    tag: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A drafted contract, and what on the site differs from it."""

    text: str
    contract: Contract
    pages: int
    links: int
    differing: tuple[Differing, ...]
    unsure: tuple[Unsure, ...]
    """What a person should check because pages alone do not tell."""


def learn(
    site: str, root: Path, known_tags: str | None = None, step: Callable[[int, str], None] | None = None
) -> Learned:
    """The contract of the pages at `site`, for a `cta.toml` in the folder `root`.

    `known_tags` is a text in which our tags are listed; without it they are told from others by how they are used.

    Raises: CtaError where there is no page, or no link that could sell.
    """
    seen = survey(Project(contract=Contract(), root=root, file=None), site, step)
    folder = Path(site) if Path(site).is_dir() else Path(site).parent
    found = address.address((one.permalink for one in seen), folder)
    page_kinds = kinds(seen)
    known = Contract(
        site=Site(base_url=found.base_url if found else None), pages=[drafted.kind for drafted in page_kinds]
    )
    resolver = Resolver(known)
    seen = [_identified(one, resolver) for one in seen]
    observed = observe(seen, resolver)
    if not observed:
        raise CtaError(
            f"{site}: no link to Amazon or to an affiliate network (pages read: {len(seen)}); "
            "name the folder of the pages that sell"
        )
    own = tags.learn(observed, known_tags)
    drafted = policies(observed, own, seen, known.pages)
    text = draft.text(
        draft.Draft(
            site=site,
            root=_relative(folder, root),
            include=() if Path(site).is_dir() else (Path(site).name,),
            address=found,
            lang=language(seen),
            kinds=page_kinds,
            tags=own,
            policies=drafted,
            redirects=_redirects(seen),
            pages=len(seen),
            links=len(observed),
        )
    )
    contract = Contract.model_validate(tomllib.loads(text))
    final = Resolver(contract)
    again = [observe_one(one.link, final) for one in observed]
    pages = [one.page for one in seen]
    return Learned(
        text=text,
        contract=contract,
        pages=len(seen),
        links=len(observed),
        differing=tuple(differing(contract, pages, again, final)),
        unsure=tuple(
            Unsure(one.link.file, one.link.line, one.link.column, one.link.page, tag) for tag, one in own.unsure
        ),
    )


def _identified(one: Seen, resolver: Resolver) -> Seen:
    identity = resolver.identify(one.page.path)
    page = replace(
        one.page, kind=identity.kind, answer=identity.answer, slug=identity.slug, lang=identity.lang or one.lang
    )
    return replace(one, page=page)


def _relative(folder: Path, root: Path) -> str:
    return Path(os.path.relpath(folder.absolute(), root.absolute())).as_posix()


def _redirects(seen: Sequence[Seen]) -> list[str]:
    pages = {one.page.path for one in seen}
    linked = {path for one in seen for path in one.targets} - pages
    return sorted(path for path in linked if path.count("/") > 1 and path.split("/")[1] in _REDIRECTING)
