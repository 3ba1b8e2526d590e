"""Who may offer, answer and withdraw a hand-over, and until when it may be answered."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from casework.refusals import BadInput, NotAllowed
from domain.handover import Handover, latest_answer, why_not_offered, why_not_taken
from schemas.handover import HandoverAnswer, HandoverStep, HostStep, OfferHandover
from schemas.reading import Problem
from schemas.staff import StaffMember
from store import handovers, staff
from store.conduct import Conducted
from store.database import Transaction


async def check_offer(tx: Transaction, asked: OfferHandover, found: Conducted, now: datetime) -> None:
    """Pass an offer that can be made.

    Raises:
        BadInput: with every field that is wrong.
        NotAllowed: the interview cannot be handed over as it stands.
    """
    people = await staff.found(tx, [asked.by])
    problems = [*_of_manager(asked.by, people, now), *_of_offer(asked, tx.authority, found, now)]
    if problems:
        raise BadInput(problems)
    if found.progress.covered_by:
        raise NotAllowed(
            f"it is held in the conversation of interview {found.progress.covered_by}: hand that one over"
        )
    offers = [each.handover for each in await handovers.of_interview(tx, found.interview.id)]
    if why := why_not_offered(found.interview.stage, offers, now):
        raise NotAllowed(f"It cannot be handed over: {why}")


def _of_offer(asked: OfferHandover, owner: str, found: Conducted, now: datetime) -> Iterator[Problem]:
    latest = latest_answer(found.interview.due_at, now)
    if asked.to == owner:
        yield Problem("to", "is the authority itself: give the code of the one in whose area the child lives")
    if asked.accept_by <= now:
        yield Problem("accept_by", "lies in the past: give the host time to answer")
    if asked.accept_by > latest:
        until = f"{latest:%Y-%m-%dT%H:%M:%SZ}"
        yield Problem("accept_by", f"is too late: {until} is the latest, so that the deadline can be kept")


async def check_step(
    tx: Transaction, handover: Handover, step: HandoverStep, served: Collection[str], now: datetime
) -> None:
    """Pass a step by who may take it: the host, the owner, or the owner for a host that is not here.

    Raises:
        BadInput: with every field that is wrong.
        NotAllowed: it is another authority's to take, or the interview was held or closed meanwhile.
    """
    people = await staff.found(tx, [step.by])
    of_host = isinstance(step, HostStep)
    if of_host and tx.authority == handover.host:
        problems = [*_of_person(step.by, people, now), *_of_said(step, wanted=False)]
    elif of_host and handover.host in served:
        raise NotAllowed(f"{handover.host} is served here and answers by itself")
    elif tx.authority == handover.owner:
        problems = [*_of_manager(step.by, people, now), *(_of_said(step, wanted=True) if of_host else ())]
    else:
        raise NotAllowed(f"only {handover.owner}, which offered it, can withdraw it: refuse it instead")
    if problems:
        raise BadInput(problems)
    if step.answer is HandoverAnswer.ACCEPTED:
        async with handovers.in_name_of(tx, handover.owner) as theirs:
            stage = await handovers.stage_of(theirs, handover.interview_id)
        if why := why_not_taken(stage):
            raise NotAllowed(f"It cannot be accepted: {why}")


def _of_said(step: HandoverStep, *, wanted: bool) -> Iterator[Problem]:
    has = isinstance(step, HostStep) and step.said_by is not None
    if wanted and not has:
        yield Problem("said_by", "is lacking: name who of the host authority said so")
    if has and not wanted:
        yield Problem("said_by", "is for hosts that are not served here: leave it out, `by` says who it is")


def _of_person(by: str, people: Mapping[str, StaffMember], now: datetime) -> Iterator[Problem]:
    if by not in people:
        mend = "correct it, or import the directory with homeward interviewers import"
        yield Problem("by", f"{by} is not in the directory of staff: {mend}")
    elif not people[by].works_here_on(now.date()):
        yield Problem("by", f"{by} left on {people[by].gone_on}: name somebody who works here")


def _of_manager(by: str, people: Mapping[str, StaffMember], now: datetime) -> Iterator[Problem]:
    yield from _of_person(by, people, now)
    if by in people and not people[by].is_manager:
        yield Problem("by", f"{by} is no manager: hand-overs are for managers")
