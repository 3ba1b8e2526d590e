"""A worker's own page: what is theirs, how long there is, and what to do next."""

from datetime import timedelta
from typing import Any

from schemas.access import Duty
from tests.messages import message
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, visit
from tests.web.records import Path, begun, staffed
from tests.web.stories import BACK, BILAL, missing, returned

ASKED = "2026-03-30T09:00:00Z"


async def back(desk: Desk) -> Path:
    """Return the interview of a child who is back, given to W-1."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.do("allocate", by="M-1", interviewer="W-1")
    return path


async def mine(desk: Desk, staff_id: str | None = "W-1") -> Page:
    return await visit(await desk.sign_in(Duty.WORKER, staff_id=staff_id), "/my-interviews")


async def test_it_says_whose_the_interview_is_how_long_there_is_and_what_to_do_next(desk: Desk) -> None:
    path = await back(desk)
    page = await mine(desk)
    assert (
        "Amara Grace Okafor 22 hours left Interview due tomorrow at 8am Allocated Risk: Medium" in page.words
    )
    assert f"/interviews/{path.id}/do/offer" in page.links
    assert f"/interviews/{path.id}" in page.links


async def test_nobody_sees_the_interviews_of_others(desk: Desk) -> None:
    await back(desk)
    assert "You have no interview just now." in (await mine(desk, "W-2")).words


async def test_who_is_not_in_the_directory_is_told_how_that_is_mended(desk: Desk) -> None:
    await back(desk)
    words = (await mine(desk, None)).words
    assert "Ask your administrator to put your staff number into your account." in words
    assert "Okafor" not in words


async def test_what_is_late_stands_before_what_is_today_and_later(desk: Desk) -> None:
    path = await back(desk)
    carys = {**BILAL, "authority_child_id": "C-3", "family_name": "Price", "given_names": "Carys"}
    for number, (child, ago) in enumerate(((BILAL, 1), (carys, 70))):
        subject = f"NP-{number}"
        at = NOW - timedelta(hours=ago)
        await desk.tell(
            missing(at - timedelta(hours=5), id=f"a{number}", child=child, subject=subject),
            returned(at, id=f"b{number}", child=child, subject=subject),
        )
    for found in await desk.items("/api/v1/interviews", status="due"):
        await Path(desk, found["id"], found["version"]).do("allocate", by="M-1", interviewer="W-1")
    desk.clock.now = NOW + timedelta(hours=5)  # Carys' deadline is over, Amara's is tomorrow, Bilal's later
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("arrange", by="W-1", starts_at="2026-03-31T16:00:00Z", place="Youth club")
    words = (await mine(desk)).words
    places = [words.index(text) for text in ("Overdue Carys", "Today Amara", "Later Bilal")]
    assert places == sorted(places)
    assert "1 overdue 1 today" in words
    assert "Agreed for today at 5pm , Youth club" in words


async def test_each_stage_has_one_next_step(desk: Desk) -> None:
    path = await back(desk)
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("offer", {"at": ASKED, "how": "phone", "answer": "not_reached"}, "Try again to offer it"),
        ("offer", {"at": ASKED, "how": "phone", "answer": "undecided"}, "Ask again"),
        ("offer", {"at": ASKED, "how": "phone", "answer": "declined"}, "Record that the child declined"),
        ("offer", {"at": ASKED, "how": "phone", "answer": "accepted"}, "Arrange a time"),
        ("arrange", {"starts_at": "2026-03-31T15:00:00Z", "place": "School"}, "Record that it was held"),
        ("hold", {"held_at": "2026-03-31T08:00:00Z"}, "Write the record"),
    ]
    for command, body, step in steps:
        await path.do(command, by="W-1", **body)
        assert f"{step} : Amara Grace Okafor" in (await mine(desk)).words
    number = await path.write()
    assert "Go on with the record" in (await mine(desk)).words
    await path.do("submit", by="W-1", draft=number)
    assert (
        "With the manager Amara Grace Okafor Record submitted Risk: Medium The manager decides"
        in (await mine(desk)).words
    )
    await path.do("send-back", by="M-1", reasons=[{"section": "account", "reason": "In her own words."}])
    words = (await mine(desk)).words
    assert "Sent back to you Amara" in words
    assert "Mend what was sent back" in words


async def test_what_is_finished_stands_there_for_a_week(desk: Desk) -> None:
    path = await back(desk)
    await path.do(
        "decline", by="W-1", declined_by="child", reason="Will not talk.", also_offered="A letter, and Tom.",
        carer_said="Nothing new.", authorised_by="M-1",
    )  # fmt: skip
    assert "Finished in the last 7 days Amara Grace Okafor Declined" in (await mine(desk)).words
    desk.clock.now = NOW + timedelta(days=8)
    assert "You have no interview just now." in (await mine(desk)).words


async def test_an_absence_that_the_conversation_covers_moves_the_deadline_forward(desk: Desk) -> None:
    await staffed(desk)
    earlier, later = BACK - timedelta(days=2), BACK
    await desk.tell(
        missing(earlier - timedelta(hours=5)), returned(earlier),
        missing(later - timedelta(hours=5), id="m3", subject="NP-2"),
        returned(later, id="m4", subject="NP-2"),
    )  # fmt: skip
    first, last = await desk.items("/api/v1/interviews")
    path = Path(desk, last["id"], last["version"])
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[first["id"]], reason="She tells of both.")
    page = await mine(desk)
    assert "Overdue by 26 hours" in page.words
    assert "The same conversation is about 1 further absence" in page.words
    assert f"/interviews/{first['id']}" not in page.links


async def test_a_located_child_shows_that_the_return_is_not_confirmed(desk: Desk) -> None:
    await staffed(desk)
    await desk.tell(missing(), message("located", BACK, id="m2"))
    await (await begun(desk)).do("allocate", by="M-1", interviewer="W-1")
    assert "Return not confirmed" in (await mine(desk)).words
