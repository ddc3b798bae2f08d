"""`cta init`: a first contract, learned from the site as it is."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics.cli import output
from cta_analytics.cli.options import Quiet
from cta_analytics.config import FILE_NAME, Contract, Project
from cta_analytics.errors import CtaError
from cta_analytics.links.learn.site import learn
from cta_analytics.links.learn.survey import files_at

if TYPE_CHECKING:
    from cta_analytics.links.learn.site import Learned

STDOUT = "-"


class ListFormat(StrEnum):
    """How the links that differ are printed."""

    text = "text"
    json = "json"


def main(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The folder that the site's pages are in, or one page.")],
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="Where to write the contract; - prints it on stdout.")
    ] = FILE_NAME,
    force: Annotated[bool, typer.Option("--force", help="Replace a contract that is there already.")] = False,
    ours: Annotated[
        Path | None,
        typer.Option(
            "--ours",
            metavar="FILE",
            help="A text that lists our tags, such as an export of the console; no other tag is then ours.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[  # noqa: A002
        ListFormat, typer.Option("--format", help="How to print the links that differ.")
    ] = ListFormat.text,
    quiet: Quiet = False,
) -> None:
    """Draft cta.toml from the links that the site has today, and list the links that differ from the majority.

    With --out - the list goes to stderr. Exit code 0 also where links differ: `cta lint` judges them.
    """
    if out == STDOUT and format is ListFormat.json:
        raise CtaError("--out - and --format json would both write to stdout; give --out a file")
    file = None if out == STDOUT else _writable(Path(out), force)
    known = _text(ours) if ours else None
    with output.progress("reading pages", _count(site), quiet) as step:
        learned = learn(site, file.parent if file else Path.cwd(), known, step)
    if file:
        _write(file, learned.text, force)
    else:
        sys.stdout.write(learned.text)
    if format is ListFormat.json:
        output.print_json(_as_json(learned, out))
    else:
        (sys.stdout if file else sys.stderr).write(_listed(learned))
    counts = f"{learned.pages} pages, {learned.links} links that can sell, {len(learned.contract.ctas)} CTA policies"
    output.say(f"{f'{out} ' if file else ''}drafted: {counts}", quiet)


def _writable(file: Path, force: bool) -> Path:
    """The file as an absolute path, checked before the site is read."""
    if file.is_dir():
        raise CtaError(f"{file}: is a folder; --out names a file")
    if not file.parent.is_dir():
        raise CtaError(f"{file}: there is no folder {file.parent}; make it first")
    if file.exists() and not force:
        raise CtaError(f"{file}: is there already; --out names another file, --force replaces it")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise CtaError(f"{file}: cannot be written; check its permissions, or name another file with --out")
    return file.absolute()


def _write(file: Path, text: str, force: bool) -> None:
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise CtaError(f"{file}: is there already; --out names another file, --force replaces it") from None
    except OSError as error:
        raise CtaError(f"{file}: cannot be written ({error.strerror}); name another file with --out") from None


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise CtaError(f"{file}: cannot be read ({error.strerror}); --ours names a text that lists our tags") from None


def _count(site: str) -> int:
    return len(files_at(Project(contract=Contract(), root=Path.cwd(), file=None), site))


def _listed(learned: Learned) -> str:
    lines = [
        f"{one.file}:{one.line}:{one.column}: {one.cta}: {'; '.join(one.differs)}"
        + (f" (probably {one.probably})" if one.probably else "")
        for one in learned.differing
    ]
    lines.append(
        f"different from the others of their group: {len(lines)}" if lines else "no link differs from its group"
    )
    if learned.unsure:
        lines += [
            "",
            "taken for an answer's own tag, since several stand on one link each; a foreign one looks the same:",
        ]
        lines += [f"{one.file}:{one.line}:{one.column}: {one.tag}" for one in learned.unsure]
        lines.append("strike out in cta.toml what is not yours, or name a list of yours with --ours")
    return "".join(f"{output.escape(line)}\n" for line in lines)


def _as_json(learned: Learned, out: str) -> dict[str, object]:
    return {
        "contract": out,
        "differing": [one.as_json() for one in learned.differing],
        "unsure": [asdict(one) for one in learned.unsure],
        "summary": {
            "pages": learned.pages,
            "links": learned.links,
            "policies": len(learned.contract.ctas),
            "differing": len(learned.differing),
        },
    }
