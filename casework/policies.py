"""How another policy comes into force: it is uploaded, looked at with what it would change, and accepted.

What the settings name counts until the first version is accepted, and from then on no more.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from casework import refolding
from casework.apply import CHANGED
from casework.policy_effect import Difference, Effect, effect_of
from casework.policy_in_force import in_force, read_kept
from casework.policy_steps import steps_at_once
from casework.policy_text import POLICY, differences, read_text, told
from casework.refolding import Refolded
from casework.refusals import BadInput, Conflict, Unknown
from schemas.policy import Policy, PolicyError
from schemas.reading import Problem, canonical, digest
from store import ledger, policies
from store.database import Store, Transaction
from store.policies import PolicyRow

PERSON: Final = "system:policy"
"""Who folds again: every child's deadline follows, also one that whoever accepts may not see."""
MOST_WORDS: Final = 500


class Standing(StrEnum):
    """How far a version has come."""

    WAITING = "waiting"
    IN_FORCE = "in force"
    ENDED = "ended"
    """It was in force, until the next one was accepted."""
    PASSED_OVER = "passed over"
    """A newer one was uploaded before anybody accepted it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version and how it stands. Its policy is text, since this release may not be able to read it."""

    row: PolicyRow
    standing: Standing

    @property
    def policy(self) -> Policy:
        """Return it read.

        Raises:
            PolicyError: it was kept by a release that knew other settings.
        """
        return read_kept(self.row.policy)


async def versions(tx: Transaction) -> list[Version]:
    """Return every version, the newest first."""
    rows = await policies.versions(tx)
    newest = rows[0].no if rows else 0
    now = max((row.no for row in rows if row.accepted_at), default=0)
    return [Version(row, _standing(row, newest, now)) for row in rows]


async def version(tx: Transaction, no: int) -> Version:
    """Return one version.

    Raises:
        Unknown: there is none of this number.
    """
    found = next((each for each in await versions(tx) if each.row.no == no), None)
    if found is None:
        raise Unknown(f"there is no version {no} of the policy: look at homeward policy versions")
    return found


async def upload(store: Store, authority: str, text: str, *, why: str, person: str, now: datetime) -> Version:
    """Keep another version, of a TOML or JSON text. Nothing changes until it is accepted.

    Raises:
        BadInput: a setting is unknown or out of its range, it says nothing new, or the reason lacks.
        DatabaseUnavailable: nothing was kept; the same again does no harm.
    """
    policy, why = _read(text, why)
    async with store.transaction(authority, person, exclusive=True) as tx:
        before = await policies.versions(tx)
        content = told(policy)
        row = PolicyRow(
            before[0].no + 1 if before else 1, canonical(content).decode(), digest(content), person, now, why
        )
        if before and before[0].digest == row.digest:
            raise BadInput(
                [Problem(POLICY, f"is the same as version {before[0].no}: there is nothing to do")]
            )
        await policies.add(tx, row)
        await _note(tx, "uploaded", row, {"why": why}, now)
        await tx.tell(CHANGED)
    return Version(row, Standing.WAITING)


