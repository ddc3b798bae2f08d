"""A lint rule: one thing that can be wrong, why it costs money or measurement, and examples that are run as tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cta_analytics.config import Contract, Site
from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.links.stated import Stated
from cta_analytics.lint.finding import Safety, Severity
from cta_analytics.lint.page_text import PageText
from cta_analytics.pages.page import PageIdentity

if TYPE_CHECKING:
    from cta_analytics.lint.outcome import Outcome

FixKind = Literal["safe", "unsafe", "contract", "none"]
"""`contract`: safe where the contract fixes the value."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file that is no link's, such as that of a comment."""

    file: str
    page: str = ""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check says. It is about `link`, about `page` as a whole, or about the place `at`."""

    message: str
    link: Link | None = None
    page: Page | None = None
    start: int | None = None
    """The offending part of the link's `href`, in characters; None for no part of it."""
    end: int | None = None
    keys: frozenset[str] = frozenset()
    """The parameters that it is about; none: the whole link."""
    severity: Severity | None = None
    """Another severity than the rule's."""
    repair: str | None = None
    """The link's whole `href` as it should be, unescaped; None where the right answer is not certain."""
    safety: Safety = "safe"
    """`unsafe` where the repair may change what the link means."""
    stated: Stated | None = None
    """The address of `page` that it is about, which stands in no link; `start`, `end`, `repair` are about its href."""
    at: Spot | None = None
    unneeded: tuple[str, ...] = ()
    """Rules that the suppression `at` that place names in vain."""


@dataclass(frozen=True, slots=True)
class Served:
    """The addresses of a site that its files tell."""

    paths: frozenset[str] = frozenset()
    """Paths at which page files stand, in every spelling that leads there."""
    roots: tuple[tuple[Path, str | None], ...] = ()
    """The folders that paths start from, with the name of their site where the source says one."""

    def has_file(self, path: str, site: Site) -> bool:
        """Whether some file stands at a path of a site, be it a page or not."""
        full, short = path.strip("/"), path.removeprefix(site.path_prefix).strip("/")
        return any(
            (root / f"{inside}{ending}").is_file()
            for root, named in self.roots
            if named in {None, site.name, site.label}
            for inside in ({full, short} if named else {full})
            for ending in ("", ".html", "/index.html", ".md", "/index.md")
        )


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides what it looks at."""

    contract: Contract
    resolver: Resolver
    options: Mapping[str, Any] = field(default_factory=dict)
    """The rule's options: its defaults with `[lint.options.<CODE>]` laid over."""
    served: Served = Served()
    """What the site has, as far as its files tell; empty where not the whole site is read."""

    def texts(self, option: str) -> tuple[str, ...]:
        """An option that lists texts; a single text is a list of one."""
        given = self.options.get(option, ())
        return (given,) if isinstance(given, str) else tuple(str(one) for one in given)

    def identity(self, of: Page | Link) -> PageIdentity:
        """What the contract makes of a page, or of the page that a link stands on."""
        path = of.page if isinstance(of, Link) else of.path
        return self.resolver.identify(path, of.site if len(self.resolver.sites) > 1 else None)


LinkCheck = Callable[[Link, Context], Iterable[Hit]]
PageCheck = Callable[[Page, Sequence[Link], Context], Iterable[Hit]]
TextCheck = Callable[[PageText, Context], Iterable[Hit]]
SiteCheck = Callable[[Sequence[Page], Sequence[Link], Context], Iterable[Hit]]
RunCheck = Callable[["Outcome", Context], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a rule, in `[lint.options.<CODE>]`."""

    name: str
    default: Any
    about: str


@dataclass(frozen=True, slots=True)
class Example:
    """A page that a rule is shown on, under the contract of `lint.example` with `contract` appended."""

    text: str
    path: str = "/answers/quiet-kettle"
    suffix: str = ".html"
    contract: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """Further pages of the site: path and text."""
    committed_on: str = ""
    """The day of the last commit, where the site is in a git repository."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A lint rule: a check of links, of pages, of pages with their text, of the whole site, or of the run.

    That of the site runs only where all of it was read; a text is made ready only where a check asks for it.

    Its file is named for it: `missing-utm-parameter` is `rules/missing_utm_parameter.py`.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    """What it finds, in one line."""
    why: str
    """What that costs, in money or measurement."""
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    fix: FixKind = "none"
    link: LinkCheck | None = None
    page: PageCheck | None = None
    text: TextCheck | None = None
    site: SiteCheck | None = None
    run: RunCheck | None = None
    """It looks at what all others have found, and neither a suppression nor a baseline hides it."""
    needs: Callable[[Link], bool] = lambda link: link.cta is not None
    """The links that a check of the whole site looks at; no others are kept until it runs."""
    wants: Callable[[Link, Context], bool] | None = None
    """The same for a check that needs the contract to tell, in place of `needs`."""
    mutes: tuple[str, ...] = ()
    """Rules that are silent about a parameter (or link) that this one speaks about: the most specific one speaks."""
    options: tuple[Option, ...] = ()
    breaks_attribution: bool = False
    """What is sold through such a link is in no report of ours: its tag is missing, somebody else's, broken or at odds."""
    off: bool = False
    """Runs only where it is selected."""
    preview: bool = False
    """New in this release: runs only where it is selected by its own code or name, or with `[lint] preview = true`."""

    @property
    def is_structural(self) -> bool:
        """Whether it is about the shape of a URL, and mutes what the repaired URL would not have."""
        return self.code.startswith("LNK")

    @property
    def scope(self) -> str:
        """`link`, `page`, `site` or `run`."""
        return "link" if self.link else "site" if self.site else "run" if self.run else "page"
