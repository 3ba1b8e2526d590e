"""Rows of the past that say otherwise than when they were imported before: what was imported stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from casework.history_messages import message_id, messages
from casework.history_rows import FACTS, PastEpisode
from casework.index_rows import RowProblem
from domain.imported import Past
from schemas.notification import TYPES, staff_source
from schemas.reading import Unreadable, digest, read_notification
from schemas.words import Kind, Stage
from store import imported
from store.database import Transaction
from store.imported import Before

MEND: Final = "what was imported stands; put the row back, and record the correction as what you were told"
KINDS: Final = (Kind.REPORTED, Kind.LOCATED, Kind.RETURNED)


def key_of(row: PastEpisode) -> str:
    """Return the key under which a row's interview is imported: other facts have another one."""
    told = ((name, getattr(row.interview, name)) for name in Past.__slots__)
    facts = {name: str(value) for name, value in told if value is not None}
    return f"history/{row.id}/{digest(facts).hex()[:16]}"


async def conflicts(tx: Transaction, rows: Sequence[PastEpisode]) -> list[RowProblem]:
    """Name every row that says otherwise than what was imported of it before."""
    ids = [message_id(row, kind) for row in rows for kind in KINDS]
    stored = await imported.payloads(tx, staff_source(tx.authority), ids)
    earlier: dict[str, list[Before]] = {}
    for each in await imported.before(tx, [row.id for row in rows]):
        earlier.setdefault(each.key.split("/")[1], []).append(each)
    return [
        RowProblem(row.line, row.child_key, message)
        for row in rows
        for message in (
            *_differences(row, stored, tx.authority),
            *_of_interview(row, earlier.get(row.id, ())),
        )
    ]


def unreadable(rows: Iterable[PastEpisode], authority: str) -> Iterator[RowProblem]:
    """Yield every row that makes no message that can be read."""
    for row in rows:
        try:
            for message in messages(row, authority):
                read_notification(message)
        except Unreadable as error:
            yield from (RowProblem(row.line, row.child_key, str(problem)) for problem in error.problems)


def _differences(row: PastEpisode, stored: Mapping[str, Any], authority: str) -> Iterator[str]:
    if message_id(row, Kind.REPORTED) not in stored:
        return
    told = {message["id"]: message for message in messages(row, authority)}
    for kind in KINDS:
        id_ = message_id(row, kind)
        if id_ in stored and id_ not in told:
            yield f"{kind}_at: was given when the row was imported, and is empty now: {MEND}"
        elif id_ in stored and stored[id_] != told[id_]:
            yield f"{', '.join(_fields(stored[id_], told[id_]))}: differs from what was imported: {MEND}"


def _fields(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns that differ."""
    if was["data"]["occurred_at"] != now["data"]["occurred_at"]:
        yield f"{TYPES[now['type']]}_at"
    facts = (was["data"].get("missing", {}), now["data"].get("missing", {}))
    yield from (name for name in FACTS if facts[0].get(name) != facts[1].get(name))
    if was["data"]["child"] != now["data"]["child"]:
        yield "who the child is"


def _of_interview(row: PastEpisode, earlier: Iterable[Before]) -> Iterator[str]:
    """Whether the row says something else of an interview that was imported with an end."""
    ended = [each for each in earlier if each.status != Stage.DUE]
    if ended and row.tells_of_interview and key_of(row) not in {each.key for each in earlier}:
        yield f"the interview: differs from what was imported ({ended[0].status}): what was imported stands"
