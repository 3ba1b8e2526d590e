"""What waits for a screener, as people see it and work on it."""

import json
from uuid import uuid4

from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import missing


async def letter(desk: Desk, content: str) -> str:
    answer = await desk.post(content)
    return str(answer.json()["letter"])


async def test_screening_shows_questions_and_letters_in_words(desk: Desk) -> None:
    await desk.tell(missing(child={"family_name": "Okafor"}))
    await letter(desk, '{"specversion": "1.0", "id"')
    words = (await visit(desk.client, "/screening")).words
    for part in (
        "Who is this child? Okafor",
        "Is this right? Okafor A notification was taken, but something about it is doubtful: no date",
        "Sent by notify, today at 10am",
        "The message is not JSON",
    ):
        assert part in words


async def test_questions_stand_by_kind_and_one_kind_alone_on_demand(desk: Desk) -> None:
    for number in range(7):
        child = {"family_name": "Okafor"}
        await desk.tell(missing(child=child, subject=f"NP-{number}", id=f"m{number}"))
    page = await visit(desk.client, "/screening")
    assert "All (14) Unknown children (7) Doubtful notifications (7) Unknown children (7)" in page.words
    assert page.words.count("Is this right?") == 5
    assert "/screening?kind=doubtful_notification" in page.links
    alone = (await visit(desk.client, "/screening", kind="doubtful_notification")).words
    assert alone.count("Is this right?") == 7
    assert "Who is this child?" not in alone
    assert "Who is this child?" in (await visit(desk.client, "/screening", kind="none such")).words


async def test_screening_with_nothing_to_do_says_so(desk: Desk) -> None:
    words = (await visit(desk.client, "/screening")).words
    assert "Nothing is asked." in words
    assert "None waits." in words


async def test_a_letter_shows_its_bytes_as_text_and_never_as_markup(desk: Desk) -> None:
    id_ = await letter(desk, "<img src=x onerror=alert(1)>")
    html = (await desk.client.get(f"/screening/letters/{id_}")).text
    assert "&lt;img src=x" in html
    assert "<img" not in html


async def test_a_letter_is_mended_and_taken(desk: Desk) -> None:
    wrong = missing() | {"time": "2026-03-28T19:30:00"}
    path = f"/screening/letters/{await letter(desk, json.dumps(wrong))}"
    form = await visit(desk.client, path)
    still = await submit(desk.client, path, form, mend="yes", content=form.fields["content"])
    assert "It still cannot be taken" in still.text
    mended = json.dumps(missing())
    answer = await submit(desk.client, path, Page(still.text), mend="yes", content=mended)
    assert answer.status_code == 303
    await desk.runner.drain()
    assert "Taken Replayed today at 10am : accepted." in (await visit(desk.client, path)).words
    assert [e["status"] for e in await desk.items("/api/v1/episodes")] == ["open"]
    line = (await desk.items("/api/v1/ledger", action="letter.mended"))[0]
    assert line["actor"] == desk.person_of(desk.client)


async def test_a_letter_that_was_taken_cannot_be_taken_twice(desk: Desk) -> None:
    wrong = missing() | {"time": "2026-03-28T19:30:00"}
    path = f"/screening/letters/{await letter(desk, json.dumps(wrong))}"
    form = await visit(desk.client, path)
    await submit(desk.client, path, form, mend="yes", content=json.dumps(missing()))
    again = await submit(desk.client, path, form, replay="yes")
    assert "nothing is left to do" in again.text


async def test_a_letter_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert (await desk.client.get(f"/screening/letters/{uuid4()}")).status_code == 404
