"""`cta parse`: what a URL is."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cta_analytics.cli import terminal
from cta_analytics.cli.breakdown import breakdown
from cta_analytics.cli.output import print_json
from cta_analytics.errors import CtaError
from cta_analytics.urls import Description, Networks, describe, load

STDIN = "-"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class TextFormat(StrEnum):
    """How descriptions are printed."""

    text = "text"
    json = "json"


def main(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL...", help="URLs; - reads them from stdin, one a line.", show_default=False),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="Read URLs from a file, one a line.", show_default=False),
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="For people, or for programs.")] = TextFormat.text,  # noqa: A002
    config_file: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Know the [networks] of this cta.toml too.", show_default=False),
    ] = None,
) -> None:
    """What a URL is: its kind, page, tags, what each parameter does, and what is wrong with it.

    A URL without a scheme is read as https, and the result says so. Nothing is fetched.
    """
    wanted = []
    for url in urls or []:
        wanted += _lines(sys.stdin.buffer.read(), "stdin") if url == STDIN else [url]
    if file is not None:
        wanted += _lines(sys.stdin.buffer.read(), "stdin") if str(file) == STDIN else _lines(_read(file), str(file))
    if not wanted:
        raise CtaError("no URL given; write one after `cta parse`, name a file with --file, or pipe them in with -")
    networks = _networks(config_file)
    found = [describe(url, assume_https=True, networks=networks) for url in wanted]
    if format is TextFormat.json:
        print_json([description.as_json() for description in found])
    else:
        _print_text(found, networks)


def _networks(file: Path | None) -> Networks | None:
    if file is None:
        return None
    # pydantic is most of a cold start, and without a contract nothing here needs it.
    from cta_analytics import config

    return load().merged(config.read(file).contract.networks)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise CtaError(f"{file}: no such file; --file names a text file with one URL a line") from None
    except IsADirectoryError:
        raise CtaError(f"{file}: is a folder; --file names a text file with one URL a line") from None
    except OSError as error:
        raise CtaError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None


def _lines(content: bytes, name: str) -> list[str]:
    encoding = next((encoding for bom, encoding in _BOMS.items() if content.startswith(bom)), "utf-8")
    if encoding == "utf-8" and b"\0" in content[:8192] and not _is_utf8(content):
        raise CtaError(f"{name}: is not text; a list of URLs holds one a line")
    # A byte that is no UTF-8 stays in the URL, where a browser would replace it.
    text = content.decode(encoding, "replace" if encoding == "utf-16" else "surrogateescape")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    found = [line for line in lines if line.strip()]
    if not found:
        raise CtaError(f"{name}: holds no URL; one a line is expected")
    return found


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _print_text(found: list[Description], networks: Networks | None) -> None:
    color = terminal.has_colour(sys.stdout)
    for number, description in enumerate(found):
        lines = breakdown(description, color, networks=networks)
        sys.stdout.write(("\n" if number else "") + "\n".join(lines) + "\n")
