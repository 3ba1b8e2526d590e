"""Dead letters: listed, shown, mended and replayed, with what their sender may send."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from casework import letters
from casework.carry import Carrier
from casework.intake import Sender, Verdict, receive
from casework.letters import LetterError
from casework.tokens import Scope, create, revoke
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Console, Said
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(hours=1)
PERSON = "system:test"
FILE = Sender("file", "morning.jsonl", (NOTTINGHAM,))
GOOD = message("reported", SEEN, id="a")


def text(told: Any) -> bytes:
    return json.dumps(told).encode()


def without_offset() -> dict[str, Any]:
    told = message("reported", SEEN, id="a")
    told["data"]["occurred_at"] = "2026-03-28T22:10:00"
    return told


async def lose(store: Store, content: bytes, sender: Sender = FILE) -> UUID:
    """Send something that becomes a dead letter."""
    (receipt,) = await receive(store, sender, [content], NOW)
    assert receipt.letter_id is not None
    return receipt.letter_id


async def mend(store: Store, letter: UUID, content: bytes) -> None:
    await letters.mend(store, NOTTINGHAM, letter, content, person=PERSON, now=NOW)


async def replay(store: Store, letter: UUID) -> letters.Replayed:
    return await letters.replay(store, (NOTTINGHAM,), letter, PERSON, NOW)


async def waiting(store: Store) -> list[UUID]:
    return [letter.id for letter in await letters.listed(store, (NOTTINGHAM,), PERSON)]


async def test_a_letter_is_mended_and_replayed_at_the_console(console: Console, store: Store) -> None:
    letter = await lose(store, text(without_offset()))
    listed = console.run("letters", "list")
    assert listed.out.startswith(f"{letter} ")
    assert "file:morning.jsonl  data.occurred_at: has no offset" in listed.out
    assert json.loads(console.run("letters", "show", letter, "--raw").out) == without_offset()
    still = console.run("letters", "replay", letter)
    assert (still.code, still.err.splitlines()[0][:30]) == (1, "data.occurred_at: has no offse")
    mended = console.run("letters", "mend", letter, stdin=text(GOOD))
    assert mended.out == f"The letter is mended: now run homeward letters replay {letter}.\n"
    assert console.run("letters", "replay", letter).out == "The letter is settled: accepted.\n"
    assert console.run("letters", "list").out == ""
    async with store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM episodes") == 1
        actions = await tx.all("SELECT action FROM ledger WHERE action LIKE 'letter.%' ORDER BY no")
    assert [row.action for row in actions] == ["letter.mended", "letter.replayed"]


async def test_a_letter_is_mended_in_an_editor(
    homeward: Callable[..., Said], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await lose(store, b"\x1b[31m not JSON")
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(" + repr(json.dumps(GOOD)) + ")"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert "\\x1b[31m not JSON" in homeward("letters", "show", letter).out
    assert homeward("letters", "mend", letter).code == 0
    assert homeward("letters", "mend", letter).err == "homeward: the text is as it was: nothing was changed\n"
    assert homeward("letters", "replay", letter).code == 0
    assert f"{letter}  " in homeward("letters", "list", "--all").out


async def test_what_still_cannot_be_read_stays_with_the_new_reasons(store: Store) -> None:
    letter = await lose(store, b"not JSON")
    await mend(store, letter, text(without_offset()))
    done = await replay(store, letter)
    assert [str(problem).split(":")[0] for problem in done.receipts[0].problems] == ["data.occurred_at"]
    assert await waiting(store) == [letter]


async def test_a_duplicate_settles_and_a_conflict_does_not(store: Store) -> None:
    await receive(store, FILE, [GOOD], NOW)
    first, second = await lose(store, b"one"), await lose(store, b"two")
    await mend(store, first, text(GOOD))
    await mend(store, second, text(GOOD | {"subject": "another"}))
    assert (await replay(store, first)).outcome == "duplicate"
    assert (await replay(store, second)).receipts[0].verdict is Verdict.CONFLICT
    assert await waiting(store) == [second]


async def test_a_letter_is_settled_once(store: Store) -> None:
    letter = await lose(store, b"one")
    await mend(store, letter, text(GOOD))
    await replay(store, letter)
    with pytest.raises(LetterError, match="nothing is left to do"):
        await replay(store, letter)
    with pytest.raises(LetterError, match="nothing is left to do"):
        await mend(store, letter, b"")


async def test_a_cut_list_is_mended_to_all_its_messages(store: Store) -> None:
    letter = await lose(store, text([GOOD])[:-1])
    await mend(store, letter, text([GOOD, message("returned", SEEN, id="b"), without_offset()]))
    done = await replay(store, letter)
    assert [receipt.verdict for receipt in done.receipts] == ["accepted", "accepted", "rejected"]
    assert await waiting(store) == [letter]


async def force(store: Store) -> Sender:
    scope, served = Scope.NOTIFY, (NOTTINGHAM,)
    await create(store, NOTTINGHAM, "notts", scope, NOTTINGHAMSHIRE, served=served, person=PERSON, now=NOW)
    return Sender("http", "notts", (NOTTINGHAM,), NOTTINGHAM, NOTTINGHAMSHIRE)


async def test_replaying_does_not_let_a_force_speak_for_another(store: Store) -> None:
    foreign = text(message("reported", SEEN, id="a", source="urn:police:derbyshire"))
    letter = await lose(store, foreign, await force(store))
    assert (await replay(store, letter)).receipts[0].verdict is Verdict.FORBIDDEN
    await mend(store, letter, foreign)
    assert (await replay(store, letter)).outcome == "accepted"


async def test_a_revoked_token_still_tells_what_its_sender_may_send(store: Store) -> None:
    letter = await lose(store, text(GOOD | {"source": "urn:police:derbyshire"}), await force(store))
    await revoke(store, NOTTINGHAM, "notts", PERSON, NOW)
    assert not (await replay(store, letter)).settled


async def test_a_sender_that_is_not_known_has_to_be_answered_for(store: Store) -> None:
    unknown = Sender("http", "gone", (NOTTINGHAM,), NOTTINGHAM, NOTTINGHAMSHIRE)
    letter = await lose(store, text(GOOD | {"source": "urn:police:derbyshire"}), unknown)
    with pytest.raises(LetterError, match="mend the letter first"):
        await replay(store, letter)


async def test_a_letter_of_another_authority_is_not_there(store: Store) -> None:
    other = Sender("http", "derby", ("E06000015",), "E06000015")
    letter = await lose(store, b"not JSON", other)
    with pytest.raises(LetterError, match="there is no letter"):
        await replay(store, letter)


async def test_a_message_that_could_not_be_applied_is_put_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(store, FILE, [GOOD], NOW)
    runner = Runner(Carrier(store, Policy()), [NOTTINGHAM])

    async def fails(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr("casework.apply.whose", fails)
        await runner.drain()
        (letter,) = await waiting(store)
        with pytest.raises(LetterError, match="accepted as it is"):
            await mend(store, letter, b"")
        await replay(store, letter)
        assert await waiting(store) == []
        await runner.drain()  # it fails again, so that the letter waits again
        assert await waiting(store) == [letter]
    await replay(store, letter)
    assert await runner.drain() == 1
    assert await waiting(store) == []
