"""E-mail by SMTP, at a real mail server in a process of its own."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
import trustme

from connectors.channel import NotSent, TryAgain, WillNeverWork
from connectors.smtp import Mailer, Smtp
from tests.connectors.letters import ALERT
from tests.connectors.mouth import Peer, running
from tests.connectors.smtp_peer import PASSWORD, USER


@pytest.fixture(scope="module")
def plain() -> Iterator[Peer]:
    with running("smtp_peer", "none") as peer:
        yield peer


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str]]:
    """An authority's certificate, and the server's certificate and key."""
    directory = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(directory / "ca.pem")
    made.cert_chain_pems[0].write_to_path(directory / "cert.pem")
    made.private_key_pem.write_to_path(directory / "key.pem")
    return directory / "ca.pem", (str(directory / "cert.pem"), str(directory / "key.pem"))


def mailer(peer: Peer) -> Mailer:
    return Mailer("127.0.0.1", peer.port, "homeward@nottingham.example", security="none", timeout_seconds=5)


async def test_what_is_sent_arrives_as_text_and_html_under_the_same_id_each_time(plain: Peer) -> None:
    plain.script()
    references = [await Smtp(mailer(plain)).send(ALERT) for _ in range(2)]
    first, second = plain.received()
    assert references == [f"<{ALERT.key}@nottingham.example>"] * 2 == [first["id"], second["id"]]
    assert (first["to"], first["from"]) == ([ALERT.to], "homeward@nottingham.example")
    assert (first["subject"], first["text"], first["html"].strip()) == (ALERT.subject, ALERT.text, ALERT.html)
    assert first["automatic"] == "auto-generated"


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        (450, TryAgain, "the mail server refuses the recipient for now (450)"),
        (550, WillNeverWork, "the mail server refuses the recipient (550)"),
        (451, TryAgain, "the mail server refuses the message for now (451)"),
        (554, WillNeverWork, "the mail server refuses the message (554)"),
    ],
)
async def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(
    code: int, kind: type[NotSent], says: str, plain: Peer
) -> None:
    plain.script(code)
    with pytest.raises(kind) as told:
        await Smtp(mailer(plain)).send(ALERT)
    assert str(told.value) == says
    await Smtp(mailer(plain)).send(ALERT)
    assert len(plain.received()) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_it_signs_in_over_tls(
    security: Literal["starttls", "tls"], certified: tuple[Path, tuple[str, str]]
) -> None:
    ca, files = certified
    with running("smtp_peer", security, *files) as peer:
        secure = replace(mailer(peer), security=security, user=USER, password=PASSWORD, ca=ca)
        await Smtp(secure).send(ALERT)
        assert [mail["to"] for mail in peer.received()] == [[ALERT.to]]
        with pytest.raises(TryAgain, match="does not accept HOMEWARD_SMTP_USER") as told:
            await Smtp(replace(secure, password="wrong")).send(ALERT)
        with pytest.raises(TryAgain, match="cannot be reached"):
            await Smtp(replace(secure, ca=None)).send(ALERT)
    assert "wrong" not in f"{told.value} {replace(secure, password='wrong')}"


async def test_without_the_encryption_that_was_asked_for_nothing_is_sent(plain: Peer) -> None:
    plain.script()
    with pytest.raises(TryAgain, match="cannot do what the settings"):
        await Smtp(replace(mailer(plain), security="starttls")).send(ALERT)
    assert plain.received() == []


async def test_a_server_that_is_away_may_come_back() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(TryAgain, match=r"cannot be reached|broke off"):
        await Smtp(Mailer("127.0.0.1", port, "h@example.org", security="none", timeout_seconds=5)).send(ALERT)


@pytest.mark.parametrize("to", ["grace\nBcc: all@example.org", "grace bell", ""])
async def test_what_is_no_address_never_works(to: str, plain: Peer) -> None:
    plain.script()
    with pytest.raises(WillNeverWork):
        await Smtp(mailer(plain)).send(replace(ALERT, to=to))
    assert plain.received() == []
