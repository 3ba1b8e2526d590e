"""What the team does to one interview, in order: each deed with its moment and the body of its command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cli.demo.course import Course, End
from cli.demo.poor import poor
from cli.demo.staff import CHIEF, MANAGERS
from cli.demo.story import Case, Draw, Story
from cli.demo.telling import good
from cli.demo.words import Pieces, answer

Shown = Mapping[str, Any]
"""An interview as the API shows it."""
SLOT_MINUTES: Final = 60
TO_CARER: Final = 0.3
VARIANTS: Final = 12
"""How often a record is worded anew when the gate finds it too like another one."""
WRITTEN_AGAIN: Final = 20
"""The first variant of a record that was sent back."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done. `drafts` are the records to be saved and submitted until one of them passes.

    `must_pass` is false of a poor record: the gate refuses it, and that is the story. `is_done` asks the
    interview as it is shown; `slot_at` is the time agreed on, which has to be still to come.
    """

    name: str
    at: datetime
    body: Mapping[str, Any]
    is_done: Callable[[Shown], bool]
    drafts: Sequence[Callable[[], dict[str, Any]]] = ()
    must_pass: bool = True
    slot_at: datetime | None = None


def deeds_of(case: Case, course: Course, interviewer: str, cover: tuple[str, datetime] | None) -> list[Deed]:
    """Return everything from the first attempt on; `cover` is another interview, and when it is joined."""
    return sorted(_Team(case, course, interviewer).deeds(cover), key=lambda deed: deed.at)


class _Team:
    """Puts the moments of a course into commands."""

    def __init__(self, case: Case, course: Course, interviewer: str) -> None:
        self._case, self._course, self._by = case, course, interviewer
        self._story = Story(case)
        self._draw = Draw(case.key, "deeds")
        self._manager = self._draw.one([each for each in MANAGERS if each != interviewer])

    def deeds(self, cover: tuple[str, datetime] | None) -> list[Deed]:
        covered = [self._covered(*cover)] if cover else []
        match self._course.end:
            case End.NOT_ALLOCATED:
                deeds = []
            case End.NOT_REACHED:
                deeds = self._tried()
            case End.NOT_ARRANGED:
                deeds = self._offered()[:-1]
            case End.DECLINED:
                deeds = [*self._offered("declined"), self._declined()]
            case End.NOT_POSSIBLE:
                deeds = [*self._tried(), self._not_possible()]
            case End.VOIDED:
                deeds = [self._voided()]
            case _:
                deeds = [*self._offered(), *covered, *self._held(), *self._written()]
        return deeds

    def _said(self, pieces: Pieces) -> str:
        return self._story.said(self._draw.one(pieces))

    def _tried(self) -> list[Deed]:
        return [self._offer(n, at, "not_reached") for n, at in enumerate(self._course.attempts)]

    def _offered(self, said: str = "accepted") -> list[Deed]:
        tried = self._tried()
        if at := self._course.undecided_at:
            tried.append(self._offer(len(tried), at, "undecided"))
        return [*tried, self._offer(len(tried), self._course.offered_at, said)]

    def _offer(self, number: int, at: datetime, said: str) -> Deed:
        to = "carer" if said == "not_reached" and self._draw.happens(TO_CARER) else "child"
        how = self._draw.one(("phone", "visit", "message"))
        body = {"at": at.isoformat(), "how": how, "to": to, "answer": said, "note": self._said(answer(said))}
        return Deed("offer", at, {"by": self._by, **body}, lambda shown: shown["attempts"] > number)

    def _held(self) -> list[Deed]:
        course, place = self._course, self._draw.one(answer("places"))
        slot = {"starts_at": course.held_at.isoformat(), "minutes": SLOT_MINUTES, "place": place}
        held = {"held_at": course.held_at.isoformat(), "place": place}
        return [
            Deed(
                "arrange", course.arranged_at, {"by": self._by, **slot},
                lambda shown: bool(shown["arranged_for"] or shown["held_at"]), slot_at=course.held_at,
            ),
            Deed("hold", course.held_at, {"by": self._by, **held}, lambda shown: bool(shown["held_at"])),
        ]  # fmt: skip

    def _written(self) -> list[Deed]:
        course = self._course
        if course.end is End.NOT_WRITTEN:
            return []
        deeds = [self._submitted(course.written_at, 0, _was_submitted)]
        if course.poor_at:
            deeds.insert(0, self._poor(course.poor_at))
        if course.end is End.NOT_APPROVED:
            return deeds
        if course.sent_back_at:
            again = self._submitted(course.mended_at, WRITTEN_AGAIN, _was_mended)
            deeds += [self._sent_back(course.sent_back_at), again]
        return [*deeds, self._approved()]

    def _poor(self, at: datetime) -> Deed:
        drafts = [lambda: poor(self._case)]
        return Deed("submit", at, {"by": self._by}, _was_submitted, drafts, must_pass=False)

    def _submitted(self, at: datetime, first: int, is_done: Callable[[Shown], bool]) -> Deed:
        drafts = [self._draft(first + number) for number in range(VARIANTS)]
        return Deed("submit", at, {"by": self._by}, is_done, drafts)

    def _draft(self, variant: int) -> Callable[[], dict[str, Any]]:
        return lambda: good(self._case, variant)

    def _sent_back(self, at: datetime) -> Deed:
        reasons = [{"section": "analysis", "reason": self._said(answer("sent_back"))}]
        return Deed("send-back", at, {"by": self._manager, "reasons": reasons}, _was_sent_back)

    def _approved(self) -> Deed:
        body = {"by": self._manager, "decision": self._said(answer("approved"))}
        return Deed("approve", self._course.approved_at, body, lambda shown: bool(shown["approved_at"]))

    def _covered(self, other: str, at: datetime) -> Deed:
        body = {"by": self._manager, "interviews": [other], "reason": self._said(answer("covered"))}
        return Deed("cover", at, body, lambda shown: other in shown["covers"])

    def _declined(self) -> Deed:
        at = self._course.closed_at
        body = {
            "by": self._by,
            "at": at.isoformat(),
            "declined_by": "child",
            "reason": self._said(answer("why_declined")),
            "also_offered": self._said(answer("also_offered")),
            "carer_said": self._said(answer("carer_said")),
            "authorised_by": self._manager,
        }
        return Deed("decline", at, body, lambda shown: bool(shown["declined_at"]))

    def _not_possible(self) -> Deed:
        reason = self._said(answer("not_possible"))
        body = {"by": self._by, "reason": reason, "authorised_by": self._manager}
        return Deed(
            "not-possible", self._course.closed_at, body, lambda shown: shown["status"] == "not_possible"
        )

    def _voided(self) -> Deed:
        body = {"by": self._manager, "reason": self._said(answer("voided"))}
        return Deed("void", self._course.closed_at, body, lambda shown: shown["status"] == "voided")


def allocation(case: Case, course: Course, interviewer: str) -> dict[str, Any]:
    """Return the body with which an interview is given to somebody."""
    why = Story(case).said(*answer("asked_for")) if course.chosen_by_child else ""
    return {"by": CHIEF, "interviewer": interviewer, "chosen_by_child": course.chosen_by_child, "why": why}


def _was_submitted(shown: Shown) -> bool:
    return bool(shown["submitted_at"] or shown["sent_back_at"])


def _was_sent_back(shown: Shown) -> bool:
    return bool(shown["sent_back_at"])


def _was_mended(shown: Shown) -> bool:
    return bool(shown["submitted_at"] and shown["sent_back_at"])
