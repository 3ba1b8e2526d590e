"""The page of an interview that was held in a former system."""

from datetime import timedelta

from casework.history import How, import_history
from casework.history_rows import read_history
from schemas.access import Duty
from schemas.policy import Policy
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.reader import visit
from tests.web.records import Path, begun

HEADER = "authority_child_id,missing_at,returned_at,offered_at,answer,held_at,held_by\n"
ROW = "C-1,2025-11-03 21:10,2025-11-04 02:00,2025-11-04 16:00,accepted,2025-11-05 10:00,J Smith\n"


async def imported(desk: Desk, row: str = ROW) -> Path:
    """Let the past come in by a command on the server."""
    past = read_history([HEADER, row], NOW)
    await import_history(
        desk.store,
        NOTTINGHAM,
        past,
        Policy(),
        How(),
        person="system:cli:root",
        clock=lambda: NOW - timedelta(hours=1),
    )
    return await begun(desk)


async def test_it_says_that_it_was_imported_and_where_its_record_is(desk: Desk) -> None:
    path = await imported(desk)
    page = await visit(await desk.sign_in(Duty.MANAGER, staff_id="M-1"), f"/interviews/{path.id}")
    assert "It was imported: its record is in the former system." in page.words
    assert "Imported from the former system" in page.words
    assert "Answer Yes Held 5 November 2025 at 10am Held by J Smith" in page.words
    assert f"/interviews/{path.id}/record" not in page.links


async def test_who_imported_it_is_told_in_words_and_no_answer_that_nobody_gave(desk: Desk) -> None:
    path = await imported(desk, ROW.replace("accepted", ""))
    browser = await desk.sign_in(Duty.MANAGER, staff_id="M-1")
    page = await visit(browser, f"/interviews/{path.id}")
    assert "Offered 4 November 2025 at 4pm Held 5 November 2025 at 10am Held by J Smith" in page.words
    [child] = [link for link in page.links if link.startswith("/children/")]
    for words in (page.words, (await visit(browser, child)).words):
        assert "root (by command, on the server)" in words
        assert "system:cli" not in words
