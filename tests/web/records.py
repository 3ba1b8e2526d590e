"""An interview on its way through the API, and the record of one that was held well."""

import json
import pathlib as files
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from httpx import Response

from schemas.staff import Role, StaffMember
from store import staff
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk

ASKED = "2026-03-30T09:00:00Z"
"""When the interview was offered."""
STAFF = (
    StaffMember(id="W-1", name="Ewa Nowak", email="ewa@example.org", training=("return_interview",)),
    StaffMember(id="W-2", name="Tom O'Neill", email="tom@example.org", training=("return_interview",)),
    StaffMember(id="W-3", name="Lee Shaw", email="lee@example.org"),
    StaffMember(id="M-1", name="Grace Bell", email="grace@example.org", roles=frozenset({Role.TEAM_MANAGER})),
    StaffMember(
        id="M-2",
        name="Sunil Rao",
        email="sunil@example.org",
        roles=frozenset({Role.INTERVIEWER, Role.TEAM_MANAGER}),
        training=("return_interview",),
    ),
)

TOUR = files.Path(__file__).parents[2] / "docs" / "tour"
RECORD: Mapping[str, Any] = json.loads((TOUR / "record.json").read_text(encoding="utf-8"))
"""The record of the README's tour."""


@dataclass(slots=True)
class Path:
    """One interview, and whoever works on it through the API."""

    desk: Desk
    id: str
    version: int
    keys: int = 0

    async def send(
        self, command: str, key: str | None = None, version: int | None = None, **body: Any
    ) -> Response:
        """Send one command to the version that was seen last."""
        self.keys += 1
        headers = await self.desk.bearer("work") | {"Idempotency-Key": key or f"{self.id}/{self.keys}"}
        told = body if command == "record" else {"version": version or self.version, **body}
        return await self.desk.client.post(
            f"/api/v1/interviews/{self.id}/{command}", json=told, headers=headers
        )

    async def do(self, command: str, **body: Any) -> dict[str, Any]:
        """Send one command that has to be done."""
        answer = await self.send(command, **body)
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        self.version = done.get("version", self.version)
        return done

    async def look(self) -> dict[str, Any]:
        """Return the interview as the API shows it."""
        answer = await self.desk.get(f"/api/v1/interviews/{self.id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def as_far_as_held(self) -> None:
        """Allocate, offer, arrange and hold it."""
        await self.do("allocate", by="M-1", interviewer="W-1")
        await self.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
        await self.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="Youth club, Sneinton")
        await self.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")

    async def write(self, sections: Mapping[str, Any] = RECORD, based_on: int = 0) -> int:
        """Save sections of the record and return the draft's number."""
        saved = await self.do("record", by="W-1", based_on=based_on, sections=sections)
        return int(saved["draft"])

    async def as_far_as_submitted(self) -> None:
        """Hold it, write its record well, and submit it."""
        await self.as_far_as_held()
        await self.do("submit", by="W-1", draft=await self.write())


async def staffed(desk: Desk, *people: StaffMember, at: datetime = NOW) -> None:
    """Put people into the directory; those of `STAFF` unless told otherwise."""
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, people or STAFF, at)


async def begun(desk: Desk, **query: Any) -> Path:
    """Return the path of the interview that is due."""
    [found] = await desk.items("/api/v1/interviews", **query)
    return Path(desk, found["id"], found["version"])
