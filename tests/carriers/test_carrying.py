"""What must hold whichever way notifications are carried to `casework.apply`."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from casework.apply import apply
from casework.intake import Verdict
from casework.verify import verify
from casework.whose import telling
from domain.telling import MessageKey
from store.inbox import Stored
from tests.carriers.conftest import Carrier
from tests.expected import STORED_EPISODES, expected_episodes, in_order
from tests.messages import DERBY, NOTTINGHAM, many, message

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)

REPORTED = message("reported", SATURDAY, id="1", missing={"risk_level": "medium"})
RETURNED = message("returned", SATURDAY + timedelta(hours=9), id="2")


async def test_a_return_starts_the_clock(carrier: Carrier) -> None:
    await carrier.send(REPORTED, RETURNED, at=RECEIVED)
    (interview,) = await carrier.rows("SELECT * FROM interviews")
    assert interview.due_at == SATURDAY + timedelta(hours=9 + 72)
    assert (interview.status, interview.provisional_due) == ("due", False)


async def test_a_return_that_comes_before_its_report_waits_for_it_in_the_same_set(carrier: Carrier) -> None:
    await carrier.send(RETURNED, at=RECEIVED)
    await carrier.send(REPORTED, at=RECEIVED)
    (episode,) = await carrier.rows("SELECT * FROM episodes WHERE NOT superseded")
    assert (episode.status, episode.started_at) == ("returned", SATURDAY)
    assert len(await carrier.rows("SELECT * FROM interviews")) == 1


async def test_a_second_arrival_changes_nothing(carrier: Carrier) -> None:
    await carrier.send(REPORTED, RETURNED, at=RECEIVED)
    before = await carrier.rows("SELECT count(*) FROM ledger")
    receipts = await carrier.send(RETURNED, REPORTED, at=RECEIVED + timedelta(days=1))
    assert [receipt.verdict for receipt in receipts] == [Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert await carrier.rows("SELECT count(*) FROM ledger") == before


async def test_the_same_identity_with_other_content_is_a_dead_letter_and_the_first_stands(
    carrier: Carrier,
) -> None:
    await carrier.send(REPORTED, at=RECEIVED)
    other = message("reported", SATURDAY, id="1", missing={"risk_level": "high"})
    (receipt,) = await carrier.send(other, at=RECEIVED)
    (episode,) = await carrier.rows("SELECT * FROM episodes")
    (letter,) = await carrier.rows("SELECT * FROM letters")
    assert (receipt.verdict, episode.risk_level) == (Verdict.CONFLICT, "medium")
    assert (letter.id, letter.authority) == (receipt.letter_id, NOTTINGHAM)


async def test_two_contents_of_one_identity_in_one_batch_leave_the_first(carrier: Carrier) -> None:
    other = message("reported", SATURDAY, id="1", missing={"risk_level": "high"})
    receipts = await carrier.send(REPORTED, REPORTED, other, at=RECEIVED)
    assert [r.verdict for r in receipts] == [Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.CONFLICT]


async def test_a_located_child_has_a_provisional_deadline_until_the_return(carrier: Carrier) -> None:
    located = message("located", SATURDAY + timedelta(hours=3), id="3", located={"place": "Derby station"})
    await carrier.send(REPORTED, located, at=RECEIVED)
    (first,) = await carrier.rows("SELECT * FROM interviews")
    await carrier.send(RETURNED, at=RECEIVED)
    (then,) = await carrier.rows("SELECT * FROM interviews")
    assert (first.provisional_due, first.due_at) == (True, SATURDAY + timedelta(hours=75))
    assert (then.provisional_due, then.due_at) == (False, SATURDAY + timedelta(hours=81))
    assert first.id == then.id


async def test_a_cancelled_incident_voids_its_interview_and_a_later_word_reopens_it(carrier: Carrier) -> None:
    await carrier.send(REPORTED, RETURNED, at=RECEIVED)
    await carrier.send(message("cancelled", SATURDAY + timedelta(hours=20), id="4", reason="wrong child"))
    (voided,) = await carrier.rows("SELECT * FROM interviews")
    await carrier.send(message("updated", SATURDAY + timedelta(hours=8), id="5", told_at=RECEIVED))
    (again,) = await carrier.rows("SELECT * FROM interviews")
    assert (voided.status, voided.voided_reason) == ("voided", "cancelled")
    assert (again.id, again.status, again.due_at) == (voided.id, "due", voided.due_at)


async def test_two_episodes_become_one_and_the_lost_one_says_which(carrier: Carrier) -> None:
    derbyshire: Any = {"source": "urn:police:derbyshire", "subject": "DC-9"}
    back = SATURDAY + timedelta(hours=2)
    await carrier.send(REPORTED, message("returned", back, id="6"), at=RECEIVED)
    later = message("reported", back + timedelta(hours=2), id="7", **derbyshire)
    await carrier.send(
        later, message("returned", back + timedelta(hours=5), id="8", **derbyshire), at=RECEIVED
    )
    assert len(await carrier.rows("SELECT * FROM episodes WHERE NOT superseded")) == 2
    corrected = message("returned", back + timedelta(hours=3), id="9", told_at=back + timedelta(hours=4))
    await carrier.send(corrected, at=RECEIVED)
    rows = await carrier.rows("SELECT * FROM episodes ORDER BY number")
    interviews = await carrier.rows("SELECT * FROM interviews ORDER BY status")
    assert [(row.superseded, row.superseded_by) for row in rows] == [(False, None), (True, rows[0].id)]
    assert [(i.status, i.voided_reason) for i in interviews] == [("due", None), ("voided", "merged")]


async def test_a_message_without_identity_follows_its_reference(carrier: Carrier) -> None:
    await carrier.send(REPORTED, at=RECEIVED)
    nameless = message("returned", SATURDAY + timedelta(hours=9), id="2", child={})
    await carrier.send(nameless, at=RECEIVED)
    assert len(await carrier.rows("SELECT * FROM children")) == 1
    assert len(await carrier.rows("SELECT * FROM interviews WHERE status = 'due'")) == 1


async def test_a_nameless_report_becomes_the_known_childs_once_its_reference_says_who(
    carrier: Carrier,
) -> None:
    await carrier.send(message("reported", SATURDAY - timedelta(days=9), id="0", subject="NP-1"))
    await carrier.send(message("reported", SATURDAY, id="1", child={"family_name": "Okafor"}), at=RECEIVED)
    (question,) = await carrier.rows(
        "SELECT * FROM questions WHERE kind = 'unknown_child' AND closed_at IS NULL"
    )
    await carrier.send(RETURNED, at=RECEIVED)
    children = await carrier.rows("SELECT * FROM children WHERE absorbed_by IS NULL")
    links = await carrier.rows("SELECT DISTINCT child_id FROM inbox")
    still_open = await carrier.rows(
        "SELECT * FROM questions WHERE kind = 'unknown_child' AND closed_at IS NULL"
    )
    assert (len(children), len(links), len(still_open)) == (1, 1, 0)
    assert question.child_id != children[0].id


async def test_a_birth_date_that_contradicts_is_for_a_person_and_the_clock_runs_meanwhile(
    carrier: Carrier,
) -> None:
    await carrier.send(REPORTED, at=RECEIVED)
    born = {"family_name": "Okafor", "date_of_birth": "2009-01-30", "authority_child_id": "C-100482"}
    await carrier.send(message("returned", SATURDAY, id="8", child=born, subject="NP-2"), at=RECEIVED)
    children = await carrier.rows("SELECT * FROM children ORDER BY number")
    kinds = await carrier.rows(
        "SELECT kind FROM questions WHERE child_id = :id ORDER BY kind", id=children[1].id
    )
    assert [child.provisional for child in children] == [False, True]
    assert [row.kind for row in kinds] == ["identity_contradicted", "unknown_child"]
    assert len(await carrier.rows("SELECT * FROM interviews")) == 1


async def test_authorities_do_not_see_each_other(carrier: Carrier) -> None:
    await carrier.send(REPORTED, message("reported", SATURDAY, id="11", authority=DERBY), at=RECEIVED)
    assert len(await carrier.rows("SELECT * FROM episodes")) == 1
    assert len(await carrier.rows("SELECT * FROM episodes", authority=DERBY)) == 1


async def test_a_message_that_cannot_be_applied_stands_aside_and_stops_nobody(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(stored: Stored) -> Any:
        if stored.key.id == "3":
            raise RuntimeError("a bug of ours")
        return telling(stored)

    monkeypatch.setattr("casework.whose.telling", broken)
    batch = [message("reported", SATURDAY, id=str(n), subject=f"NP-{n}") for n in range(8)]
    await carrier.send(*batch, at=RECEIVED)
    aside = await carrier.rows("SELECT id FROM inbox WHERE applied_at IS NULL AND set_aside_at IS NOT NULL")
    (letter,) = await carrier.rows("SELECT * FROM letters")
    assert [row.id for row in aside] == ["3"]
    assert (letter.via, "RuntimeError" in letter.reasons[0]["message"]) == ("inbox", True)
    assert len(await carrier.rows("SELECT * FROM inbox WHERE applied_at IS NOT NULL")) == 7


async def test_any_order_and_any_batches_give_the_fold_of_the_set(carrier: Carrier) -> None:
    dice = random.Random(20260328)
    messages = many(400, 25, RECEIVED, seed=5)
    shuffled = [*messages, *dice.sample(messages, 40)]
    dice.shuffle(shuffled)
    while shuffled:
        size = dice.randrange(1, 60)
        await carrier.send(*shuffled[:size], at=RECEIVED)
        del shuffled[:size]
    stored = await carrier.rows(STORED_EPISODES)
    assert in_order(map(tuple, stored)) == expected_episodes(messages, RECEIVED, carrier.policy)
    found = await verify(carrier.store, NOTTINGHAM, carrier.policy, carrier.heads)
    assert found.differences == ()


async def test_a_batch_of_five_hundred_is_about_a_dozen_round_trips(carrier: Carrier) -> None:
    asked: list[str] = []
    event.listen(
        carrier.store.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: asked.append(statement),
    )
    await carrier.take_in(many(500, 300, RECEIVED, seed=8), RECEIVED)
    async with carrier.store.transaction(NOTTINGHAM) as tx:
        keys = [MessageKey(row.source, row.id) for row in await tx.all("SELECT source, id FROM inbox")]
    asked.clear()
    applied = await apply(keys, NOTTINGHAM, carrier.store, carrier.policy, RECEIVED)
    assert len(applied.messages) == 500
    assert len(asked) <= 20
