"""Deciding who a child is: both children are folded again, and undoing loses nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from casework.apply import apply
from casework.deciding import Decided, decide
from casework.intake import Sender, receive
from casework.refusals import Conflict, NotAllowed, Unknown
from casework.verify import verify
from schemas.decisions import (
    AnyDecision,
    IncidentKey,
    KeepAsItIs,
    LinkChild,
    MergeChildren,
    NewChild,
    SplitChild,
    UndoDecision,
)
from schemas.policy import Policy
from store.database import Store
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database, connect

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
BACK = SEEN + timedelta(hours=9)
NOW = SEEN + timedelta(days=2)
AMARA = {"family_name": "Okafor", "given_names": "Amara", "authority_child_id": "C-1"}
MARI = {"family_name": "Okafor", "given_names": "Mari"}
SCREENER = "person:screener"


class Office:
    """A store into which forces tell and in which a screener decides."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.count = 0

    async def tell(self, *messages: dict[str, Any]) -> None:
        receipts = await receive(self.store, Sender("http", "test", (NOTTINGHAM,)), messages, NOW)
        await apply([r.key for r in receipts if r.key], NOTTINGHAM, self.store, Policy(), NOW)

    async def decide(self, decision: AnyDecision, *, key: str = "", person: str = SCREENER) -> Decided:
        self.count += 1
        return await decide(
            self.store,
            NOTTINGHAM,
            decision,
            key=key or f"k{self.count}",
            person=person,
            by="S-1",
            policy=Policy(),
            now=NOW,
        )

    async def rows(self, query: str, **values: Any) -> list[Any]:
        async with self.store.transaction(NOTTINGHAM) as tx:
            return [tuple(row) for row in await tx.all(query, **values)]

    async def whose(self, message_id: str) -> UUID:
        ((found,),) = await self.rows("SELECT child_id FROM inbox WHERE id = :id", id=message_id)
        assert isinstance(found, UUID)
        return found

    async def questions(self) -> list[str]:
        return [kind for (kind,) in await self.rows("SELECT kind FROM questions WHERE closed_at IS NULL")]

    async def picture(self) -> dict[str, list[Any]]:
        """Return everything that follows from messages and decisions, the ledger and the ids' past aside."""
        return {
            "messages": await self.rows("SELECT id, child_id FROM inbox ORDER BY id"),
            "children": await self.rows(
                "SELECT id, provisional, absorbed_by, facts, nhs_number, authority_child_id FROM children"
                " WHERE made_by IS NULL ORDER BY id"
            ),
            "episodes": await self.rows(
                "SELECT child_id, status, started_at, returned_at, conflict_reasons, notifications"
                " FROM episodes WHERE NOT superseded ORDER BY child_id, notifications"
            ),
            "interviews": await self.rows(
                "SELECT child_id, status, due_at, provisional_due, anchor_id FROM interviews"
                " WHERE status <> 'voided' ORDER BY anchor_source, anchor_id"
            ),
            "questions": await self.rows(
                "SELECT kind, child_id, message_id, evidence FROM questions WHERE closed_at IS NULL"
                " AND kind <> 'conflicting_times' ORDER BY id"
            ),
        }

    async def is_whole(self) -> None:
        found = await verify(self.store, NOTTINGHAM, Policy(), Path("none"))
        assert found.differences == ()


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    store = Store(database.app_url, pool_size=3)
    yield Office(store)
    await store.close()


async def two_children(office: Office) -> tuple[UUID, UUID]:
    """Tell of a provisional child, who is missing, and of one that is known, who came back."""
    await office.tell(
        message("reported", SEEN, id="a1", child=AMARA, subject="NP-1"),
        message("returned", BACK, id="a2", child=AMARA, subject="NP-1"),
        message("reported", SEEN, id="m1", child=MARI, subject="NP-2"),
    )
    return await office.whose("m1"), await office.whose("a1")


