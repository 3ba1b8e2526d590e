"""Web and workers look whether anything is chased, and raise the alarm themselves when nothing is."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final

import structlog

from casework import silence
from cli.acting import now_utc
from cli.settings import Settings
from flows.surroundings import Surroundings
from flows.way_to_people import deliver
from schemas.notices import SCHEDULER_SILENT
from schemas.policy import Policy
from store.database import DatabaseUnavailable, Store

log = structlog.get_logger()
LOOK_EVERY_SECONDS: Final = 60.0
PATIENCE: Final = timedelta(minutes=10)
"""How long after its start a process tells nobody: after a night off the flows need minutes to begin."""
NOT_WATCHED: Final = "ok: not watched, since HOMEWARD_FLOWS is false and HOMEWARD_PREFECT is not set"


class Alarm:
    """One process's watch over whoever chases."""

    def __init__(
        self, settings: Settings, policy: Policy, store: Store, clock: Callable[[], datetime] = now_utc
    ) -> None:
        self._settings = settings
        self._policy = policy
        self._store = store
        self._clock = clock
        self._begun_at = clock()

    async def run(self) -> None:
        """Look every minute until cancelled; a database that is away says so elsewhere."""
        while True:
            try:
                await self.look()
            except DatabaseUnavailable:
                log.warning("nobody can say whether anything is chased: the database does not answer")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Look once; when nothing was chased for too long, log it, and tell the managers once per outage."""
        now = self._clock()
        found = await silence.look(self._store, now)
        if not silence.is_silent(found, now):
            return
        log.error("nothing is chased", since=found.since.isoformat(), mend="start homeward flows")
        if now - self._begun_at < PATIENCE:
            return
        if await silence.tell_managers(self._store, self._settings.authorities, self._policy, now):
            await deliver(self._here(), now, SCHEDULER_SILENT)  # whoever else would send it may be dead too

    async def standing(self) -> str:
        """Say how it is, for readiness: `ok`, or since how many minutes nothing was chased."""
        if not self._settings.flows_expected:
            return NOT_WATCHED
        now = self._clock()
        try:
            found = await silence.look(self._store, now)
        except DatabaseUnavailable:
            return "not known: the database does not answer"
        if not silence.is_silent(found, now):
            return "ok"
        minutes = (now - found.since) // timedelta(minutes=1)
        return f"nothing was chased for {minutes} minutes: start homeward flows"

    def _here(self) -> Surroundings:
        settings = self._settings
        channels = import_module("cli.channels").channels_of(settings)  # their libraries load slowly
        return Surroundings(
            self._store, settings.authorities, None, self._policy, channels=channels, address=settings.address
        )
