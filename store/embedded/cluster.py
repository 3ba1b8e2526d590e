"""A data directory made, and a server started on it."""

import os
import re
import shlex
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from store.embedded import binaries, claims, place, postmaster
from store.embedded.errors import EmbeddedError
from store.embedded.place import Place

HOST: Final = "127.0.0.1"
SETTINGS: Final[Mapping[str, str]] = {
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",  # a container's small /dev/shm is soon full
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # a DETAIL quotes rows, and a statement values: children's details
    "log_min_error_statement": "panic",
}
START_SECONDS: Final = 60
ORPHANS_SECONDS: Final = 20.0
TRIES: Final = 8
LOG_BYTES: Final = 5_000_000
BUILTIN_LOCALE_SINCE: Final = 17

MENDS: Final = (
    ("No space left on device", "free some space on that disk"),
    ("Permission denied", "let PostgreSQL's user read and write everything below that directory"),
    ("Operation not permitted", "let PostgreSQL's user read and write everything below that directory"),
    ("wrong ownership", "give it back to one user with chown -R"),
    ("invalid permissions", "allow its owner alone with chmod 0700"),
    ("shared memory", "free some memory, or lower the setting shared_buffers"),
    ("semaphores", "raise the limit with sysctl kernel.sem, or lower the setting max_connections"),
    ("configuration parameter", "correct the settings"),
    ("for parameter", "correct the settings"),
    ("postmaster.pid", "end the other PostgreSQL on this data; if there is none, delete its postmaster.pid"),
    ("shared libraries", "install them"),
)


def create(where: Place, chosen: Path | None, settings: Mapping[str, str]) -> None:
    """Make the data directory: whole, or not at all.

    Raises:
        EmbeddedError: initdb failed, or there are no binaries.
    """
    programs, major = binaries.locate(chosen, where)
    options = _initdb_options(major, durable=settings.get("fsync") != "off")
    with (
        _freed(where) as lock,
        _workshop(where) as new,
    ):  # freed: an initdb goes on when its starter is killed
        status, said = binaries.run(programs / "initdb", *options, account=where.account, cwd=new, keep=lock)
        if status:
            raise EmbeddedError(_explained(said, f"PostgreSQL could not make its data in {where.directory}"))
        (new / "data").rename(where.data)


@contextmanager
def _workshop(where: Place) -> Iterator[Path]:
    """Make a directory for initdb, with the superuser's password in it; nothing of it stays."""
    for left in where.directory.glob("new-*"):
        shutil.rmtree(left)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=where.directory))
    try:
        (new / "password").write_text(place.keys(where)[place.SUPERUSER], encoding="utf-8")
        for path in (new, new / "password"):
            _give(path, where)
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _initdb_options(major: int, *, durable: bool) -> Sequence[str]:
    options = ["--pgdata=data", f"--username={place.SUPERUSER}", "--pwfile=password", "--auth=scram-sha-256"]
    options += ["--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"]
    if major >= BUILTIN_LOCALE_SINCE:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options if durable else [*options, "--no-sync"]


def start(where: Place, chosen: Path | None, settings: Mapping[str, str]) -> None:
    """Start a server on data that is there; return when it is ready, or another start has won.

    Raises:
        EmbeddedError: it does not start.
    """
    programs, major = binaries.locate(chosen, where)
    _same_version(where, programs, major)
    said = ""
    for port in _ports(where.data):
        with _freed(where) as lock:
            if lock is None:
                return
            postmaster.forget(where.data)
            said = _try(where, programs, lock, {**SETTINGS, **settings, **_ours(where, port)})
        if not said or postmaster.find(where.data):
            return
        if "could not bind" not in said:
            break
    raise EmbeddedError(_explained(said, f"PostgreSQL does not start on {where.data}"))


def _ports(data: Path) -> Iterator[int]:
    """First the port of a server that did not end well, for those who still ask there; then free ones."""
    last = postmaster.last_port(data)
    if last:
        yield last
    for _ in range(TRIES):
        with closing(socket.socket()) as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        yield port  # free a moment ago; PostgreSQL finds out whether it still is


@contextmanager
def _freed(where: Place) -> Iterator[int | None]:
    """Hold the lock for a server, once no process of an earlier one does; None: there is a server after all.

    Raises:
        EmbeddedError: somebody keeps it.
    """
    give_up_at = time.monotonic() + ORPHANS_SECONDS
    while time.monotonic() < give_up_at:
        with claims.server_lock(where.directory) as lock:
            if lock is not None or postmaster.find(where.data):
                yield lock
                return
        postmaster.end_orphans(where.data)
        time.sleep(claims.POLL_SECONDS)
    raise EmbeddedError(
        f"A PostgreSQL that cannot be reached from here holds {where.data}, perhaps in another container: "
        f"stop it there, or run this command in there."
    )


def _try(where: Place, programs: Path, lock: int, settings: Mapping[str, str]) -> str:
    """Return an empty text for a server that is ready, else what it and pg_ctl said."""
    began = _log_begins(where)
    options = shlex.join(f"--{name}={value}" for name, value in settings.items())
    files = ("--pgdata=data", f"--log={where.log.name}")  # relative: pg_ctl does not quote
    status, said = binaries.run(
        *(programs / "pg_ctl", "start", "--wait", f"--timeout={START_SECONDS}", "--silent"),
        *files,
        f"--options={options}",
        account=where.account,
        cwd=where.directory,
        keep=lock,
    )
    if status == 0:
        return ""
    with where.log.open(encoding="utf-8", errors="replace") as log:
        log.seek(began)
        return f"{said}\n{log.read()}"


def _same_version(where: Place, programs: Path, major: int) -> None:
    made_by = (where.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if made_by != str(major):
        raise EmbeddedError(
            f"{where.data} was made by PostgreSQL {made_by}, but {programs} has {major}: set "
            f"HOMEWARD_POSTGRES_BIN to the bin directory of PostgreSQL {made_by}, "
            f"or move the data over with its pg_dump."
        )


def _ours(where: Place, port: int) -> Mapping[str, str]:
    """Return what no setting may change."""
    name = postmaster.marker(where.data)
    address = {"listen_addresses": HOST, "port": str(port), "unix_socket_directories": ""}
    return {**address, "cluster_name": name, "logging_collector": "off"}


def _log_begins(where: Place) -> int:
    """Return how long the log is; first set a long one aside, and make one that PostgreSQL may write."""
    if where.log.exists() and where.log.stat().st_size > LOG_BYTES:
        where.log.replace(where.log.with_suffix(".log.old"))
    os.close(os.open(where.log, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600))
    _give(where.log, where)
    return where.log.stat().st_size


def _give(path: Path, where: Place) -> None:
    if where.account:
        os.chown(path, where.account.uid, where.account.gid, follow_symlinks=False)


def _explained(said: str, what: str) -> str:
    """Return one sentence: what failed, the line that says why, how to mend it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    lines = [line for line in lines if "could not start server" not in line]  # pg_ctl, which knows no more
    telling = [line for line in lines if re.search(r"FATAL|PANIC|error:|cannot|could not", line)] or lines
    why = re.sub(r"^.*?(FATAL|PANIC|LOG|error):\s*", "", telling[-1]) if telling else "it says nothing"
    mend = next((mend for words, mend in MENDS if words in why), "mend what it names, or restore a backup")
    return f"{what} ({why}): {mend}."