async def test_a_provisional_child_is_linked_to_a_known_one_with_all_its_messages(office: Office) -> None:
    mari, amara = await two_children(office)
    assert "unknown_child" in await office.questions()
    done = await office.decide(LinkChild(child=mari, other=amara, reason="Known as Mari"))
    assert await office.whose("m1") == amara
    assert len(await office.rows("SELECT 1 FROM episodes WHERE NOT superseded")) == 1
    assert "unknown_child" not in await office.questions()
    assert {event.type for event in done.events} >= {"homeward.episode.superseded.v1"}
    await office.is_whole()


async def test_what_is_told_later_of_a_linked_child_goes_where_the_decision_says(office: Office) -> None:
    mari, amara = await two_children(office)
    await office.decide(LinkChild(child=mari, other=amara, reason="Known as Mari"))
    await office.tell(message("returned", BACK, id="m2", child=MARI, subject="NP-2"))
    assert await office.whose("m2") == amara
    assert "unknown_child" not in await office.questions()
    await office.is_whole()


async def test_undoing_a_link_brings_back_the_child_its_episode_and_its_question(office: Office) -> None:
    mari, amara = await two_children(office)
    before = await office.picture()
    done = await office.decide(LinkChild(child=mari, other=amara, reason="Known as Mari"))
    assert await office.picture() != before
    await office.decide(UndoDecision(decision=done.id, reason="Not her"))
    assert await office.picture() == before
    await office.is_whole()


async def test_a_new_child_is_confirmed_and_its_question_stays_closed(office: Office) -> None:
    mari, _ = await two_children(office)
    await office.decide(NewChild(child=mari, reason="Not known here"))
    await office.tell(message("updated", BACK, id="m2", child=MARI, subject="NP-2"))
    assert await office.rows("SELECT provisional FROM children WHERE id = :id", id=mari) == [(False,)]
    assert "unknown_child" not in await office.questions()
    await office.is_whole()


async def test_later_evidence_does_not_override_that_a_child_is_its_own(office: Office) -> None:
    mari, amara = await two_children(office)
    await office.decide(NewChild(child=mari, reason="Her cousin"))
    both = MARI | {"authority_child_id": "C-1"}
    await office.tell(message("updated", BACK, id="m2", child=both, subject="NP-2"))
    await office.is_whole()
    assert {await office.whose("m1"), await office.whose("m2")} == {mari}
    assert await office.whose("a1") == amara


async def test_some_notifications_are_split_off_with_what_comes_later_under_them(office: Office) -> None:
    _, amara = await two_children(office)
    await office.tell(message("reported", SEEN, id="a3", child=AMARA, subject="NP-3"))
    before = await office.picture()
    split = SplitChild(
        child=amara,
        incidents=(IncidentKey(source=NOTTINGHAMSHIRE, subject="NP-3"),),
        reason="Her sister gave her name",
    )
    done = await office.decide(split)
    sister = await office.whose("a3")
    assert sister not in {amara, None}
    await office.is_whole()
    await office.tell(message("returned", BACK, id="a4", child={}, subject="NP-3"))
    assert await office.whose("a4") == sister
    await office.is_whole()
    await office.decide(UndoDecision(decision=done.id, reason="It was her"))
    assert await office.whose("a3") == await office.whose("a4") == amara
    assert (await office.picture())["children"] == before["children"]
    await office.is_whole()


async def test_two_known_children_are_merged_and_evidence_follows_to_the_survivor(office: Office) -> None:
    _, amara = await two_children(office)
    other = AMARA | {"authority_child_id": "C-2", "nhs_number": "9434765919"}
    await office.tell(message("reported", SEEN, id="b1", child=other, subject="NP-4"))
    twice = await office.whose("b1")
    await office.decide(MergeChildren(child=twice, other=amara, reason="Recorded twice"))
    nhs = {"nhs_number": "9434765919"}
    await office.tell(
        message("reported", BACK, id="b2", child=nhs, subject="NP-5", source="urn:police:derbyshire")
    )
    assert await office.whose("b1") == await office.whose("b2") == amara
    await office.is_whole()


