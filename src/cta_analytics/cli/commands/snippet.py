"""`cta snippet`: the script that reports clicks, and what the web server needs to log them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.collect import Server


def main(
    external: Annotated[
        str | None,
        typer.Option(
            "--external",
            metavar="PATH",
            help="Print the script as a file that the site serves at PATH; the tag that loads it is told on stderr.",
            show_default=False,
        ),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(
            "--server",
            metavar="NAME",
            help="Print the configuration that logs the beacons: apache, caddy, cloudflare, cloudfront or nginx.",
            show_default=False,
        ),
    ] = None,
    redirects: Annotated[
        str | None,
        typer.Option(
            "--redirects",
            metavar="NAME",
            help="Print the configuration of the [[redirects]] of cta.toml, for the same servers.",
            show_default=False,
        ),
    ] = None,
    events: Annotated[
        str | None,
        typer.Option(
            "--events",
            metavar="LIST",
            help='What the script reports: "click,submit,impression" by default, and "view" where [logs] views_from asks for it.',
            show_default=False,
        ),
    ] = None,
    config_file: Config = None,
) -> None:
    """Print the click snippet for a page, or the web server's configuration that goes with it (docs/collect.md)."""
    from cta_analytics.collect import redirects as hops
    from cta_analytics.collect import snippet

    contract = config.read(config_file).contract
    if sum(one is not None for one in (external, server, redirects)) > 1:
        raise CtaError("cta snippet: --external, --server and --redirects each print one thing; give one of them")
    if events is not None and (server is not None or redirects is not None):
        raise CtaError("cta snippet: --events is about the script; leave it out with --server and --redirects")
    if server is not None:
        sys.stdout.write(_named("--server", server).beacon(snippet.beacon_path(contract)))
    elif redirects is not None:
        sys.stdout.write(_named("--redirects", redirects).redirects(hops.hops(contract)))
    else:
        types = None if events is None else [one.strip() for one in events.split(",") if one.strip()]
        code = snippet.script(contract, types)
        if external is None:
            sys.stdout.write(snippet.inline(code))
        else:
            tag = snippet.tag(external)
            sys.stdout.write(f"{code}\n")
            sys.stderr.write(tag)


def _named(option: str, name: str) -> Server:
    import difflib

    from cta_analytics.collect import SERVERS

    if name not in SERVERS:
        near = difflib.get_close_matches(name.lower(), list(SERVERS), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(SERVERS)}"
        raise CtaError(f'{option}: "{name}" is no server that is known; {hint}')
    return SERVERS[name]
