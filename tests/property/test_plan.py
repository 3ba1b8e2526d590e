"""The laws of the plan, over arbitrary entries of one child or two."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.plan.changes import Kind, changes
from domain.plan.fold import after, fold
from domain.plan.parts import Entry, Plan, action_id
from domain.plan.same import alike
from domain.plan.words import words_for
from schemas.plan import Done, NotDone, Outcomes, PlannedOutcome, Reviewed, Revised, Step, Superseded
from schemas.plan_policy import PlanPolicy
from schemas.record import Account, Outcome
from tests.unit.plan_examples import OTHER, SAME
from tests.unit.plans import DAY, MARCH

POLICY = PlanPolicy()
TEXTS = [text for pair in SAME[:5] + OTHER[:5] for text in pair] + ["", "🙂", "كنت خائفة", "O'Neill’s key"]
OWNERS = ["Ms Patel", "Mr Osei", "Mum", ""]
DAYS = st.none() | st.dates(date(2026, 2, 1), date(2026, 8, 1))
any_text = st.sampled_from(TEXTS) | st.text(max_size=40)
an_outcome = st.builds(
    PlannedOutcome,
    what=st.sampled_from(TEXTS),
    owner=st.sampled_from(OWNERS),
    due_on=DAYS,
    measure=st.just(""),
)
any_interviews = st.integers(1, 5)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    action, other = (action_id(UUID(int=draw(any_interviews)), draw(st.integers(1, 3))) for _ in range(2))
    kinds = [
        Done(action=action, seen="Seen."),
        NotDone(action=action, reason="No."),
        Revised(action=action, owner="Nan", due_on=draw(DAYS), reason="Later."),
        Reviewed(note="Looked at."),
    ]
    if action != other:
        kinds.append(Superseded(action=action, superseded_by=other, reason="Better."))
    return draw(st.sampled_from(kinds))


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Return what happened: outcomes of several interviews, each once, and steps of all kinds between."""
    entered = {
        interview: draw(st.lists(an_outcome, min_size=1, max_size=3))
        for interview in draw(st.sets(any_interviews))
    }
    told: list[tuple[int, Step]] = [
        (interview, Outcomes(outcomes=tuple(found))) for interview, found in entered.items()
    ]
    told += [(interview, draw(steps())) for interview in draw(st.lists(any_interviews, max_size=8))]
    return [
        Entry(no, UUID(int=interview), step, "Ms Patel", MARCH + DAY * no)
        for no, (interview, step) in enumerate(draw(st.permutations(told)), start=1)
    ]


def outcome_ids(entries: Sequence[Entry]) -> Counter[UUID]:
    return Counter(
        action_id(entry.interview_id, number)
        for entry in entries
        if isinstance(entry.step, Outcomes)
        for number, _ in enumerate(entry.step.outcomes, start=1)
    )


def source_ids(plan: Plan) -> Counter[UUID]:
    return Counter(source.id for action in plan.actions for source in action.sources)


@given(histories(), st.data())
def test_the_same_entries_give_the_same_plan_in_any_batches_and_order(
    entries: list[Entry], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(entries)))
    first = fold(entries[:cut], POLICY)
    in_batches = reduce(lambda plan, entry: after(plan, entry, POLICY), entries[cut:], first)
    assert in_batches == fold(data.draw(st.permutations(entries)), POLICY)


@given(histories())
def test_every_approved_outcome_is_a_source_of_exactly_one_action(entries: list[Entry]) -> None:
    plan = fold(entries, POLICY)
    assert source_ids(plan) == outcome_ids(entries)
    assert all(plan.find(each) for each in outcome_ids(entries))


@given(histories())
def test_a_version_never_lacks_an_action_of_the_one_before(entries: list[Entry]) -> None:
    versions = fold(entries, POLICY).versions
    assert [version.number for version in versions] == [*range(1, len(entries) + 1)]
    for before, now in pairwise(versions):
        assert [each.id for each in now.actions[: len(before.actions)]] == [
            each.id for each in before.actions
        ]


@given(histories(), st.data())
def test_merging_two_children_and_parting_them_again_keeps_every_action(
    entries: list[Entry], data: st.DataObject
) -> None:
    of_one = data.draw(st.sets(any_interviews))
    one = [entry for entry in entries if entry.interview_id.int in of_one]
    other = [entry for entry in entries if entry.interview_id.int not in of_one]
    merged, parted = fold(entries, POLICY), (fold(one, POLICY), fold(other, POLICY))
    assert source_ids(merged) == source_ids(parted[0]) + source_ids(parted[1])
    assert fold([entry for entry in entries if entry in one], POLICY) == parted[0]


@given(st.lists(st.lists(an_outcome, min_size=1, max_size=4), min_size=1, max_size=4))
def test_telling_the_same_again_makes_no_new_action(records: list[list[PlannedOutcome]]) -> None:
    entries = [
        Entry(no, UUID(int=no), Outcomes(outcomes=tuple(found)), "K. Osei", MARCH + DAY * no)
        for no, found in enumerate(records, start=1)
    ]
    once = fold(entries, POLICY)
    again = [replace(entry, no=entry.no + 10, interview_id=UUID(int=entry.no + 10)) for entry in entries]
    assert len(fold([*entries, *again], POLICY).actions) == len(once.actions)


@given(histories(), st.data())
def test_the_difference_counts_what_is_there(entries: list[Entry], data: st.DataObject) -> None:
    plan = fold(entries, POLICY)
    since = data.draw(st.integers(0, plan.number))
    until = data.draw(st.integers(since, plan.number))
    told = Counter(change.kind for change in changes(plan, since, until))
    before, now = (plan.versions[number - 1].actions if number else () for number in (since, until))
    assert told[Kind.NEW] == len(now) - len(before)
    sources = [sum(len(each.sources) for each in actions) for actions in (before, now)]
    assert told[Kind.NEW] + told[Kind.ASKED_AGAIN] == sources[1] - sources[0]


@given(histories(), st.data())
def test_nothing_is_told_between_a_version_and_itself(entries: list[Entry], data: st.DataObject) -> None:
    plan = fold(entries, POLICY)
    number = data.draw(st.integers(0, plan.number))
    assert changes(plan, number, number) == ()


@given(any_text, any_text, st.tuples(any_text, any_text))
def test_saying_the_same_is_symmetric_reflexive_and_a_share(
    one: str, other: str, owners: tuple[str, str]
) -> None:
    assert alike(one, other, owners) == alike(other, one, owners)
    assert alike(one, one, owners) == 1
    assert 0 <= alike(one, other, owners) <= 1


@given(st.text(max_size=400), st.text(max_size=400), any_text, any_text)
def test_what_is_shown_as_the_child_s_words_was_said_by_the_child(
    before: str, since: str, why: str, what: str
) -> None:
    account = Account(before=_kept(before), since=_kept(since))
    for passage in words_for(Outcome(what=_kept(what), why=_kept(why)), account):
        assert " ".join(passage.text.split()) in " ".join(getattr(account, passage.when).split())


def _kept(text: str) -> str:
    """Return text without what no record takes."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")
