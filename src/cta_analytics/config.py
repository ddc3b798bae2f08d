"""The contract: `cta.toml`, found, read and validated."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from cta_analytics import version
from cta_analytics.config_lines import line_of
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE_NAME = "cta.toml"

Program = Literal["attribution", "associates", "none"]


class Section(BaseModel):
    """A table of `cta.toml`: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _checked_zone(value: str | None) -> str | None:
    try:
        if value is not None:
            ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{value}" is no IANA time zone; write one like "America/Chicago"') from None
    return value


class Site(Section):
    """One site: what is internal, and in which zone its days and ISO weeks are cut."""

    base_url: str | None = None
    """Scheme and host of the site: decides which links are internal."""
    timezone: str = "UTC"
    """The IANA zone in which the days and ISO weeks of every report are cut."""
    name: str | None = None
    """What reports and the column `site` call it; default is the host."""
    lang: str | None = None
    """Its language, where neither a path nor a page says one."""
    path_prefix: str = "/"
    """The path that all of its pages are under, where one host serves several sites."""

    @field_validator("base_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f'"{value}" is no base URL; write one like "https://example.com"')
        return value.rstrip("/")

    _is_a_zone = field_validator("timezone")(_checked_zone)

    @property
    def host(self) -> str | None:
        """The host name that is internal, lower-case."""
        return urlsplit(self.base_url).hostname if self.base_url else None

    @property
    def label(self) -> str:
        """The value of the column `site`."""
        return self.name or self.host or "site"


class Source(Section):
    """A folder, glob or `sitemap.xml` of pages, relative to `cta.toml`."""

    root: str
    """Folder, glob or `sitemap.xml`; a page's path starts here, unless the page states it."""
    include: list[str] = Field(default_factory=list)
    """Only files that match one of these globs, relative to the root."""
    exclude: list[str] = Field(default_factory=list)
    """No files that match one of these globs."""
    site: str | None = None
    """The name of the site that the pages belong to, where there are several."""


class PageKind(Section):
    """A page kind by path; `{slug}` names the answer, `{lang}` its language, `{path}` the rest."""

    kind: str
    """The kind: `answer`, `product`, `blog`, or any word of yours."""
    path: str
    """Path of such pages: `{slug}` is one segment, `{lang}` a language, `{path}` any number of segments."""
    source: str | None = None
    """The file that an author edits, such as `content/{path}.md`, relative to `cta.toml`; findings name it."""
    site: str | None = None
    """Only on the site of that name."""

    @field_validator("source")
    @classmethod
    def _is_filled(cls, value: str | None) -> str | None:
        unknown = set(re.findall(r"{(\w*)}", value or "")) - {"slug", "lang", "path"}
        if unknown:
            raise ValueError(f'"{{{sorted(unknown)[0]}}}" is unknown here; use {{slug}}, {{lang}} or {{path}}')
        return value

    @field_validator("path")
    @classmethod
    def _starts_with_slash(cls, value: str) -> str:
        if not value.startswith("/"):
            raise ValueError(f'"{value}" is no path; it starts with "/", like "/answers/{{slug}}"')
        unknown = set(re.findall(r"{(\w*)}", value)) - {"slug", "lang", "path"}
        if unknown:
            raise ValueError(f'"{{{sorted(unknown)[0]}}}" is unknown here; use {{slug}}, {{lang}} or {{path}}')
        named = re.findall(r"{(\w*)}", value)
        twice = [name for name in named if named.count(name) > 1]
        if twice:
            raise ValueError(f'"{{{twice[0]}}}" stands in it twice; name each part once')
        return value


class Pattern(Section):
    """A value that matches a regular expression as a whole."""

    pattern: str
    """A regular expression (Python's) for the whole value."""

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f'"{value}" is no regular expression: {error}') from None
        return value


class OneOf(Section):
    """A value out of a list elsewhere in the contract, such as `tags.maas`."""

    one_of: str
    """`tags.maas`, `tags.channel` or `tags.tracking_id`: a value of that list."""


class ByAnswer(Section):
    """A value that belongs to the page's answer: the named key of `[tags.by_answer.<slug>]`."""

    by_answer: Literal["maas", "channel", "tracking_id"]
    """This key of `[tags.by_answer.<slug>]`; an answer without one may carry any tag that is ours."""


ParamRule = str | list[str] | Pattern | OneOf | ByAnswer


