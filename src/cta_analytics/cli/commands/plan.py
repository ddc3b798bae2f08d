"""`cta plan`: tags that make answers measurable."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import output, terminal
from cta_analytics.cli.options import Config
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.conversions.plan_tags import TagPlan
    from cta_analytics.lint.patch import Patch

COLUMNS = ("answer", "clicks", "tag", "new", "basis")


class TagKind(StrEnum):
    """What makes an answer measurable."""

    channel = "channel"
    maas = "maas"
    tracking_id = "tracking_id"


class PlanFormat(StrEnum):
    """How the plan is printed; in JSON it holds the patch."""

    table = "table"
    json = "json"


def main(
    by: Annotated[TagKind, typer.Option("--by", help="The kind of tag to plan.")] = TagKind.channel,
    days: Annotated[int, typer.Option("--days", min=7, help="Rank the answers by the clicks of so many days.")] = 91,
    most: Annotated[
        int | None, typer.Option("--tags", metavar="N", min=1, help="Use at most so many tags in all, pools included.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print only the patch of cta.toml.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the tags into cta.toml.")] = False,
    format: Annotated[PlanFormat, typer.Option("--format", help="How to print the plan.")] = PlanFormat.table,  # noqa: A002
    config_file: Config = None,
) -> None:
    """Give answers tags of their own, so that what they sell is measured; the least clicked ones share pools.

    Tags that an answer has already are kept. After --write, `cta lint --fix` puts the tags into the links.
    """
    from cta_analytics.conversions import plan_tags
    from cta_analytics.lint.diff import folder_of, unified
    from cta_analytics.warehouse.connection import reader

    project = config.read(config_file)
    with reader(project) as connection:
        planned = plan_tags.read(connection, project.contract, by.value, days, most)
    patch = _patch(planned, project)
    text = unified(patch, folder_of([patch.path])) if patch.before != patch.after else b""
    if format is PlanFormat.json:
        output.print_json(planned.as_json() | {"patch": text.decode()})
    else:
        if not diff:
            _print(planned)
        if not write or diff:
            coloured = unified(patch, folder_of([patch.path]), colour=True) if text else b""
            sys.stdout.write((coloured if terminal.has_colour(sys.stdout) else text).decode())
    if write and text:
        patch.path.write_bytes(patch.after)
    _tell(planned, is_changed=bool(text), is_written=write)


def _patch(planned: TagPlan, project: config.Project) -> Patch:
    from cta_analytics.contract_patch import patched
    from cta_analytics.lint.patch import Patch

    if project.file is None:
        raise CtaError("no cta.toml to plan for; draft one with `cta init SITE`")
    before = project.file.read_bytes()
    text = before.decode("utf-8-sig")
    settings = planned.settings(project.contract)
    after = patched(text, settings, str(project.file)).encode() if settings else before
    if settings and before.startswith(b"\xef\xbb\xbf"):
        after = b"\xef\xbb\xbf" + after
    return Patch(project.file.name, project.file, before, after, ())


def _print(planned: TagPlan) -> None:
    rows = [
        {
            "answer": one.answer,
            "clicks": one.clicks,
            "tag": one.tag,
            "new": "new" if one.is_new else "",
            "basis": f"{one.basis} (shared tag)" if one.is_shared else one.basis,
        }
        for one in planned.answers
    ]
    output.emit_rows(rows, COLUMNS, output.TableFormat.table)


def _tell(planned: TagPlan, is_changed: bool, is_written: bool) -> None:
    total = planned.clicks()
    shares = ", ".join(
        f"{100 * planned.clicks(basis) / total:.0f} % {says}"
        for basis, says in (
            ("measured", "on tags of their own"),
            ("allocated", "on shared tags, hence allocated"),
            ("masked", "on tags with too few clicks for Amazon to show"),
        )
        if total
    )
    output.say(f"{total:,} clicks in {planned.days} days" + (f": {shares}" if shares else ""))
    if planned.beside_maas:
        output.say(
            f"{', '.join(planned.beside_maas)}: these links carry an Attribution tag too; Amazon documents nowhere that "
            "both are counted, so try it on one page first"
        )
    for line in planned.todo:
        output.say(f"To do at Amazon: {line}")
    if not is_changed:
        output.say("cta.toml holds this plan already")
    elif is_written:
        output.say("cta.toml is written; `cta lint --fix` puts the tags into the links")
    else:
        output.say("nothing is written; `cta plan --write` does it")
