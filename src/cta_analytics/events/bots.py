"""User agents: a person's browser or what kind of machine, and which rule or pattern says so."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cta_analytics.errors import CtaError
from cta_analytics.events import devices
from cta_analytics.warehouse import ids

COLUMNS = ("user_agent_key", "user_agent_id", "user_agent", "class", "reason", "list_version", "device")
CLASSES = (
    "human", "internal", "crawler", "ai_crawler", "ai_assistant", "link_preview", "scanner", "monitor", "library",
    "headless", "unknown_bot",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a user agent is, and who says so; a person's browser needs no reason."""

    class_: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a name: a user agent that holds one of the words or fits the pattern is of that class."""

    name: str
    class_: str
    words: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def finds(self, lowered: str) -> bool:
        """Whether it speaks, for a user agent in lower case. Plain words are many times as fast as an expression."""
        return any(word in lowered for word in self.words) or bool(self.pattern and self.pattern.search(lowered))


@dataclass(frozen=True, slots=True)
class _Rules:
    version: int
    specific: tuple[Rule, ...]
    generic: tuple[Rule, ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    """The rules of `bots.toml`."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    engines = "|".join(table["engines"])

    def rule(entry: dict[str, Any]) -> Rule:
        pattern = "|".join(entry.get("patterns", ())).replace("{engines}", engines)
        words = tuple(entry.get("words", ()))
        return Rule(entry["name"], entry["class"], words, re.compile(pattern) if pattern else None)

    return _Rules(table["version"], tuple(map(rule, table["specific"])), tuple(map(rule, table["generic"])))


_TAGS = {
    "social-preview": "link_preview",
    "ai-crawler": "ai_crawler",
    "scanner": "scanner",
    "monitoring": "monitor",
    "http-library": "library",
    "browser-automation": "headless",
}
_KEY = 3
_SYNTAX = re.compile(r"[\\^$\[\]()?*+|]")


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list of crawler-user-agents, in two parts: plain strings by their first letters, and expressions."""

    literals: dict[str, list[tuple[str, str]]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]

    def find(self, user_agent: str) -> Verdict | None:
        for start in range(len(user_agent)):
            for text, class_ in self.literals.get(user_agent[start : start + _KEY], ()):
                if user_agent.startswith(text, start):
                    return Verdict(class_, f"crawler-user-agents: {text}")
        for pattern, class_ in self.patterns:
            if pattern.search(user_agent):
                return Verdict(class_, f"crawler-user-agents: {pattern.pattern}")
        return None


@lru_cache(maxsize=1)
def _listed() -> _Listed:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    literals: dict[str, list[tuple[str, str]]] = {}
    patterns = []
    for entry in CRAWLER_USER_AGENTS_DATA:
        class_ = next((_TAGS[tag] for tag in entry.get("tags", ()) if tag in _TAGS), "crawler")
        text = re.sub(r"\\([/.\-])", r"\1", entry["pattern"])
        if _SYNTAX.search(text) or len(text) < _KEY:
            patterns.append((re.compile(entry["pattern"]), class_))
        else:
            literals.setdefault(text[:_KEY], []).append((text, class_))
    return _Listed(literals, tuple(patterns))


@lru_cache(maxsize=1)
def list_version() -> str:
    """The version of the rules and lists that judge."""
    return f"crawler-user-agents {importlib.metadata.version('crawler-user-agents')}, rules {_rules().version}"


# Most distinct user agents of a log are these, in a thousand versions: no rule can be about them.
_BROWSER = re.compile(
    r"Mozilla/5\.0 \((?:Windows NT [0-9.]+; Win64; x64|Macintosh; Intel Mac OS X [0-9_.]+|X11; (?:Ubuntu; )?Linux x86_64"
    r"|iPhone; CPU iPhone OS [0-9_]+ like Mac OS X|iPad; CPU OS [0-9_]+ like Mac OS X"
    r"|Linux; Android [0-9.]+; (?:K|SM-[A-Z0-9]+|Pixel [0-9]+(?: Pro)?))"
    r"(?:; rv:[0-9.]+)?\) (?:AppleWebKit/[0-9.]+ \(KHTML, like Gecko\)|Gecko/[0-9.]+)"
    r"(?: (?:Version|Chrome|CriOS|FxiOS|Firefox|Mobile|Safari|Edg|EdgA|EdgiOS|OPR|SamsungBrowser)/[0-9A-Z.]+| Mobile)+"
)


def judge(user_agent: str | None) -> Verdict:
    """What a user agent is by itself. None (a log without user agents) is nobody's fault; `-` is a client that sent none."""
    if user_agent is None or _BROWSER.fullmatch(user_agent):
        return Verdict("human", None)
    if user_agent == "-":
        return Verdict("unknown_bot", "no user agent")
    text = user_agent[:2000]
    lowered = text.lower()
    found = next((rule for rule in _rules().specific if rule.finds(lowered)), None)
    if found is None:
        listed = _listed().find(text)
        if listed:
            return listed
        found = next((rule for rule in _rules().generic if rule.finds(lowered)), None)
    return Verdict(found.class_, found.name) if found else Verdict("human", None)


class Judge:
    """The judgement of one contract: `[exclude] user_agents` come before everything else."""

    def __init__(self, excluded: Sequence[str]) -> None:
        self._excluded = []
        for pattern in excluded:
            try:
                self._excluded.append(re.compile(pattern, re.IGNORECASE))
            except re.error as error:
                raise CtaError(
                    f'cta.toml: [exclude] user_agents: "{pattern}" is no regular expression: {error}'
                ) from None

    def verdict(self, user_agent: str | None) -> Verdict:
        """What a user agent is."""
        for pattern in self._excluded:
            if user_agent is not None and pattern.search(user_agent):
                return Verdict("internal", f"[exclude] {pattern.pattern}")
        return judge(user_agent)

    def rows(self, user_agents: Iterable[str | None]) -> list[tuple[Any, ...]]:
        """The columns of `COLUMNS` behind the key, for each user agent."""
        rows = []
        for text in user_agents:
            found = self.verdict(text)
            rows.append((ids.of(text), text, found.class_, found.reason, list_version(), devices.device(text)))
        return rows
