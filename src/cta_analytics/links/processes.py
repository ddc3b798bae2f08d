"""Many files in several processes, their results in the order of the files, as one process would give them."""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from cta_analytics.errors import CtaError
from cta_analytics.urls.network import Network
from cta_analytics.urls.networks import load

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
F = TypeVar("F")

FEW = 200
"""With fewer files than this one process is as fast: starting others costs some 30 ms."""
_AT_ONCE = 20
# Their threads do not survive a fork.
_THREADED = ("polars", "duckdb")


def each(work: Callable[[F], T], files: Sequence[F]) -> Iterator[T]:
    """`work` of each file, in order. What `work` raises is raised where its file's turn is.

    Several processes are used where there are many files and processes can be forked, which needs no importable
    `__main__`: elsewhere, and beside other threads, this is a plain loop.
    """
    count = _processes(len(files))
    if count < 2:
        yield from map(work, files)
        return
    from multiprocessing import get_context

    context = get_context("fork")
    parts = [files[at : at + _AT_ONCE] for at in range(0, len(files), _AT_ONCE)]
    with ExitStack() as stack:
        pipes: list[Connection] = []
        for number in range(count):
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(work, parts[number::count], sending, pipes), daemon=True)
            process.start()
            stack.callback(process.join)
            stack.callback(process.terminate)
            sending.close()
            pipes.append(receiving)
        for number in range(len(parts)):
            try:
                results, error = pickle.loads(pipes[number % count].recv_bytes())  # noqa: S301 - from our own process
            except EOFError:
                raise CtaError(
                    "a process that read pages was ended from outside (is there memory enough?); run the command again"
                ) from None
            yield from results
            if error is not None:
                raise error


def _processes(files: int) -> int:
    if files < FEW or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    if any(name in sys.modules for name in _THREADED):
        return 1
    return min(len(os.sched_getaffinity(0)), 8)


def _run(
    work: Callable[[F], T], parts: Sequence[Sequence[F]], sending: Connection, others: Sequence[Connection]
) -> None:
    """What a process does: part after part, each sent once it is done; its pipe holds it up if it is ahead."""
    import signal

    # The parent says what an interruption means, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    gc.freeze()
    for part in parts:
        results: list[T] = []
        error: BaseException | None = None
        try:
            results += map(work, part)
        except BaseException as raised:  # noqa: BLE001 - it is raised in the parent
            error = raised
            if not isinstance(raised, CtaError):
                raised.add_note(traceback.format_exc())
        try:
            sending.send_bytes(_pickled((results, error)))
        except BrokenPipeError:
            return
        if error is not None:
            return


def _pickled(value: Any) -> bytes:
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {Network: _reduced}
    pickler.dump(value)
    return buffer.getvalue()


def _reduced(network: Network) -> Any:
    # A network of ours is known by its name on the other side, and is the same object there for all that name it; one
    # that the contract adds or widens has to be sent.
    ours = load().by_name.get(network.table) is network
    return (_network, (network.table,)) if ours else network.__reduce_ex__(pickle.HIGHEST_PROTOCOL)


def _network(table: str) -> Network:
    return load().by_name[table]
