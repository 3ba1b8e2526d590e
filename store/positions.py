"""Which offsets of Kafka's log were seen: the database's own record, that judges every client's.

An offset is seen once the transaction that dealt with its message commits: applied, or kept as a dead letter.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from store.database import Transaction


class Partition(NamedTuple):
    """One partition of one topic. `topic_id` is the broker's: a topic made anew has another."""

    cluster: str
    topic: str
    topic_id: str
    partition: int


class Position(NamedTuple):
    """Where one message stands in Kafka's log."""

    of: Partition
    offset: int


class Span(NamedTuple):
    """Offsets from `start` up to, but without, `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


async def saw(tx: Transaction, positions: Iterable[Position]) -> None:
    """Record that these messages were dealt with. Last in its transaction: it locks the partitions' rows."""
    ordered = sorted(set(positions))  # so that two transactions never wait for each other
    for of, group in groupby(ordered, key=lambda position: position.of):
        await passed(tx, of, [Span(each.offset, each.offset + 1) for each in group])


async def passed(tx: Transaction, of: Partition, spans: Sequence[Span]) -> None:
    """Record offsets as seen, also those that hold no message, as a producer's markers."""
    await tx.run(_JOIN.format(column="seen"), spans=_multirange(spans), **of._asdict())


async def lost(tx: Transaction, of: Partition, spans: Sequence[Span]) -> None:
    """Record offsets that the broker deleted before they were seen; the report tells of them for good."""
    await tx.run(_JOIN.format(column="gone"), spans=_multirange(spans), **of._asdict())


async def among(tx: Transaction, positions: Iterable[Position]) -> set[Position]:
    """Return those of these messages that were seen."""
    asked = [{**each.of._asdict(), "at": each.offset} for each in set(positions)]
    rows = await tx.all(
        """
        SELECT cluster, topic, topic_id, partition, at
        FROM json_to_recordset(CAST(:asked AS json))
            AS asked(cluster text, topic text, topic_id text, partition integer, at bigint)
        JOIN positions USING (cluster, topic, topic_id, partition)
        WHERE seen @> at
        """,
        asked=json.dumps(asked),
    )
    return {Position(Partition(row.cluster, row.topic, row.topic_id, row.partition), row.at) for row in rows}


async def unseen(tx: Transaction, of: Partition, within: Span) -> list[Span]:
    """Return what of these offsets was neither seen nor found gone, in order."""
    rows = await tx.all(
        f"""
        SELECT lower(hole) AS first, upper(hole) AS last FROM unnest(
            int8multirange(int8range(:start, :end))
            - coalesce((SELECT seen + gone FROM positions WHERE {_OF}), '{{}}')
        ) AS hole ORDER BY 1
        """,  # noqa: S608 - constants
        start=within.start,
        end=max(within),
        **of._asdict(),
    )
    return [Span(row.first, row.last) for row in rows]


async def count_lost(tx: Transaction, of: Partition) -> int:
    """Return how many messages the broker deleted before they were seen."""
    rows = await tx.all(
        f"SELECT upper(hole) - lower(hole) FROM unnest((SELECT gone FROM positions WHERE {_OF})) AS hole",  # noqa: S608
        **of._asdict(),
    )
    return sum(row[0] for row in rows)


_OF = "cluster = :cluster AND topic = :topic AND topic_id = :topic_id AND partition = :partition"
_JOIN = """
    INSERT INTO positions (cluster, topic, topic_id, partition, {column})
    VALUES (:cluster, :topic, :topic_id, :partition, CAST(:spans AS int8multirange))
    ON CONFLICT (cluster, topic, topic_id, partition)
        DO UPDATE SET {column} = positions.{column} + EXCLUDED.{column}
"""


def _multirange(spans: Sequence[Span]) -> str:
    """Return the spans as PostgreSQL writes them."""
    return f"{{{','.join(f'[{start},{end})' for start, end in spans)}}}"
