"""The screener's task beside the original: what was read of it, where the row stands, and the file itself."""

from casework import originals
from casework.intake import Sender
from casework.originals import Original
from tests.messages import NOTTINGHAM
from tests.unit.forces import row, told
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit

CONTENT = row(Risk="VERY HIGH", Surname="Wárd")


async def drafted(desk: Desk) -> str:
    """Take in a list with a row that is not understood, and return the address of its page."""
    understood = told(CONTENT)
    original = Original(CONTENT, "liste <b>.csv", understood.media, understood.shown)
    sender = Sender("file", "liste.csv", (NOTTINGHAM,))
    [receipt] = await originals.receive(
        desk.store, sender, original, understood.notices, understood.drafts, now=NOW
    )
    return f"/screening/letters/{receipt.letter_id}"


async def test_a_draft_stands_beside_its_original(desk: Desk) -> None:
    page = await visit(desk.client, await drafted(desk))
    assert "data.missing.risk_level : is no word that the format knows" in page.words
    assert "liste <b>.csv , line 2 ," in page.words
    assert "WM-1 | MISPER | Wárd | Ava" in page.words
    assert '"risk_level": "VERY HIGH"' in page.fields["content"]
    assert "Try again" not in page.words


async def test_a_draft_that_is_filled_is_taken(desk: Desk) -> None:
    path = await drafted(desk)
    page = await visit(desk.client, path)
    still = await submit(desk.client, path, page, mend="yes", content=page.fields["content"])
    assert "It still cannot be taken" in still.text
    filled = page.fields["content"].replace("VERY HIGH", "high")
    answer = await submit(desk.client, path, Page(still.text), mend="yes", content=filled)
    assert answer.status_code == 303


async def test_the_original_is_carried_off_as_a_file_and_that_is_written_down(desk: Desk) -> None:
    path = await drafted(desk)
    answer = await desk.client.get(f"{path}/original")
    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none';")
    assert answer.headers["x-content-type-options"] == "nosniff"
    id_ = path.rpartition("/")[2]
    assert answer.headers["content-disposition"] == f'attachment; filename="original-{id_}.csv"'
    [line] = await desk.items("/api/v1/ledger", action="original.downloaded")
    assert line["actor"] == desk.person_of(desk.client)