class Match(Section):
    """Which links a CTA policy is about; every key given must match, a list matches any of its values."""

    kind: str | list[str] | None = None
    """Kind of link, as `cta parse` names it."""
    host: str | list[str] | None = None
    """Host that it leads to, without `www.`."""
    path: str | list[str] | None = None
    """Glob for the path that it leads to."""
    store_page: str | list[str] | None = None
    """Page id of the Brand Store that it leads to."""
    asin: str | list[str] | None = None
    """Product that it leads to."""
    slot: str | list[str] | None = None
    """Glob for its `data-cta-slot`."""
    placement: str | list[str] | None = None
    """Where it stands: cta, inline, citation, related, nav, header, author, legal, footer or form."""


class CtaPolicy(Section):
    """What a correct call to action looks like."""

    name: str
    """What findings and reports call it; unique."""
    match: Match
    """Which links it is about; the first policy that matches a link is the link's."""
    on: list[str] = Field(default_factory=list)
    """Kinds of pages that it holds on; default is all."""
    program: Program = "none"
    """Whose tag its links carry: Amazon Attribution's, Amazon Associates', or none."""
    min_per_page: int = Field(default=0, ge=0)
    """So many such links each page must have."""
    marketplace: str | None = None
    """Country of Amazon that its links lead to."""
    store_page: str | list[str] | None = None
    """Page id of the Brand Store that its links lead to, or several of which one will do."""
    params: dict[str, ParamRule] = Field(default_factory=dict)
    """Parameter -> its value: a text (with {slug}, {kind}, {slot}, {lang}), a list of which one will do, or a rule."""
    except_paths: list[str] = Field(default_factory=list)
    """Globs for paths of pages that it does not hold on."""
    site: str | None = None
    """Only on the site of that name."""


class AnswerTags(Section):
    """The tags that belong to one answer alone."""

    maas: str | None = None
    """Its Attribution tag."""
    channel: str | None = None
    """Its Brand Store source tag."""
    tracking_id: str | None = None
    """Its Associates tracking id."""
    ad_group: str | None = None
    """What Amazon's reports call its ad group."""


class Tags(Section):
    """The tags that are ours."""

    maas: list[str] = Field(default_factory=list)
    """Attribution tags; a link with another one sends its sales to somebody else."""
    channel: list[str] = Field(default_factory=list)
    """Brand Store source tags."""
    tracking_id: list[str] = Field(default_factory=list)
    """Associates tracking ids."""
    ad_groups: dict[str, str] = Field(default_factory=dict)
    """Name of an ad group as Amazon reports it -> the maas tag that it stands for."""
    by_answer: dict[str, AnswerTags] = Field(default_factory=dict)
    """Slug -> the tags of that answer alone: what they bring is measured, not allocated."""

    def ours(self, name: Literal["maas", "channel", "tracking_id"]) -> frozenset[str]:
        """Every tag of one kind that is ours: those listed, and those of single answers."""
        single = (getattr(tags, name) for tags in self.by_answer.values())
        return frozenset((*getattr(self, name), *(tag for tag in single if tag)))


EventColumn = Literal[
    "occurred_at",
    "type",
    "page",
    "target_url",
    "slot",
    "ordinal",
    "event_id",
    "visitor",
    "address",
    "referrer",
    "user_agent",
]
"""A column of an export of events (`logs.event.COLUMNS`)."""


class Logs(Section):
    """Where the click logs are and how they are read."""

    files: list[str] = Field(default_factory=list)
    """Globs of the logs that `cta run` reads, relative to `cta.toml`; `.gz` is read as it is."""
    format: str = "auto"
    """Name of the log format, or the format string of Apache or nginx as its configuration has it, or `auto`."""
    beacon_path: str = "/cta/e"
    """Path that the click snippet reports to."""
    columns: dict[EventColumn, str] = Field(default_factory=dict)
    """Events of another tool: column of docs/ingest.md -> its name there, or its path in nested JSON (`properties.url`)."""
    types: dict[Literal["view", "impression", "click", "submit"], list[str]] = Field(default_factory=dict)
    """`view`, `impression`, `click` or `submit` -> what the other tool calls it."""
    views_from: Literal["log", "beacon"] = "log"
    """What counts as a page view: the request of a page, or the snippet's report of it."""


class Redirect(Section):
    """A path of the own site that redirects to a CTA, such as `/go/store`."""

    path: str
    """Path on the own site."""
    target: str
    """URL that it leads to."""
    keeps_query: bool = True
    """Whether the parameters of a link to it arrive at the target; `false`: they are lost on the way."""

    @field_validator("path")
    @classmethod
    def _is_a_path(cls, value: str) -> str:
        if not value.startswith("/") or value == "/":
            raise ValueError(f'"{value}" is no redirect path; write one like "/go/store"')
        return value


