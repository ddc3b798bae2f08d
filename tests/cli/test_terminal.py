"""What a terminal can show, told by its environment."""

import os
import pty
import re
import subprocess
import sys

import pytest
from tests.cli.test_lint import BAD, page

from cta_analytics.cli import terminal


class Stream:
    def __init__(self, is_terminal: bool) -> None:
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


NAMES = (
    "NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TERM", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION",
    "KONSOLE_VERSION", "DOMTERM",
)  # fmt: skip


@pytest.fixture
def environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def given(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return given


@pytest.mark.parametrize(
    ("given", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colours_follow_the_conventions(environment, given, on_terminal, elsewhere):
    environment(given)
    assert terminal.has_colour(Stream(True)) is on_terminal
    assert terminal.has_colour(Stream(False)) is elsewhere


@pytest.mark.parametrize(
    ("given", "on_terminal", "elsewhere"),
    [
        ({"TERM": "xterm-256color"}, "none", "none"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "tmux"}, "none", "none"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "file", "none"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "5000"}, "none", "none"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "file", "none"),
        ({"TERM": "xterm-kitty"}, "line", "none"),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, "none", "none"),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, "none", "none"),
        ({"FORCE_HYPERLINK": "1"}, "file", "file"),
        ({"FORCE_COLOR": "1", "TERM": "xterm-kitty"}, "line", "none"),
    ],
)
def test_links_are_for_the_terminals_that_are_known_for_them(environment, given, on_terminal, elsewhere):
    environment(given)
    assert terminal.links(Stream(True)) == on_terminal
    assert terminal.links(Stream(False)) == elsewhere


def test_a_real_terminal_gets_colours_and_links(tmp_path):
    page(tmp_path, BAD)
    controller, end = pty.openpty()
    program = [sys.executable, "-c", "from cta_analytics.cli import run; run()", "lint"]
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    process = subprocess.Popen(program, cwd=tmp_path, stdout=end, env=clean | {"TERM": "xterm-kitty"})
    os.close(end)
    shown = b""
    while True:
        try:
            part = os.read(controller, 4096)
        except OSError:  # Linux's way to say that the other end is closed.
            break
        if not part:
            break
        shown += part
    os.close(controller)
    assert process.wait() == 1
    text = shown.decode()
    url = f"file://{os.uname().nodename}{tmp_path}/site/answers/quiet-kettle.md"
    assert f"\x1b]8;;{url}\x1b\\" in text
    assert re.search(rf"\x1b\]8;;{re.escape(url)}#1\x1b\\1:\d+\x1b\]8;;\x1b\\  \x1b\[31merror\x1b\[0m", text)
