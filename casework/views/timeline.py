"""A child's line of time: what was told, what it came to, and every deadline that followed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.marks import LONDON, age_at, marks_of
from schemas.notification import Notification
from schemas.reading import read_notification
from store.children import Care
from store.database import Transaction
from store.views import children, episodes, interviews
from store.views.children import Child, Told
from store.views.episodes import Episode
from store.views.interviews import Interview, Value


@dataclass(frozen=True, slots=True)
class Telling:
    """One notification as people read it. `via` is how it came; `received_at` when.

    `by_likeness`: it was filed under the child by what it weighs, and not by a number.
    """

    notification: Notification
    via: str
    received_at: datetime
    marks: Sequence[str]
    by_likeness: bool = False


@dataclass(frozen=True, slots=True)
class InterviewStory:
    """An interview with every value that it ever had."""

    interview: Interview
    history: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One missing episode, what was told of it in that order, and its interviews: the live one first."""

    episode: Episode
    tellings: Sequence[Telling]
    interviews: Sequence[InterviewStory]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A child, and all that is known; `elsewhere` was told of the child and is in no episode."""

    child: Child
    age: int | None
    care: Sequence[Care]
    chapters: Sequence[Chapter]
    elsewhere: Sequence[Telling]


async def timeline(tx: Transaction, child: Child, now: datetime) -> Timeline:
    """Return a child's line of time, the latest episode first."""
    likened = await children.linked_by_weight(tx, child.id)
    tellings = {
        (told.source, told.id): _telling(told, (told.source, told.id) in likened)
        for told in await children.told(tx, child.id)
    }
    stories = await _stories(tx, child.id)
    chapters = [
        Chapter(
            episode,
            [
                tellings.pop((source, id_))
                for source, id_ in episode.notifications
                if (source, id_) in tellings
            ],
            stories.get(episode.id, []),
        )
        for episode in await episodes.of_child(tx, child.id)
    ]
    return Timeline(
        child=child,
        age=age_at(child.date_of_birth, now.astimezone(LONDON).date()) if child.date_of_birth else None,
        care=await children.care(tx, child.id),
        chapters=chapters,
        elsewhere=list(tellings.values()),
    )


async def _stories(tx: Transaction, child_id: UUID) -> dict[UUID, list[InterviewStory]]:
    wanted = interviews.Wanted(child_id=child_id)
    found = await interviews.listed(tx, wanted, None, limit=10_000)
    histories = await interviews.histories(tx, [interview.id for interview in found])
    stories: dict[UUID, list[InterviewStory]] = defaultdict(list)
    for interview in sorted(found, key=lambda i: (i.status == "voided", i.due_at)):
        stories[interview.episode_id].append(InterviewStory(interview, histories.get(interview.id, [])))
    return stories


def _telling(told: Told, by_likeness: bool) -> Telling:
    notification = read_notification(told.payload)
    marks = sorted(mark.value for mark in marks_of(notification, told.received_at))
    return Telling(notification, told.via, told.received_at, marks, by_likeness)
