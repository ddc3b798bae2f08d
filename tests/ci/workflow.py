"""Enough of GitHub's runner to execute the `run:` steps of a composite action or a job in a folder."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.lint.outputs.runner import Command, commands

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)+")


@dataclass
class Done:
    """What a step left behind."""

    name: str
    code: int
    stdout: str
    stderr: str

    @property
    def annotations(self) -> list[Command]:
        return commands(self.stdout)


@dataclass
class Runner:
    """Runs steps one after another as GitHub does: `if`, `continue-on-error`, outputs, the summary."""

    folder: Path
    temp: Path
    context: dict[str, str]
    """What expressions name: `inputs.base`, `github.token`, …"""
    environment: dict[str, str]
    done: list[Done] = field(default_factory=list)
    failed: bool = False

    def run(self, steps: list[dict[str, Any]]) -> None:
        for number, step in enumerate(steps):
            if "run" not in step or not self._wanted(step.get("if", "success()")):
                continue
            files = {name: self.temp / f"{name}-{number}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
            for file in files.values():
                file.touch()
            given = {name: self.expand(str(value)) for name, value in step.get("env", {}).items()}
            paths = {name: str(file) for name, file in files.items()}
            result = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.expand(step["run"])],
                cwd=self.folder / self.expand(step.get("working-directory", ".")),
                env=os.environ | self.environment | paths | given,
                capture_output=True,
                text=True,
                check=False,
            )
            name = step.get("name", step["run"])
            self.done.append(Done(name, result.returncode, result.stdout, result.stderr))
            for line in files["GITHUB_OUTPUT"].read_text().splitlines():
                key, _, value = line.partition("=")
                self.context[f"steps.{step.get('id')}.outputs.{key}"] = value
            self.failed |= result.returncode != 0 and not step.get("continue-on-error", False)

    def step(self, name: str) -> Done | None:
        return next((done for done in self.done if done.name == name), None)

    @property
    def summary(self) -> str:
        return "".join(file.read_text() for file in sorted(self.temp.glob("GITHUB_STEP_SUMMARY-*")))

    def expand(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found[1].strip()), text)

    def _value(self, name: str) -> str:
        # An output that was not set is empty; any other unknown name is a mistake of the file under test.
        return self.context.get(name, "") if name.startswith("steps.") else self.context[name]

    def _wanted(self, condition: str) -> bool:
        text = _EXPRESSION.sub(lambda found: found[1], condition)
        text = _NAME.sub(lambda found: repr(self._value(found[0])), text).replace("&&", " and ").replace("||", " or ")
        if "always()" not in text:
            text = f"success() and ({text})"
        names = {"always": lambda: True, "success": lambda: not self.failed, "__builtins__": {}}
        return bool(eval(text.strip(), names))
