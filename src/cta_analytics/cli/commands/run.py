"""`cta run`: scan, ingest, import, audits and report, as `cta.toml` says."""

from __future__ import annotations

from cta_analytics import config
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.errors import CtaError


def main(config_file: Config = None, quiet: Quiet = False, wait: Wait = 0.0) -> None:
    """Do the whole week as cta.toml says, for cron: scan, ingest, import, audits, report.

    An input that fails does not stop the rest: the report says so on top, and the exit code is 2.
    It is 1 where an audit found rows.
    """
    from cta_analytics.cli import weekly

    project = config.read(config_file)
    if project.file is None:
        raise CtaError("no cta.toml here or in a folder above; write one (README, “Your own site”), or try `cta demo`")
    weekly.finish(weekly.run(project, wait=wait, quiet=quiet))
