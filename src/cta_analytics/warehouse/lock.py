"""One writer at a time: an advisory lock on a file, which names its holder."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cta_analytics.errors import CtaError


@contextmanager
def held(file: Path, wait: float = 0.0) -> Iterator[None]:
    """The lock on `file`, waiting at most `wait` seconds for another process to let it go.

    The kernel releases it when its holder ends, however it ends.

    Raises: CtaError that names the holder where it is still taken after `wait` seconds.
    """
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CtaError(f"{file}: cannot be written ({error.strerror}); run where the folder is yours") from None
    try:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    holder = os.pread(handle, 200, 0).decode(errors="replace").strip() or "another process"
                    raise CtaError(f"{file}: {holder} is writing; try again, or wait for it with --wait 60") from None
                time.sleep(min(0.05, max(0.0, deadline - time.monotonic())))
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} ({command})\n".encode(errors="replace"), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)
