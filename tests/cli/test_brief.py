"""`homeward brief`: reading one's brief, and sending the day's."""

from collections.abc import Callable

import pytest

from cli import brief
from schemas.staff import Role, StaffMember
from store import staff
from store.database import Store
from tests.cli.console import Said
from tests.messages import NOTTINGHAM
from tests.unit.test_digest import NOW

GRACE = StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER}))
EWA = StaffMember(id="W-1", name="Ewa Nowak")


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [GRACE, EWA], NOW)


async def test_it_can_be_read_without_being_sent(homeward: Callable[..., Said], store: Store) -> None:
    said = homeward("brief", "--for", "M-1", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Homeward: 0 overdue, 0 due today, 0 missing\n")
    async with store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM deliveries") == 0


async def test_it_is_sent_once_a_day(
    homeward: Callable[..., Said], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "now_utc", lambda: NOW)
    assert homeward("brief").out == "briefs: 1 queued now, 0 sent\n"
    assert homeward("brief").out == "briefs: 0 queued now, 0 sent\n"
    async with store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT why FROM deliveries") == "no e-mail address in the directory"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["--dry-run"], "--dry-run prints the brief of one manager: add --for STAFF"),
        (["--for", "W-1", "--dry-run"], "W-1 is no manager of the directory"),
        (["--for", "X-9"], "X-9 is no manager of the directory"),
    ],
)
async def test_whose_it_is_must_be_a_manager(
    line: list[str], says: str, homeward: Callable[..., Said]
) -> None:
    said = homeward("brief", *line)
    assert said.code != 0
    assert says in said.err
