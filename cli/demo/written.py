"""All that is sent by the forces that post nothing: each in its own format, as `forces.toml` has it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cli.demo import FENLAND_VALE, HARBOURSHIRE, MOORLAND, SEED, WESTMERE
from cli.demo.desk import Told
from cli.demo.fenland_vale import mails
from cli.demo.forces import formats
from cli.demo.harbourshire import schedule
from cli.demo.month import play
from cli.demo.moorland import documents
from cli.demo.westmere import lists
from cli.demo.writing import Sent
from connectors.formats import read_as_sent


def written(ends_at: datetime) -> tuple[Sent, ...]:
    """Return the files and mails of the month that ended then; the same moment gives the same bytes."""
    told = play(SEED, ends_at).written

    def of(source: str) -> list[Told]:
        return [one for one in told if one.event["source"] == source]

    return (
        *lists(of(WESTMERE), ends_at),
        *mails(of(FENLAND_VALE)),
        *schedule(of(HARBOURSHIRE), ends_at),
        *documents(of(MOORLAND)),
    )


def understood(ends_at: datetime) -> Iterator[Mapping[str, Any]]:
    """Yield the notifications that come of it."""
    for sent in written(ends_at):
        for notice in read_as_sent(sent.content, sent.name, formats()).notices:
            yield notice.event
