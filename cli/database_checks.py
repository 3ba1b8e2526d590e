"""What `homeward doctor` asks the database: is it safe, is it up to date, does anything wait too long."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from casework import policies
from casework.seal import published
from casework.silence import is_silent
from cli.acting import now_utc
from cli.finding import Finding, fail, note, ok
from cli.settings import Settings
from schemas.policy import PolicyError
from store import safety, silence
from store.database import Store, Transaction
from store.migrate import newest_revision
from store.views import health

DOCTOR: Final = "system:doctor"
CLOCKS_APART: Final = timedelta(seconds=5)
TOO_LONG: Final = timedelta(minutes=2)
START: Final = "start homeward up; if it runs, read what it says on stderr"


async def database_findings(store: Store, settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is found in a database that answers."""
    async with store.transaction("", DOCTOR) as tx:
        yield ok("postgresql", f"answers, version {await safety.version(tx)}")
        yield _role(await safety.role(tx))
        yield _guards(await safety.unguarded(tx))
        before = now_utc()
        yield _clock(await safety.clock(tx), before, now_utc())
        yield await _chased(tx, settings)
    yield await _migrations(store)
    for authority in settings.authorities:
        async with store.transaction(authority, DOCTOR) as tx:
            yield await _backlog(tx)
            yield await _letters(tx)
            yield await _sealed(tx)
            yield await _heads(tx, settings.heads_directory)
            if (policy := await _policy(tx, settings)) is not None:
                yield policy


async def _chased(tx: Transaction, settings: Settings) -> Finding:
    if not settings.flows_expected:
        told = "HOMEWARD_FLOWS is false and HOMEWARD_PREFECT is not set: nothing is chased from here"
        return note("chase", told, "see that somebody else serves the flows")
    found = await silence.last(tx)
    if found is None:
        return note("chase", "nothing was chased yet", "start homeward up, or homeward flows")
    minutes = (now_utc() - found.since) // timedelta(minutes=1)
    if is_silent(found, now_utc()):
        return fail(
            "chase", f"nothing was chased for {minutes} minutes", "start homeward flows, read its log"
        )
    return ok("chase", f"something was chased {minutes} minutes ago")


async def _migrations(store: Store) -> Finding:
    newest = newest_revision()
    if await health.migrated(store):
        return ok("migrations", f"at revision {newest}")
    return note(
        "migrations", f"not at revision {newest}, which this release has", "use one release everywhere"
    )


def _role(role: safety.Role) -> Finding:
    if role.superuser or role.bypasses or role.owns:
        told = f"{role.name} can get past row-level security"
        return fail("role", told, "use homeward_app: no superuser, no BYPASSRLS, owner of nothing")
    return ok("role", f"{role.name} owns nothing and is bound by row-level security")


def _guards(unguarded: list[str]) -> Finding:
    if unguarded:
        told = f"row-level security is not in force on {', '.join(unguarded)}"
        return fail(
            "authorities", told, "ALTER TABLE … ENABLE and FORCE ROW LEVEL SECURITY, as the migrations do"
        )
    return ok("authorities", "kept apart: row-level security is in force on every table")


def _clock(there: datetime, before: datetime, after: datetime) -> Finding:
    apart = max(there - after, before - there, timedelta(0))
    if apart > CLOCKS_APART:
        told = f"the database's is {apart.total_seconds():.0f} seconds from ours"
        return fail("clock", told, "set both by NTP: deadlines rest on them")
    return ok("clock", f"the database's and ours agree: {after:%Y-%m-%d %H:%M:%S} UTC")


async def _policy(tx: Transaction, settings: Settings) -> Finding | None:
    """Say which version is in force, where the authority has accepted one: the configured one is not."""
    now = next((each for each in await policies.versions(tx) if each.row.accepted_at), None)
    if now is None:
        return None
    subject, told = f"{tx.authority} policy", f"version {now.row.no} is in force"
    try:
        other = settings.policy is not None and settings.read_policy() != now.policy
    except PolicyError as error:
        return fail(subject, str(error), "correct it, then homeward policy upload and accept")
    if other:
        mend = "homeward policy try and upload it, or unset HOMEWARD_POLICY"
        return note(subject, f"{told}, and not what {settings.policy} says", mend)
    return ok(subject, told)


async def _backlog(tx: Transaction) -> Finding:
    counts = await health.counts(tx, now_utc())
    subject, told = f"{tx.authority} inbox", f"{counts.applied} applied, {counts.inbox_waiting} wait"
    oldest = counts.oldest_unapplied_at
    if oldest and now_utc() - oldest > TOO_LONG:
        return fail(subject, f"{told}, the oldest since {oldest:%Y-%m-%d %H:%M} UTC", START)
    return ok(subject, told)


async def _letters(tx: Transaction) -> Finding:
    waiting = (await health.counts(tx, now_utc())).letters_waiting
    subject = f"{tx.authority} letters"
    if waiting:
        return note(subject, f"{waiting} dead letters wait for somebody", "homeward letters list")
    return ok(subject, "no dead letter waits")


async def _sealed(tx: Transaction) -> Finding:
    oldest = await safety.oldest_unsealed_at(tx)
    subject = f"{tx.authority} ledger"
    if oldest and now_utc() - oldest > TOO_LONG:
        return fail(subject, f"not sealed since {oldest:%Y-%m-%d %H:%M} UTC", START)
    return ok(subject, "sealed")


async def _heads(tx: Transaction, heads: Path) -> Finding:
    """Look for the last published head in the chain; `homeward verify` walks all of it."""
    told = list(published(heads, tx.authority))
    subject = f"{tx.authority} heads"
    if not told:
        return note(subject, f"none published in {heads} yet", "start homeward up: it seals and publishes")
    last = told[-1]
    if await safety.hash_at(tx, last.position) != last.hash:
        missing = f"the head published at position {last.position} is not in the ledger"
        return fail(
            subject, missing, "the ledger was cut or rewritten: run homeward verify, restore a backup"
        )
    return ok(subject, f"the last one, at position {last.position}, is in the ledger")
