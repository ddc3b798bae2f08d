"""Where the outputs of `cta lint` go: one to stdout, any number to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cta_analytics.cli import terminal
from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.finding import Report
from cta_analytics.lint.output import Setting, quoted


def destinations(format: str, given: Sequence[str]) -> list[tuple[str, Path | None]]:  # noqa: A002
    """Formats with the files of `--output FORMAT=FILE`; the format of stdout comes last, without one.

    Raises: CtaError where a format is unknown, or two are to be written to one file.
    """
    found: list[tuple[str, Path | None]] = []
    for one in given:
        name, _, file = one.partition("=")
        if not file:
            raise CtaError(f'--output "{one}" names no file; write it as --output sarif=cta.sarif')
        _check(name, "--output")
        if any(path == Path(file) for _, path in found):
            raise CtaError(f'--output "{one}": {file} is to be written already; give each format its own file')
        found.append((name, Path(file)))
    _check(format, "--format")
    return [*found, (format, None)]


def _check(name: str, option: str) -> None:
    if name not in OUTPUTS:
        raise CtaError(f'{option} "{name}" is unknown; known are {", ".join(OUTPUTS)}')


def emit(report: Report, project: Project, targets: Sequence[tuple[str, Path | None]]) -> None:
    """Writes the report to each of its destinations, files first.

    Raises: CtaError where a file cannot be written.
    """
    plain = Setting(prefix=_prefix(project.root))
    for name, file in targets:
        if file is not None:
            _put(file, OUTPUTS[name].write(report, plain))
            continue
        links = terminal.links(sys.stdout)
        root = f"file://{os.uname().nodename}{quoted(str(project.root.resolve()))}" if links != "none" else ""
        setting = replace(plain, colour=terminal.has_colour(sys.stdout), links=links, root=root)
        sys.stdout.write(OUTPUTS[name].write(report, setting))


def _prefix(root: Path) -> str:
    """The folder of `cta.toml` in its repository, whose root services count paths from."""
    folder = root.resolve()
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return "" if parent == folder else folder.relative_to(parent).as_posix()
    return ""


def _put(file: Path, text: str) -> None:
    """The file as a whole: who reads it meanwhile, or after an interruption, finds the old one or the new one."""
    try:
        if file.exists() and not file.is_file():
            # A device or a pipe takes what is written to it, and must not be replaced by a file.
            file.write_bytes(text.encode())
            return
        target = file.resolve()
        draft = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            draft.write_bytes(text.encode())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CtaError(f"{file}: cannot be written ({error.strerror}); name a file in a folder of yours") from None
