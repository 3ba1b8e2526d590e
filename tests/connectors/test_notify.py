"""E-mail and texts by GOV.UK Notify, at a peer that speaks its API and checks our tokens."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.channel import NotSent, TryAgain, WillNeverWork
from connectors.notify import NotifyEmail, NotifyText, Service
from tests.connectors.letters import ALERT
from tests.connectors.mouth import Peer, running
from tests.connectors.notify_peer import EMAIL, KEY, SECRET, TEXT


@pytest.fixture(scope="module")
def notify() -> Iterator[Peer]:
    with running("notify_peer") as peer:
        yield peer


def service(peer: Peer, key: str = KEY) -> Service:
    return Service(peer.url, key, timeout_seconds=5)


async def test_an_e_mail_has_our_key_as_its_reference(notify: Peer) -> None:
    notify.script()
    reference = await NotifyEmail(service(notify), EMAIL).send(ALERT)
    (taken,) = notify.received()
    assert (taken["id"], taken["reference"], taken["to"]) == (reference, ALERT.key, ALERT.to)
    assert taken["personalisation"] == {"subject": ALERT.subject, "body": ALERT.text}


async def test_a_text_is_the_short_of_it(notify: Peer) -> None:
    notify.script()
    await NotifyText(service(notify), TEXT).send(replace(ALERT, to="07700 900123"))
    (taken,) = notify.received()
    assert (taken["phone_number"], taken["personalisation"]) == ("07700 900123", {"body": ALERT.short})


@pytest.mark.parametrize(
    ("status", "says", "after"),
    [
        (429, "GOV.UK Notify asks for fewer messages (429)", 90.0),
        (500, "GOV.UK Notify failed (500)", None),
        (403, "GOV.UK Notify does not accept our key: correct HOMEWARD_NOTIFY_KEY", None),
    ],
)
async def test_what_is_not_about_the_message_is_tried_again(
    status: int, says: str, after: float | None, notify: Peer
) -> None:
    notify.script(status)
    with pytest.raises(TryAgain) as told:
        await NotifyEmail(service(notify), EMAIL).send(ALERT)
    assert str(told.value).startswith(says)
    assert told.value.after_seconds == after
    await NotifyEmail(service(notify), EMAIL).send(ALERT)
    assert [each["reference"] for each in notify.received()] == [ALERT.key]


async def test_a_key_that_is_not_ours_is_refused_and_never_told(notify: Peer) -> None:
    notify.script()
    wrong = f"{KEY[:-4]}0000"
    with pytest.raises(TryAgain, match="HOMEWARD_NOTIFY_KEY") as told:
        await NotifyEmail(service(notify, wrong), EMAIL).send(ALERT)
    assert wrong[-36:] not in f"{told.value} {service(notify, wrong)}"
    assert SECRET not in repr(service(notify))


@pytest.mark.parametrize(("template", "to"), [(TEXT, ALERT.to), (EMAIL, "grace.bell")])
async def test_a_wrong_template_or_address_never_works(template: str, to: str, notify: Peer) -> None:
    notify.script()
    with pytest.raises(WillNeverWork) as told:
        await NotifyEmail(service(notify), template).send(replace(ALERT, to=to))
    assert to not in str(told.value)


async def test_no_answer_is_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(NotSent, match="does not answer"):
        await NotifyEmail(Service(url, KEY, timeout_seconds=5), EMAIL).send(ALERT)
