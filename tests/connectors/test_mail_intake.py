"""Mail by SMTP: a mail server hears 250 only for what is kept."""

import asyncio
import smtplib

import pytest

from connectors.mailbox.intake import receiving
from connectors.mailbox.taking import Answer, NotNow

MAIL = b"From: missing@northshire.example\r\n\r\nReference: NP-26-004211\r\n"


def hand_over(port: int, mail: bytes) -> int:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        try:
            client.sendmail("missing@northshire.example", ["desk@nottingham.example"], mail)
        except smtplib.SMTPDataError as refused:
            return int(refused.smtp_code)
        return 250


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Answer(), 250),
        (Answer("is a zip bomb – größer"), 554),
        (NotNow(), 451),
        (ZeroDivisionError(), 451),
    ],
)
async def test_the_answer_says_what_became_of_it(outcome: Answer | Exception, code: int) -> None:
    came: list[bytes] = []

    async def take(content: bytes) -> Answer:
        came.append(content)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async with receiving(0, take) as port:
        assert await asyncio.to_thread(hand_over, port, MAIL) == code
    assert came == [MAIL]


async def test_it_is_not_acknowledged_before_it_is_kept() -> None:
    kept = asyncio.Event()

    async def take(_: bytes) -> Answer:
        await kept.wait()
        return Answer()

    async with receiving(0, take) as port:
        answered = asyncio.create_task(asyncio.to_thread(hand_over, port, MAIL))
        done, _ = await asyncio.wait({answered}, timeout=0.2)
        assert not done
        kept.set()
        assert await answered == 250
