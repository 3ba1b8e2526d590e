"""Where the data of a home is, and as whom PostgreSQL runs on it."""

import hashlib
import json
import os
import pwd
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.embedded.errors import EmbeddedError

SUPERUSER: Final = "postgres"
OWNER: Final = "homeward_owner"
APP: Final = "homeward_app"

APART: Final = Path("/var/lib/homeward")
POINTER: Final = "postgres.where"
ACCOUNTS: Final = ("postgres", "nobody")  # root runs PostgreSQL as the first of these that exists


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that PostgreSQL runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """One directory with everything of one server: data, log, locks, passwords."""

    directory: Path
    account: Account | None
    """None: as ourselves."""

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "postgres.log"

    @property
    def initialised(self) -> bool:
        return (self.data / "PG_VERSION").exists()


def settle(home: Path) -> Place:
    """Return the place of `home`'s data, made if need be: `home/postgres`, with one exception.

    As root, PostgreSQL runs as another user. Where that user cannot reach `home` (some directory above is
    0700), the place is `/var/lib/homeward/<hash of home>`; `home/postgres.where` says so once there is data.

    Raises:
        EmbeddedError: the data belongs to somebody we may not act for, or is not where it was.
        OSError: a directory cannot be made or read.
    """
    home.mkdir(parents=True, exist_ok=True)
    home = home.resolve()
    directory = (_pointed(home) or home / "postgres").resolve()
    if os.geteuid() != 0:
        _make(directory, 0o700)
        _refuse_strangers(directory)
        return Place(directory, account=None)
    account = _account(directory / "data")
    if not _reaches(account, directory.parent):
        if (directory / "data").exists():
            raise EmbeddedError(
                f"PostgreSQL runs as {account.name}, who cannot reach {directory}: "
                f"allow passage with chmod o+x on the directories that lead there."
            )
        directory = APART / hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    _make(directory, 0o711)
    return Place(directory, account)


def leave_pointer(home: Path, place: Place) -> None:
    """Write down in `home` where its data is, if it is kept apart."""
    pointer = home.resolve() / POINTER
    if place.directory.parent == APART and not pointer.exists():
        _write(pointer, f"{place.directory}\n")


def keys(place: Place) -> Mapping[str, str]:
    """Return the password of each role, made once and kept in a file that only its owner can read.

    Raises:
        EmbeddedError: there is data, but its passwords are lost.
    """
    path = place.directory / "keys.json"
    if not path.exists():
        if place.initialised:
            raise EmbeddedError(
                f"{path} with the passwords of {place.data} is missing: restore it from a backup."
            )
        _write(path, json.dumps({role: secrets.token_hex(24) for role in (SUPERUSER, OWNER, APP)}))
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _pointed(home: Path) -> Path | None:
    pointer = home / POINTER
    if not pointer.exists():
        return None
    directory = Path(pointer.read_text(encoding="utf-8").strip())
    if not (directory / "data").exists():
        raise EmbeddedError(
            f"{pointer} says that the data is in {directory}, where it is not: restore it, "
            f"or delete {pointer} to begin with an empty database."
        )
    return directory


def _account(data: Path) -> Account:
    """Return whose data it is; for new data an account made for the purpose."""
    if data.exists():
        uid = data.stat().st_uid
        if uid == 0:
            raise EmbeddedError(
                f"{data} belongs to root, as whom PostgreSQL refuses to run: "
                f"give it to another user with chown -R, for example {next(_known()).name}."
            )
        return next((each for each in _known() if each.uid == uid), None) or _numbered(
            uid, data.stat().st_gid
        )
    return next(_known())


def _known() -> Iterator[Account]:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        yield Account(name, entry.pw_uid, entry.pw_gid)
    yield Account(ACCOUNTS[-1], 65534, 65534)  # a container without these accounts can still use their number


def _numbered(uid: int, gid: int) -> Account:
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, gid)
    except KeyError:
        return Account(f"user {uid}", uid, gid)


def _reaches(account: Account, directory: Path) -> bool:
    """Return whether the account can enter the directory: tried, for mode bits do not tell of every rule."""
    command = ("/bin/sh", "-c", 'cd -- "$1"', "sh", str(directory))
    try:
        tried = subprocess.run(  # noqa: S603  # a fixed command
            command,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
    except PermissionError as error:
        raise EmbeddedError(
            f"PostgreSQL refuses to run as root, and root may not become {account.name} here: "
            f"run Homeward as an ordinary user."
        ) from error
    return tried.returncode == 0


def _refuse_strangers(directory: Path) -> None:
    for path in (directory, directory / "data"):
        if path.exists() and path.stat().st_uid != os.geteuid():
            raise EmbeddedError(
                f"{path} belongs to {_numbered(path.stat().st_uid, 0).name}: run Homeward as that user, "
                f"choose another home, or give the directory away with chown -R."
            )


def _make(directory: Path, mode: int) -> None:
    """Make a directory, and those above it, whatever the umask; leave one alone that is there."""
    if directory.exists():
        return
    _make(directory.parent, mode)
    directory.mkdir(exist_ok=True)
    directory.chmod(mode)


def _write(path: Path, text: str) -> None:
    """Write a private file, whole or not at all."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
