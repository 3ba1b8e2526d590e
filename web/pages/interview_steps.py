"""What to do next about one interview: a single plain step, from where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from schemas.access import Duty
from schemas.childs_answer import Said
from schemas.words import Stage
from web.pages.times import moment


class Standing(Protocol):
    """Where an interview stands, as far as it says what comes next."""

    @property
    def id(self) -> UUID: ...
    @property
    def status(self) -> str: ...
    @property
    def attempts(self) -> int: ...
    @property
    def accepted(self) -> bool | None: ...
    @property
    def arranged_for(self) -> datetime | None: ...
    @property
    def arranged_until(self) -> datetime | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def sent_back_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `act` is what a button for it says, where that is not the title.

    `address` is None where there is nothing to do but to wait, or nothing at all.
    """

    title: str
    address: str | None = None
    about: str = ""
    act: str = ""

    @property
    def button(self) -> str:
        return self.act or self.title


def next_step(
    at: Standing, now: datetime, duties: frozenset[Duty], *, begun: bool = False, said: Said | None = None
) -> Step:
    """Return what to do next; `begun` says that something of the record is written.

    `said` is what the child answered by the link, as long as nobody has recorded it.
    """
    stage = Stage(at.status)
    if said is not None and stage in ANSWERED_AT:
        return _answered(at, said)
    if stage is Stage.HELD:
        return _record(at, begun=begun)
    if stage is Stage.SUBMITTED and Duty.MANAGER in duties:
        return Step("Read the record and decide", f"/interviews/{at.id}/review", "It waits for a manager.")
    if stage is Stage.DUE and Duty.MANAGER in duties:
        return Step("Give it to an interviewer", f"/interviews/{at.id}/allocate", "Nobody has it yet.")
    return _STEPS[stage](at, now)


def _record(at: Standing, *, begun: bool) -> Step:
    address = f"/interviews/{at.id}/record"
    if at.sent_back_at:
        return Step("Mend what was sent back", address, f"The manager sent it back {_on(at.sent_back_at)}.")
    if begun:
        return Step("Go on with the record", address, "What you wrote so far is kept.")
    return Step("Write the record", address, "While you remember it: section by section, kept as you type.")


def _on(at: datetime) -> str:
    return f"on {moment(at)}"


def _offer(at: Standing, _: datetime) -> Step:
    again = "Try again to offer it" if at.attempts else "Offer the interview"
    about = "Nobody was reached yet." if at.attempts else "The child was not asked yet."
    return Step(again, _do(at, "offer"), about)


def _answered(at: Standing, said: Said) -> Step:
    title, about = _BY_THE_LINK[said]
    return Step(title, _do(at, "offer"), f"{RECORD_IT} {about}", "Record the answer")


def _after_offer(at: Standing, _: datetime) -> Step:
    match at.accepted:
        case True:
            return Step("Arrange a time", _do(at, "arrange"), "The child said yes.")
        case False:
            return Step("Record that the child declined", _do(at, "decline"), "The child said no when asked.")
        case None:
            return Step("Ask again", _do(at, "offer"), "The child has not decided yet.")


def _arranged(at: Standing, now: datetime) -> Step:
    until = at.arranged_until
    if until is not None and until <= now:
        return Step("Record that it was held", _do(at, "hold"), "The agreed time has passed.")
    if at.arranged_for is not None:
        where = f", {at.place}" if at.place else ""
        when = f"It is agreed for {moment(at.arranged_for, now)}{where}."
        return Step("Hold the interview", _do(at, "hold"), when, "Record that it was held")
    return Step("Record that it was held", _do(at, "hold"))


def _do(at: Standing, command: str) -> str:
    return f"/interviews/{at.id}/do/{command}"


def _nothing(title: str, about: str = "") -> Callable[[Standing, datetime], Step]:
    return lambda at, now: Step(title, None, about)


ANSWERED_AT: Final = frozenset({Stage.ALLOCATED, Stage.OFFERED, Stage.DECLINED})
"""Where an answer by the link comes before all else that could be done."""
RECORD_IT: Final = "Record the answer first: the form is filled in with it."
_BY_THE_LINK: Final[Mapping[Said, tuple[str, str]]] = {
    Said.YES: ("The child said yes by the link: arrange a time", "Then agree on a time and place."),
    Said.NOT_NOW: (
        "The child said “not now” by the link: ask again later",
        "Then ask again before it is due.",
    ),
    Said.NO: (
        "The child said no by the link: offer another way",
        "Then offer somebody else, another place or another way. If it stays a no, record that the child"
        " declined.",
    ),
}
_STEPS: Final[Mapping[Stage, Callable[[Standing, datetime], Step]]] = {
    Stage.DUE: _nothing("A manager gives it to an interviewer", "Nobody has it yet."),
    Stage.ALLOCATED: _offer,
    Stage.OFFERED: _after_offer,
    Stage.ARRANGED: _arranged,
    Stage.SUBMITTED: _nothing("The manager decides", "There is nothing that you have to do."),
    Stage.APPROVED: _nothing("Nothing more to do", "The record is approved, its outcomes are in the plan."),
    Stage.DECLINED: _nothing("Nothing more to do", "If the child wants to talk after all, offer it again."),
    Stage.NOT_POSSIBLE: _nothing("Nothing more to do", "Should it become possible, a manager gives it out."),
    Stage.VOIDED: _nothing("Nothing more to do", "It is off the list."),
}
