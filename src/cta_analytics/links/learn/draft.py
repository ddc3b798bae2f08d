"""The text of a drafted `cta.toml`: what was learned, with comments that say what to check and what to add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cta_analytics.config import ByAnswer, CtaPolicy, OneOf, ParamRule, Pattern
from cta_analytics.links.learn.address import Address
from cta_analytics.links.learn.kinds import DraftedKind
from cta_analytics.links.learn.policies import DraftedPolicy
from cta_analytics.links.learn.tags import FIELDS, Field, Tags
from cta_analytics.links.learn.toml import Value, comment, key, pair, quoted

_MOST_NAMED = 20
"""So many lines to fill in are a help; the rest follows their example."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was learned from a site."""

    site: str
    """How the command line named it."""
    root: str
    """Where it is from the folder of `cta.toml`."""
    include: tuple[str, ...]
    address: Address | None
    lang: str | None
    kinds: Sequence[DraftedKind]
    tags: Tags
    policies: Sequence[DraftedPolicy]
    redirects: Sequence[str]
    """Paths that are linked like redirects to a CTA."""
    pages: int
    links: int


def text(draft: Draft) -> str:
    """The file."""
    parts = [_head(draft), _site(draft), _source(draft), *_kinds(draft.kinds), _tags(draft.tags)]
    parts += [_own(slug, own) for slug, own in sorted(draft.tags.by_answer.items())]
    parts += [_policy(made) for made in draft.policies]
    parts += [_redirects(draft.redirects), _rest()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(*lines: str | Iterator[str]) -> str:
    return "\n".join(line for part in lines for line in ([part] if isinstance(part, str) else part) if line)


def _head(draft: Draft) -> str:
    return _lines(
        comment(
            f"Drafted by `cta init {draft.site}` from {_pages(draft.pages)} with {_links(draft.links)} that can sell."
        ),
        comment("It says what nearly all links of a kind have in common. Read it, then run `cta lint`."),
    )


def _site(draft: Draft) -> str:
    found = draft.address
    return _lines(
        "[site]",
        f"{pair('base_url', found.base_url)}  {comment(found.source)}"
        if found
        else '# base_url = "https://example.com"  # no page says it; it decides what is internal',
        '# timezone = "America/Chicago"  # days and ISO weeks of the reports; default is UTC',
        pair("lang", draft.lang) if draft.lang else "",
    )


def _source(draft: Draft) -> str:
    return _lines(
        "[[sources]]", pair("root", draft.root), pair("include", list(draft.include)) if draft.include else ""
    )


def _kinds(kinds: Sequence[DraftedKind]) -> list[str]:
    head = comment("What a page is, by its path; the first that matches counts. {slug} names the answer.")
    return [
        _lines(
            head if number == 0 else "",
            "[[pages]]",
            f"{pair('kind', drafted.kind.kind)}  {comment(_pages(drafted.pages))}",
            pair("path", drafted.kind.path),
        )
        for number, drafted in enumerate(kinds)
    ]


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages" if count else "seen in links only"


def _tags(tags: Tags) -> str:
    def lists() -> Iterator[str]:
        for name in FIELDS:
            found = tags.ours.get(name, ())
            if found:
                yield f"{name} = ["
                for tag in found:
                    yield f"  {quoted(tag)},  {comment(_where(tags.used.get(tag, ())))}"
                yield "]"

    def names() -> Iterator[str]:
        if tags.ours.get("maas"):
            yield comment("What Amazon's reports call an ad group, and the tag that it stands for:")
            yield "# [tags.ad_groups]"
            for tag in tags.ours["maas"][:_MOST_NAMED]:
                yield comment(f'"name of the ad group" = {quoted(tag)}')

    if not any(tags.ours.get(name) for name in FIELDS):
        return ""
    return _lines(comment("The tags that are ours: strike out what is not."), "[tags]", lists(), names())


def _where(pages: Sequence[str]) -> str:
    return _links(len(pages)) + (f", on {pages[0]}" if len(set(pages)) == 1 else "")


def _links(count: int) -> str:
    return "1 link" if count == 1 else f"{count} links"


def _own(slug: str, own: Mapping[Field, str]) -> str:
    return _lines(f"[tags.by_answer.{key(slug)}]", (pair(name, tag) for name, tag in own.items()))


def _policy(made: DraftedPolicy) -> str:
    found = made.policy
    said = " or ".join(f'"{" ".join(words.split())[:60]}"' for words in made.texts)
    match = {name: value for name, value in found.match.model_dump().items() if value is not None}
    plain: dict[str, Value | None] = {
        "name": found.name,
        "match": match,
        "on": found.on or None,
        "program": found.program,
        "min_per_page": found.min_per_page or None,
        "marketplace": found.marketplace,
        "store_page": found.store_page,
    }
    return _lines(
        comment(f"{_links(made.links)}{f', such as {said}' if said else ''}."),
        (comment(note) for note in made.notes),
        "[[ctas]]",
        (pair(name, value) for name, value in plain.items() if value is not None),
        f"\n[ctas.params]\n{_params(found)}" if found.params else "",
    )


def _params(found: CtaPolicy) -> str:
    return _lines(pair(name, _rule(rule)) for name, rule in found.params.items())


def _rule(rule: ParamRule) -> Value:
    if isinstance(rule, OneOf):
        return {"one_of": rule.one_of}
    if isinstance(rule, ByAnswer):
        return {"by_answer": rule.by_answer}
    if isinstance(rule, Pattern):
        return {"pattern": rule.pattern}
    return rule


def _redirects(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    return _lines(
        comment("Paths that are linked but are no pages here. If they redirect to Amazon, say where to:"),
        *(
            _lines("# [[redirects]]", comment(pair("path", path)), '# target = "https://www.amazon.com/…"')
            for path in paths
        ),
    )


def _rest() -> str:
    return _lines(
        comment("Where the server's logs and Amazon's reports are, once there are some:"),
        "# [logs]",
        '# files = ["logs/access.log*"]',
        "# [imports]",
        '# files = ["conversions/*"]',
    )
