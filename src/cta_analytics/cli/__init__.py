"""The command line `cta`: one file a command, one place for errors and exit codes."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from cta_analytics import __version__
from cta_analytics.errors import CtaError

COMMANDS = "cta_analytics.cli.commands"
NAMES_ON_HELP = {"help_option_names": ["-h", "--help"]}
FINDINGS = 1
COULD_NOT_RUN = 2
INTERRUPTED = 130
"""What typer makes of Ctrl-C before anybody else hears of it."""
LINE_END = "\n"


def command_names() -> list[str]:
    """The commands, sorted: the files of `cli/commands` (`import_.py` is `import`)."""
    import pkgutil

    return sorted(
        module.name.rstrip("_") for module in pkgutil.iter_modules(importlib.import_module(COMMANDS).__path__)
    )


class ReaderGoneError(Exception):
    """Whoever read our stdout (`head`, a pager) has seen enough. Not an OSError: typer would make exit code 1 of that."""


class OneCommand(TyperCommand):
    """A command; an option whose metavar is in brackets may stand without its value, as `--changed [BASE]`."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the arguments."""
        bracketed = (param for param in self.params if str(getattr(param, "metavar", "") or "").startswith("["))
        optional = {name for param in bracketed for name in param.opts if name.startswith("--")}
        given: list[str] = []
        for index, argument in enumerate(args):
            following = args[index + 1 : index + 2]
            lacks_value = argument in optional and (not following or following[0].startswith("-"))
            given += [argument, ""] if lacks_value else [argument]
        return super().parse_args(ctx, given)


class CommandFolder(TyperGroup):
    """A group whose commands are files, so that a run imports only the one that it needs."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGoneError from None

    def list_commands(self, ctx: Any) -> list[str]:
        """The names for `cta --help`."""
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in command_names():
            return None
        import keyword

        module = importlib.import_module(f"{COMMANDS}.{cmd_name}{'_' if keyword.iskeyword(cmd_name) else ''}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(name=cmd_name, cls=OneCommand, context_settings=NAMES_ON_HELP)(module.main)
        return get_command(single)


app = typer.Typer(
    cls=CommandFolder,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=NAMES_ON_HELP,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"cta {__version__}")  # noqa: T201
        raise typer.Exit


@app.callback(invoke_without_command=True)
def cta(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Which of our pages actually sells? Start with `cta demo`."""
    if context.invoked_subcommand is None:
        print(context.get_help())  # noqa: T201


def run() -> NoReturn:
    """The entry point of `cta`. Exit codes: 0 done or clean, 1 findings, 2 could not run."""
    # Both shorten the cold start, by some 12 ms each: no search of all packages for plugins of pydantic, which none of
    # ours are, and no collection of garbage while modules are loaded, which leave none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(50_000)
    try:
        code = app(standalone_mode=False, prog_name="cta")
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except CtaError as error:
        code = _fail(str(error))
    except TyperException as error:
        context = getattr(error, "ctx", None)
        code = _fail(f"{error.format_message()} See `{context.command_path if context else 'cta'} --help`.")
    except (KeyboardInterrupt, Abort):
        code = _fail("interrupted; what was being written is as it was before, run the same command again")
    except (ReaderGoneError, BrokenPipeError):
        # Python would complain once more at exit, hence the null device.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> int:
    from cta_analytics.cli.output import escape

    print(f"cta: {escape(message, keep=LINE_END)}", file=sys.stderr)  # noqa: T201
    return COULD_NOT_RUN
