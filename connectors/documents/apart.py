"""PDFs and Office documents are read in a process of their own, with a limit of time and of memory.

Libraries that read them are large, and somebody may send what makes them run for ever. The process gets the
bytes and gives back what was found; of our surroundings (secrets in the environment) it sees nothing.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from connectors.documents.archives import Refused
from connectors.documents.found import Found, within
from connectors.documents.kinds import Kind
from connectors.documents.limits import APART_BYTES, APART_SECONDS
from connectors.documents.parts import Row, Table

Reader = Callable[[bytes, str, Found], None]
NEEDED: Final = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT", "TZ")
DAMAGED: Final = (
    "cannot be read: it is damaged, or made in an unusual way; open it, save it anew and send that"
)
TOO_LONG: Final = f"cannot be read within {APART_SECONDS} seconds: save it anew, or send less in one file"


def read_apart(kind: Kind, content: bytes, place: str, found: Found) -> None:
    """Read a document, come what may."""
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", __package__, kind.name],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=APART_SECONDS * 2,
            check=True,
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
        )
        _merge(json.loads(done.stdout), place, found)
    except subprocess.TimeoutExpired:
        found.fault(place, TOO_LONG)
    except subprocess.CalledProcessError as ended:
        found.fault(place, TOO_LONG if ended.returncode < 0 else DAMAGED)  # ended by its limit, or by itself
    except (OSError, ValueError):
        found.fault(place, DAMAGED)


def read_here(kind: Kind, content: bytes, place: str, found: Found) -> None:
    """Read a document in this process."""
    try:
        _reader(kind)(content, place, found)
    except Refused as refused:
        found.fault(place, str(refused))
    except Exception:  # a damaged file makes a library raise anything
        found.fault(place, DAMAGED)


def _reader(kind: Kind) -> Reader:
    """Import only the library that is needed: each takes a while."""
    match kind:
        case Kind.PDF:
            from connectors.documents.portable import read_pdf  # noqa: PLC0415

            return read_pdf
        case Kind.WORKBOOK:
            from connectors.documents.workbooks import read_workbook  # noqa: PLC0415

            return read_workbook
        case _:
            from connectors.documents.word import read_word  # noqa: PLC0415

            return read_word


def _merge(told: Mapping[str, Any], place: str, found: Found) -> None:
    for table in told["tables"]:
        rows = tuple(Row(_in(place, row["place"]), tuple(row["cells"]), row["raw"]) for row in table["rows"])
        if all(map(found.takes, rows)):
            found.table(Table(_in(place, table["place"]), tuple(table["header"]), rows))
    for lines in told["lines"]:
        found.text(_in(place, lines["place"]), lines["text"])
    for fault in told["faults"]:
        found.fault(_in(place, fault["place"]), fault["message"])


def _in(place: str, part: str) -> str:
    return within(place, part) if part else place


def _limit() -> None:
    for what, most in ((resource.RLIMIT_CPU, APART_SECONDS), (resource.RLIMIT_AS, APART_BYTES)):
        with suppress(ValueError, OSError):  # a system without it, or with less already
            resource.setrlimit(what, (most, most))


def main(kind: str) -> None:
    """Read what comes on stdin, and tell what was found on stdout."""
    _limit()
    found = Found()
    read_here(Kind[kind], sys.stdin.buffer.read(), "", found)
    told = {name: [asdict(one) for one in getattr(found, name)] for name in ("tables", "lines", "faults")}
    sys.stdout.write(json.dumps(told))
