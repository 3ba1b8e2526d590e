"""Processes that work in a directory: each speaks to a file, and holds the lock of the directory."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1  # from Linux's prctl.h


def run_to_end(command: Sequence[str], directory: Path, log: Path, lock: int) -> bool:
    """Return whether it succeeded."""
    return start(command, directory, log, lock).wait() == 0


def start(command: Sequence[str], directory: Path, log: Path, lock: int) -> subprocess.Popen[bytes]:
    """Start it out of Ctrl-C's reach; on Linux it does not outlive us."""
    with log.open("wb") as said:
        return subprocess.Popen(  # noqa: S603  # every command is ours
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            pass_fds=(lock,),
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509  # we have one thread
        )


def _die_with(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def die_with_parent() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # which was killed just before
            os._exit(1)

    return die_with_parent