class Exclude(Section):
    """Own traffic: labelled `internal`, not dropped."""

    networks: list[str] = Field(default_factory=list)
    """Addresses and networks (CIDR) of our own people, for what comes in from now on: addresses are not stored."""
    user_agents: list[str] = Field(default_factory=list)
    """Regular expressions, in upper or lower case; a user agent that one is found in is our own, backwards too."""


class Moved(Section):
    """An answer that was renamed: `from` and `to` are slugs, their history is joined."""

    from_: str = Field(alias="from")
    """Slug of before."""
    to: str
    """Slug of today."""


class Account(Section):
    """An account whose reports are imported; the marketplace decides the currency."""

    marketplace: str = "US"
    """Country of Amazon that it sells in."""
    timezone: str | None = None
    """The zone in which the network cuts its days; default is the site's."""
    date_means: Literal["click", "order", "shipment", "unknown"] = "unknown"
    """What the date of its rows is the date of; `unknown` allows for the whole attribution window."""
    advertiser: str | None = None
    """Advertiser as its reports name it; a report that names another one is refused."""

    _is_a_zone = field_validator("timezone")(_checked_zone)


class ImportReport(Section):
    """How one kind of report is read: the header of a column -> the name of our field."""

    columns: dict[str, str] = Field(default_factory=dict)
    """Header in the file -> our field, for a header that is not known."""
    account: str | None = None
    """Account (of `[accounts]`) that such files are of."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark, where a file does not prove it."""
    date_order: Literal["DMY", "MDY"] | None = None
    """The order of day and month, where a file does not prove it."""
    importer: str | None = None
    """`generic_csv`, where the mapping is of a network that has no importer of its own; its name is yours."""
    network: str | None = None
    """Network (of `urls/networks.toml` or `[networks]`) whose links carry the tags of this report."""
    keep: dict[str, list[str]] = Field(default_factory=dict)
    """Header -> values; a row with another one there is left out, such as a declined transaction."""
    window_days: int | None = Field(default=None, ge=0, le=365)
    """So many days after a click the network credits a sale to it; default is what is known of the importer."""


class Imports(Section):
    """Amazon's and others' reports: the files, and column mappings by importer name."""

    files: list[str] = Field(default_factory=list)
    """Globs of the reports that `cta run` imports, relative to `cta.toml`."""
    mappings: dict[str, ImportReport] = Field(default_factory=dict)
    """Importer -> how its files are read."""


class Sessions(Section):
    """A session ends after this much inactivity."""

    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    """Minutes without a request after which a session is over."""


class Flood(Section):
    """More clicks or impressions than this in a day of the site are more than people make, and none of them counts."""

    clicks_per_visitor: int = Field(default=100, ge=1)
    """So many clicks of one visitor in a day are no flood yet."""
    impressions_per_visitor: int = Field(default=2_000, ge=1)
    """So many impressions of one visitor in a day are no flood yet."""
    clicks_per_address: int = Field(default=200, ge=1)
    """So many clicks from one address in a day, whatever the user agents, are no flood yet."""
    impressions_per_address: int = Field(default=5_000, ge=1)
    """So many impressions from one address in a day, whatever the user agents, are no flood yet."""


class Privacy(Section):
    """How long the daily visitor keys live, and after how long events are forgotten."""

    key_days: int = Field(default=9, ge=1)
    """So long the key of a day lives after lines of that day last came; then its visitors can no longer be told."""
    retention_days: int | None = Field(default=None, ge=1)
    """So many days of events are kept: at each `cta run` and `cta ingest` older ones are forgotten; default is to keep all."""


class Report(Section):
    """What the weekly report shows and where it is written."""

    title: str | None = None
    """Heading of the report; default is the site's name."""
    out: str = "reports"
    """Folder that reports are written to, relative to `cta.toml`."""
    sales_from: str = "amazon_attribution"
    """Importer whose figures the report shows as sales."""
    assisted_model: Literal["last_answer", "first_answer", "linear"] = "last_answer"
    """Whose a click on a product page is where several answers were read before it: the last one's, the first one's, or in equal parts."""
    locale: str = "en-US"
    """How numbers and dates are written."""


class WarehouseSettings(Section):
    """Limits of the writer's DuckDB."""

    memory_limit: str = "1GB"
    """Memory that DuckDB may use before it goes to disk."""
    threads: int | None = Field(default=None, ge=1)
    """Threads that DuckDB may use; default is one a core."""

    @field_validator("memory_limit")
    @classmethod
    def _is_a_size(cls, value: str) -> str:
        if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)? ?[KMGT]i?B", value):
            raise ValueError(f'"{value}" is no size; write one like "1GB"')
        return value