async def preview(
    store: Store, authority: str, becomes: Policy, configured: Policy, *, person: str, now: datetime
) -> Effect:
    """Return what it would change, were it accepted now, as far as this person may know; nothing is written.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    async with store.transaction(authority, PERSON, snapshot=True) as tx:
        was = await _before(tx, configured)
        effect = await _effect(tx, was, becomes, await _folded(tx, was, becomes), now)
    async with store.transaction(authority, person) as tx:
        return effect.only(await policies.visible(tx, effect.children))


async def accept(
    store: Store, authority: str, no: int, configured: Policy, *, why: str, person: str, now: datetime
) -> Effect:
    """Put the newest version in force, and let every deadline follow, all in one transaction.

    Returns what it changed, as far as this person may know.

    Raises:
        Unknown: there is no such version.
        Conflict: a newer one was uploaded since, or it was accepted before.
        BadInput: the reason lacks.
        DatabaseUnavailable: nothing changed; the same again does no harm.
    """
    why = _reason(why)
    async with store.transaction(authority, person, exclusive=True) as tx:
        chosen = await _acceptable(tx, no)
        becomes, was = chosen.policy, await _before(tx, configured)
        async with tx.as_system(PERSON) as everybody:
            effect = await _carry_out(everybody, was, becomes, now)
        await policies.accept(tx, no, by=person, why=why, effect=_kept(effect), now=now)
        changed = {"why": why, "counts": effect.counts}
        await _note(tx, "accepted", chosen.row, changed, now)
        await tx.tell(CHANGED)
        return effect.only(await policies.visible(tx, effect.children))


async def _carry_out(tx: Transaction, was: Policy, becomes: Policy, now: datetime) -> Effect:
    found = await _folded(tx, was, becomes)
    effect = await _effect(tx, was, becomes, found, now)
    for each in found:
        await refolding.write(tx, each, now)
    return effect


async def _folded(tx: Transaction, was: Policy, becomes: Policy) -> list[Refolded]:
    """Return what changes by folding; where the same rules were accepted before, all is so already.

    The configured policy may have been another one when some of what is stored was folded.
    """
    same = (was.episode, was.interview) == (becomes.episode, becomes.interview)
    if same and await policies.in_force(tx) is not None:
        return []
    return [each async for each in refolding.refold(tx, becomes)]


async def _effect(
    tx: Transaction, was: Policy, becomes: Policy, found: Sequence[Refolded], now: datetime
) -> Effect:
    steps = await steps_at_once(tx, was.ladder, becomes.ladder, found, now)
    changed = tuple(Difference(*each) for each in differences(was, becomes))
    effect = effect_of(found, now)
    return replace(effect, cases=(*effect.cases, *steps), differences=changed)


async def _before(tx: Transaction, configured: Policy) -> Policy:
    """Return what is in force; one that cannot be read any more must not hinder the next one."""
    with suppress(PolicyError):
        return await in_force(tx, configured)
    return configured


async def _acceptable(tx: Transaction, no: int) -> Version:
    chosen = await version(tx, no)
    if chosen.standing is Standing.PASSED_OVER:
        raise Conflict(f"a newer version was uploaded after version {no}: look at that one, then decide")
    if chosen.standing is not Standing.WAITING:
        raise Conflict(f"version {no} was accepted before, by {chosen.row.accepted_by}: look at it again")
    return chosen


async def _note(tx: Transaction, what: str, row: PolicyRow, more: dict[str, Any], now: datetime) -> None:
    payload = {"no": row.no, "digest": row.digest.hex(), **more}
    await ledger.write(tx, [ledger.Entry(f"policy.{what}", f"policy/{row.no}", payload)], now)


def _kept(effect: Effect) -> dict[str, Any]:
    """Return what is kept of an effect: how much, and which settings; whose cases the ledger knows."""
    settings = [{"setting": d.setting, "was": d.was, "becomes": d.becomes} for d in effect.differences]
    return {"counts": effect.counts, "settings": settings}


def _read(text: str, why: str) -> tuple[Policy, str]:
    """Return the policy and the reason; all that is wrong with both is told at once."""
    problems: list[Problem] = []
    for read in (lambda: read_text(text), lambda: _reason(why)):
        try:
            read()
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return read_text(text), _reason(why)


def _reason(why: str) -> str:
    if not (why := why.strip()):
        raise BadInput([Problem("why", "is empty: say in a sentence why, for whoever reads it later")])
    if len(why) > MOST_WORDS:
        raise BadInput([Problem("why", f"is longer than {MOST_WORDS} characters: shorten it")])
    return why


def _standing(row: PolicyRow, newest: int, in_force_no: int) -> Standing:
    if row.accepted_at is not None:
        return Standing.IN_FORCE if row.no == in_force_no else Standing.ENDED
    return Standing.WAITING if row.no == newest else Standing.PASSED_OVER
