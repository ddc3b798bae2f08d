"""The one exception that a user can cause."""

from __future__ import annotations


class CtaError(Exception):
    """Something the user can put right.

    Its text is one line: where, what is wrong, and what would work. The command line prints it on
    stderr and exits with 2; anything that is not a `CtaError` is a bug and keeps its traceback.
    """
