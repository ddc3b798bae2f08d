"""The rules explained: `cta lint --explain`, `cta rules` and docs/rules.md."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cta_analytics.errors import CtaError
from cta_analytics.lint import by_code
from cta_analytics.lint.rule import Example, Rule

_SCOPES = {
    "link": "each link",
    "page": "each page",
    "site": "the whole site, where all of a source was read",
    "run": "the run itself",
}

_FIXES = {
    "safe": "safe",
    "unsafe": "unsafe, as it may change what the link means",
    "contract": "safe, where the contract leaves one value",
}


def explained(name: str) -> str:
    """One rule, by code or name.

    Raises: CtaError where there is no such rule.
    """
    rules = by_code()
    rule = rules.get(name.upper()) or next((rule for rule in rules.values() if rule.name == name), None)
    if rule is None:
        from difflib import get_close_matches

        near = get_close_matches(name, [text for rule in rules.values() for text in (rule.code, rule.name)], n=1)
        raise CtaError(
            f'no rule is called "{name}"; {f"did you mean {near[0]!r}?" if near else "`cta rules` lists them"}'
        )
    return "\n".join(_section(rule, "#"))


def as_markdown() -> str:
    """docs/rules.md: every rule, in the order of codes."""
    rules = by_code()
    lines = [
        "# The rules of `cta lint`",
        "",
        "Made by `cta rules --format markdown > docs/rules.md`; each example is run as a test.",
        "",
        "| code | name | severity | finds |",
        "|---|---|---|---|",
        *(
            f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.severity} | {r.summary} |"
            for r in rules.values()
        ),
        "",
    ]
    for rule in rules.values():
        lines += [*_section(rule, "##"), ""]
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: Rule, level: str) -> Iterator[str]:
    yield f"{level} {rule.code} {rule.name}"
    yield ""
    yield rule.summary
    yield ""
    yield rule.why
    yield ""
    yield f"- severity: {rule.severity}{_when(rule)}"
    yield f"- looks at: {_SCOPES[rule.scope]}"
    if rule.fix in _FIXES:
        yield f"- fix: {_FIXES[rule.fix]}"
    if rule.breaks_attribution:
        yield "- breaks attribution: the sales through such a link are in no report of ours"
    if rule.mutes:
        yield f"- speaks before: {', '.join(rule.mutes)}"
    for option in rule.options:
        yield f"- option `{option.name}` (default `{json.dumps(option.default)}`): {option.about}"
    for title, examples in (("Found:", rule.bad), ("Not found:", rule.good)):
        yield ""
        yield title
        yield ""
        yield from _example(examples[0])


def _when(rule: Rule) -> str:
    if rule.preview:
        return ", in preview: runs only where it is selected by code or name, or with `preview = true`"
    return ", runs only where it is selected" if rule.off else ""


def _example(example: Example) -> Iterator[str]:
    if example.contract:
        yield "```toml"
        yield example.contract.strip()
        yield "```"
    language = "markdown" if example.suffix == ".md" else "html"
    for path, text in ((example.path, example.text), *example.others):
        yield f"```{language}"
        yield f"<!-- {path} -->"
        yield text
        yield "```"
    if example.committed_on:
        yield ""
        yield f"(The last commit is of {example.committed_on}.)"
