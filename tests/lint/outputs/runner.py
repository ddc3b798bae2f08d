"""What GitHub's runner makes of the output of a step: its parser, read from `ActionCommand.cs` of actions/runner."""

from __future__ import annotations

from dataclasses import dataclass

COMMANDS = {
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands", "echo", "set-env",
    "set-output", "save-state", "add-path", "add-matcher", "remove-matcher",
}  # fmt: skip


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def commands(output: str) -> list[Command]:
    return [command for line in output.split("\n") if (command := _second(line) or _first(line))]


def _second(line: str) -> Command | None:
    """`::name key=value,key=value::data` at the start of a line, after blanks."""
    line = line.lstrip()
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    head, _, data = line[2:].partition("::")
    name, _, given = head.partition(" ")
    if name not in COMMANDS:
        return None
    pairs = [pair.split("=", 1) for pair in given.strip().split(",") if pair]
    properties = {
        pair[0]: _decoded(pair[1], {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"})
        for pair in pairs
        if len(pair) == 2
    }
    return Command(name, properties, _decoded(data, {"%0D": "\r", "%0A": "\n", "%25": "%"}))


def _first(line: str) -> Command | None:
    """`##[name key=value;]data` anywhere in a line: the older form, which is still obeyed."""
    _, mark, rest = line.partition("##[")
    head, end, data = rest.partition("]")
    name = head.split(" ")[0]
    return Command(name, {}, data) if mark and end and name in COMMANDS else None


def _decoded(text: str, table: dict[str, str]) -> str:
    for code, char in table.items():
        text = text.replace(code, char)
    return text