async def test_the_same_decision_with_the_same_key_is_made_once(office: Office) -> None:
    mari, amara = await two_children(office)
    link = LinkChild(child=mari, other=amara, reason="Known as Mari")
    first = await office.decide(link, key="one")
    again = await office.decide(link, key="one")
    assert (again.id, again.repeated) == (first.id, True)
    with pytest.raises(Conflict):
        await office.decide(NewChild(child=mari, reason="Other"), key="one")


async def test_what_cannot_be_decided_says_why(office: Office) -> None:
    mari, amara = await two_children(office)
    done = await office.decide(LinkChild(child=mari, other=amara, reason="Known as Mari"))
    with pytest.raises(NotAllowed, match="took this one over"):
        await office.decide(NewChild(child=mari, reason="Again"))
    keys = tuple(IncidentKey(source=NOTTINGHAMSHIRE, subject=s) for s in ("NP-1", "NP-2"))
    with pytest.raises(NotAllowed, match="everything told"):
        await office.decide(SplitChild(child=amara, incidents=keys, reason="All"))
    await office.decide(UndoDecision(decision=done.id, reason="Wrong"))
    with pytest.raises(NotAllowed, match="undone already"):
        await office.decide(UndoDecision(decision=done.id, reason="Wrong"))


async def test_a_doubtful_notification_that_is_right_is_kept_as_it_is(office: Office) -> None:
    await two_children(office)
    ((question,),) = await office.rows(
        "SELECT id FROM questions WHERE kind = 'doubtful_notification' AND message_id = 'm1'"
    )
    done = await office.decide(KeepAsItIs(question=question, reason="Born 2011, says the school"))
    asked = "SELECT closed_at IS NULL FROM questions WHERE id = :id"
    assert await office.rows(asked, id=question) == [(False,)]
    await office.decide(UndoDecision(decision=done.id, reason="Not so"))
    assert await office.rows(asked, id=question) == [(True,)]


async def test_nobody_decides_about_a_child_whom_they_may_not_see(office: Office) -> None:
    mari, amara = await two_children(office)
    async with office.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) VALUES (:child, :authority)",
            child=amara,
            authority=NOTTINGHAM,
        )
        await tx.run(
            "INSERT INTO restriction_people (child_id, person, authority)"
            " VALUES (:child, 'person:named', :a)",
            child=amara,
            a=NOTTINGHAM,
        )
    link = LinkChild(child=mari, other=amara, reason="Known as Mari")
    with pytest.raises(Unknown):
        await office.decide(link)
    done = await office.decide(link, person="person:named")
    with pytest.raises(Unknown):
        await office.decide(UndoDecision(decision=done.id, reason="I cannot see it"))
    async with office.store.transaction(NOTTINGHAM, SCREENER) as tx:
        assert await tx.all("SELECT 1 FROM decisions") == []
        assert await tx.all("SELECT 1 FROM inbox WHERE id = 'm1'") == []
    async with office.store.transaction(DERBY) as tx:
        assert await tx.all("SELECT 1 FROM decisions") == []


async def test_verify_names_a_decision_that_was_altered_and_a_message_that_was_given_away(
    office: Office, database: Database
) -> None:
    mari, amara = await two_children(office)
    done = await office.decide(LinkChild(child=mari, other=amara, reason="Known as Mari"))
    with connect(database.superuser_url) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE decisions SET reason = 'No reason'")
        superuser.execute("UPDATE inbox SET child_id = found_child_id WHERE id = 'm1'")
        superuser.execute("UPDATE children SET absorbed_by = NULL WHERE decided")
    found = (await verify(office.store, NOTTINGHAM, Policy(), Path("none"))).differences
    assert f"decisions {done.id}: it is not what was decided" in found
    assert any("m1): child_id is" in one and "the decisions give" in one for one in found)
    assert f"children {mari}: who it is now is not what the decisions say" in found
