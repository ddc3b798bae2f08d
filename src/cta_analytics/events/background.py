"""One thing at a time beside the main thread: while DuckDB stores one part of a log, polars reads the next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self


class Background:
    """Runs calls in the order given, on one thread, and never has more than one waiting: memory stays bounded."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "store")
        self._running: Future[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # What runs is waited for, also after an error: the transaction around it may not end before.
        self._worker.shutdown(wait=True, cancel_futures=True)

    def do(self, call: Callable[..., Any], *arguments: Any) -> None:
        """Begin the call when the one before it is through; that one's error is raised here."""
        self.finish()
        self._running = self._worker.submit(call, *arguments)

    def finish(self) -> None:
        """Wait for the last call; its error is raised here."""
        running, self._running = self._running, None
        if running is not None:
            running.result()