class LintPaths(Section):
    """How the pages on some paths are linted; entries are laid one over another."""

    paths: list[str] = Field(min_length=1)
    """Globs; one that starts with `/` is for paths on the site, any other for files."""
    select: list[str] = Field(default_factory=list)
    """Of the rules that run, only these here."""
    ignore: list[str] = Field(default_factory=list)
    """Not these rules here."""
    severity: dict[str, Literal["error", "warning", "info", "off"]] = Field(default_factory=dict)
    """Rule -> its weight here; `off` silences it."""


class LintSuppression(Section):
    """What is known and accepted on some paths, why, and until when."""

    paths: list[str] = Field(min_length=1)
    """Globs; one that starts with `/` is for paths on the site, any other for files."""
    rules: list[str] = Field(min_length=1)
    """Codes or names of the rules that are not to speak."""
    reason: str = ""
    """Why; without one, `CFG004` asks."""
    until: date | None = None
    """The last day on which it holds, judged at the date of the HEAD commit; default is for ever."""

    @field_validator("until", mode="before")
    @classmethod
    def _is_a_date(cls, value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(f'"{value}" is no date; write one like 2027-01-31')
        return value


class LintSettings(Section):
    """Which rules of `cta lint` run, how much each weighs, and their options; rules by code or name."""

    select: list[str] = Field(default_factory=list)
    """Only these rules."""
    ignore: list[str] = Field(default_factory=list)
    """Not these rules."""
    severity: dict[str, Literal["error", "warning", "info", "off"]] = Field(default_factory=dict)
    """Rule -> its weight here; `off` silences it."""
    options: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Rule -> its options."""
    preview: bool = False
    """Also the rules that are new in this release."""
    baseline: str | None = None
    """File of the findings that are known, relative to `cta.toml`; `cta lint --baseline-update` writes it."""
    base: str | None = None
    """What `--changed` compares with; default is `origin/HEAD`, `origin/main`, `origin/master`, `main` or `master`."""
    per_path: list[LintPaths] = Field(default_factory=list)
    """Other settings for some paths."""
    suppress: list[LintSuppression] = Field(default_factory=list)
    """What is known and accepted on some paths."""


class Contract(Section):
    """The whole of `cta.toml`. `Contract()` is what holds where there is no file."""

    required_version: str | None = Field(default=None, alias="required-version")
    """The versions of this tool that the file is for, as `">=0.1,<0.3"` (PEP 440); another one stops with exit code 2."""
    site: Site | None = None
    """The site, where there is one."""
    sites: list[Site] = Field(default_factory=list)
    """The sites or languages, where one file serves several; in place of `[site]`."""
    sources: list[Source] = Field(default_factory=list)
    """Where the pages are."""
    pages: list[PageKind] = Field(default_factory=list)
    """What a page is, by its path; the first that matches counts."""
    tags: Tags = Field(default_factory=Tags)
    ctas: list[CtaPolicy] = Field(default_factory=list)
    """What correct calls to action look like; the first that matches a link is the link's."""
    logs: Logs = Field(default_factory=Logs)
    redirects: list[Redirect] = Field(default_factory=list)
    """Paths of the own site that redirect to a CTA, such as `/go/store`."""
    exclude: Exclude = Field(default_factory=Exclude)
    moved: list[Moved] = Field(default_factory=list)
    """Answers that were renamed."""
    networks: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Further networks, or more about a known one, in the form of `urls/networks.toml` (docs/parse.md)."""
    accounts: dict[str, Account] = Field(default_factory=dict)
    """Name -> an account whose reports are imported."""
    imports: Imports = Field(default_factory=Imports)
    sessions: Sessions = Field(default_factory=Sessions)
    flood: Flood = Field(default_factory=Flood)
    privacy: Privacy = Field(default_factory=Privacy)
    report: Report = Field(default_factory=Report)
    warehouse: WarehouseSettings = Field(default_factory=WarehouseSettings)
    lint: LintSettings = Field(default_factory=LintSettings)

    @model_validator(mode="after")
    def _holds_together(self) -> Contract:
        if self.site and self.sites:
            raise ValueError("[site] and [[sites]] exclude each other; keep one of them")
        zones = {site.timezone for site in self.sites}
        if len(zones) > 1:
            raise ValueError(f"[[sites]] of one file share one time zone, here are {', '.join(sorted(zones))}")
        names = [policy.name for policy in self.ctas]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'two [[ctas]] are named "{name}"; names are unique')
        for policy in self.ctas:
            for key, rule in policy.params.items():
                if isinstance(rule, OneOf):
                    self.listed(rule, f"[[ctas]] {policy.name}, params.{key}")
        return self

    @property
    def all_sites(self) -> list[Site]:
        """The sites, at least one; the first is the default."""
        return self.sites or [self.site or Site()]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days and ISO weeks are cut."""
        return ZoneInfo(self.all_sites[0].timezone)

    def listed(self, rule: OneOf, where: str = "one_of") -> list[str]:
        """The values that a `one_of` names.

        Raises: ValueError where the list does not exist.
        """
        lists = {
            "tags.maas": self.tags.maas,
            "tags.channel": self.tags.channel,
            "tags.tracking_id": self.tags.tracking_id,
        }
        if rule.one_of not in lists:
            raise ValueError(f'{where}: one_of = "{rule.one_of}" names no list; known are {", ".join(lists)}')
        return lists[rule.one_of]


class Project(BaseModel):
    """A contract with the folder that its relative paths start from."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    contract: Contract
    root: Path
    file: Path | None

    def resolve(self, path: str) -> Path:
        """An absolute path for one that the contract gives relative to `cta.toml`."""
        return self.root / path


def find(start: Path) -> Path | None:
    """The nearest `cta.toml` in `start` or a folder above it."""
    for folder in [start, *start.parents]:
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def read(config: Path | None = None, start: Path | None = None) -> Project:
    """The project of `config`, or of the `cta.toml` found from `start` upwards, or an empty contract.

    Raises: CtaError where the file is missing, unreadable, no TOML, or holds a key or value that is not known.
    """
    start = (start or Path.cwd()).absolute()
    file = config.absolute() if config else find(start)
    if file is None:
        return Project(contract=Contract(), root=start, file=None)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CtaError(
            f"{config}: no such file; name a cta.toml with --config, or draft one with `cta init SITE`"
        ) from None
    except UnicodeDecodeError as error:
        raise CtaError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except OSError as error:
        raise CtaError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CtaError(f"{file}: not valid TOML: {error}") from None
    try:
        # Before all else: what a later version knows must not be told as a mistake.
        version.check(values.get("required-version", values.get("required_version")))
    except ValueError as error:
        raise CtaError(
            f"{file}:{line_of(['required-version'], text) or line_of(['required_version'], text)}: {error}"
        ) from None
    try:
        contract = Contract.model_validate(values)
        _check_networks(contract.networks, file)
    except ValidationError as error:
        raise CtaError(f"{file}{_explain(error, text)}") from None
    return Project(contract=contract, root=file.parent, file=file)


def _check_networks(tables: dict[str, dict[str, Any]], file: Path) -> None:
    if not tables:
        return
    from cta_analytics.urls import networks

    try:
        networks.load().merged(tables)
    except CtaError as error:
        raise CtaError(f"{file}: {error}") from None


def _explain(error: ValidationError, text: str) -> str:
    first = _plainest(error)
    loc = [part for part in first["loc"] if not _is_union_branch(part)]
    table = ".".join(str(part) for part in loc[:-1] if isinstance(part, str))
    line = line_of(loc, text)
    where = f":{line}" if line else ""
    if first["type"] == "extra_forbidden":
        key = next((part for part in reversed(loc) if isinstance(part, str)), "")
        known = _known_keys(Contract, loc[:-1])
        import difflib

        near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
        hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(sorted(known))}"
        return f'{where}: unknown key "{key}"{f" in [{table}]" if table else ""}; {hint}'
    message = first["msg"].removeprefix("Value error, ")
    name = ".".join(str(part) for part in loc)
    return f"{where}: {f'{name}: ' if name else ''}{message}"


def _plainest(error: ValidationError) -> ErrorDetails:
    """The error to tell: of a value with several forms, what is wrong with the one that it was meant to have."""
    errors = error.errors()
    of_form = (e for e in errors if e["type"] == "value_error" and any(map(_is_union_branch, e["loc"])))
    return next(of_form, None) or next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])


def _is_union_branch(part: int | str) -> bool:
    return isinstance(part, str) and (part in {"str", "Pattern", "OneOf", "ByAnswer"} or part.startswith("list["))


def _known_keys(model: type[BaseModel], loc: list[Any]) -> list[str]:
    for part in loc:
        if isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if part in {n, f.alias}), None)
        inner = _models_in(field.annotation) if field else []
        if not inner:
            continue
        model = inner[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
