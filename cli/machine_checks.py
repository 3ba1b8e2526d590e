"""What `homeward doctor` looks at on this machine, before it asks the database."""

import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from cli.errors import shown
from cli.finding import Finding, fail, note, ok
from cli.home import who_runs
from cli.settings import Settings, config_file
from schemas.policy import PolicyError

OLDEST_PYTHON: Final = (3, 11)
LITTLE_BYTES, MUCH_TOO_LITTLE_BYTES = 2_000_000_000, 300_000_000


def machine(settings: Settings) -> Iterator[Finding]:
    """Yield what is found without the database."""
    yield _python()
    path = config_file()
    yield ok(
        "settings", f"read from {path} and HOMEWARD_… variables" if path else "HOMEWARD_… variables only"
    )
    yield _home(settings.home)
    yield _space(settings.home)
    yield _policy(settings)
    running = who_runs(settings.home)
    yield (
        ok("up", f"runs at {running}") if running else note("up", f"no homeward up in {shown(settings.home)}")
    )
    yield ok("browser", "not needed by the product; only its tests want Chromium")


def _python() -> Finding:
    found = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return fail("python", f"{found} is too old", "make clean, then make setup PYTHON=python3.11 or newer")
    return ok("python", found)


def _home(home: Path) -> Finding:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return ok("home", f"{shown(home.resolve())} can be written")
    except OSError as error:
        return fail("home", f"{shown(home)}: {error.strerror}", "give it to this user, or set HOMEWARD_HOME")


def _space(home: Path) -> Finding:
    there = next((path for path in (home, *home.resolve().parents) if path.exists()), Path("/"))
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB free on its disk"
    if free < MUCH_TOO_LITTLE_BYTES:
        return fail("space", told, "free some now: without space nothing is taken in")
    if free < LITTLE_BYTES:
        return note("space", told, "free some soon")
    return ok("space", told)


def _policy(settings: Settings) -> Finding:
    try:
        policy = settings.read_policy()
    except PolicyError as error:
        return fail("policy", str(error), "correct the file, or unset HOMEWARD_POLICY for the default")
    which = shown(settings.policy) if settings.policy else "the default"
    hours = policy.interview.within / timedelta(hours=1)
    return ok("policy", f"{which}, revision {policy.revision}, interviews within {hours:g} hours")
