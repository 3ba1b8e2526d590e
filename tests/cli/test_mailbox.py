"""`homeward mailbox`: mail of forces, by IMAP and by SMTP, kept before it is acknowledged."""

import re
import smtplib
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from io import BytesIO

import httpx
import pytest

from store.database import Store
from tests.cli.console import Console
from tests.connectors import mouth
from tests.connectors.dovecot import PASSWORD, Server, running
from tests.connectors.issuer import CLIENT, MAILBOX, SECRET, issuing
from tests.faults.product import free_port
from tests.messages import NOTTINGHAM

POLICY = """
[[formats]]
name = "Northshire by e-mail"
source = "urn:police:northshire"
layout = "labels"
zone = "Europe/London"
moments = ["%d/%m/%Y %H:%M"]
[formats.mail]
senders = ["missing@northshire.example"]
vouched_by = "mx.nottingham.example"
[formats.fields]
subject = ["Reference"]
type = ["Notice"]
occurred_at = ["At"]
"child.family_name" = ["Family name"]
"child.given_names" = ["Given names"]
[formats.words.type]
"Missing" = "reported"
[[police_lists.formats]]
source = "urn:police:northshire"
columns.reference = ["Niche No"]
[police_lists.formats.mail]
senders = ["lists@northshire.example"]
vouched_by = "mx.nottingham.example"
"""
TEXT = """Reference: NP-26-004211
Notice: Missing
At: 28/03/2026 22:10
Family name: Okafor
Given names: Amara
"""
VOUCHED = "mx.nottingham.example; dmarc=pass header.from=northshire.example"
FORGED = "mx.nottingham.example; dmarc=fail header.from=northshire.example"


def mail(
    number: int = 1, *, sender: str = "missing@northshire.example", authentication: str = VOUCHED
) -> EmailMessage:
    made = EmailMessage()
    made["Authentication-Results"] = authentication
    made["From"] = sender
    made["To"] = "missing@nottingham.example"
    made["Message-ID"] = f"<{number}@northshire.example>"
    made["Date"] = "Sat, 28 Mar 2026 22:41:00 +0000"
    made.set_content(TEXT)
    return made


def missing_children() -> EmailMessage:
    made = mail(9, sender="lists@northshire.example")
    made.add_attachment("Niche No,Family name\r\nNP-26-004299,Okafor\r\n", subtype="csv", filename="list.csv")
    return made


def bomb() -> EmailMessage:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", b"0" * 100_000_000)
    made = mail(3)
    made.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="list.zip")
    return made


@pytest.fixture
def desk(console: Console) -> Console:
    """A console with a policy that knows one force's mail."""
    (console.directory / "policy.toml").write_text(POLICY)
    return Console(console.directory, {**console.settings, "HOMEWARD_POLICY": "policy.toml"})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


async def kept(store: Store) -> tuple[list[str], list[str]]:
    """Return the ids in the inbox, and why letters wait."""
    async with store.transaction(NOTTINGHAM) as tx:
        ids = [row.id for row in await tx.all("SELECT id FROM inbox ORDER BY id")]
        rows = await tx.all("SELECT reasons FROM letters ORDER BY received_at, id")
    return ids, [row.reasons[0]["message"] for row in rows]


async def compared(store: Store) -> list[tuple[str, int]]:
    """Return by which way lists of missing children came that were compared, and how many are on each."""
    async with store.transaction(NOTTINGHAM) as tx:
        rows = await tx.all("SELECT via, rows FROM police_lists WHERE state = 'compared'")
    return [(row.via, row.rows) for row in rows]


async def test_a_mailbox_is_taken_and_each_mail_once(desk: Console, server: Server, store: Store) -> None:
    user = "twice"
    settings = {
        "HOMEWARD_MAILBOX_HOST": "localhost",
        "HOMEWARD_MAILBOX_PORT": str(server.port),
        "HOMEWARD_MAILBOX_CA": str(server.ca),
        "HOMEWARD_MAILBOX_USER": user,
        "HOMEWARD_MAILBOX_PASSWORD": PASSWORD,
    }
    with server.mailbox(user) as box:
        for each in (mail(1), mail(1), mail(2, sender="x@elsewhere.example"), bomb()):
            box.append("INBOX", each.as_bytes())
    with mouth.running("smtp_peer", "none") as out:
        outgoing = {
            "HOMEWARD_SMTP_HOST": "127.0.0.1",
            "HOMEWARD_SMTP_PORT": str(out.port),
            "HOMEWARD_SMTP_SECURITY": "none",
            "HOMEWARD_SMTP_FROM": "homeward@nottingham.example",
        }
        reading = Console(desk.directory, {**desk.settings, **settings, **outgoing})
        said = reading.run("mailbox", "--once")
        (answer,) = out.received()
    assert (said.code, said.last_line) == (0, "taken 3, refused 1, left 0"), said.err
    ids, reasons = await kept(store)
    assert ids == ["1@northshire.example"]
    assert "x@elsewhere.example is nobody from whom mail is taken" in " ".join(reasons)
    assert answer["to"] == ["missing@northshire.example"]
    assert "has an attachment that would be 100 MB" in answer["text"]
    assert not re.search("Okafor|Amara|4211", answer["raw"])
    assert {name: len(mails) for name, mails in server.folders(user).items()} == {
        "INBOX": 0,
        "Homeward taken": 3,
        "Homeward refused": 1,
    }


@contextmanager
def taking(desk: Console) -> Iterator[smtplib.SMTP]:
    """`homeward mailbox --smtp`, and a mail server that hands over to it."""
    settings = {**desk.settings, "HOMEWARD_MAILBOX_SMTP_PORT": "0"}
    process = Console(desk.directory, settings).start("mailbox", "--smtp")
    try:
        until = time.monotonic() + 60
        while not (port := re.search(r"127\.0\.0\.1:(\d+)", (desk.directory / "out").read_text())):
            assert process.poll() is None, (desk.directory / "err").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        with smtplib.SMTP("127.0.0.1", int(port[1]), timeout=60) as client:
            yield client
    finally:
        process.terminate()
        assert process.wait(30) in {0, 130}, (desk.directory / "err").read_text()


async def test_mail_by_smtp_is_kept_once_it_is_acknowledged(desk: Console, store: Store) -> None:
    with taking(desk) as client:
        for each in (mail(1), mail(1), mail(2, authentication=FORGED)):
            assert client.send_message(each) == {}
            ids, reasons = await kept(store)
        assert client.send_message(missing_children()) == {}
        assert (ids, await compared(store)) == (["1@northshire.example"], [("smtp", 1)])
        assert "mx.nottingham.example does not vouch for missing@northshire.example" in " ".join(reasons)
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.send_message(bomb())
        assert refused.value.smtp_code == 554
        assert b"has an attachment that would be 100 MB" in refused.value.smtp_error
        with pytest.raises(smtplib.SMTPResponseException) as large:
            client.sendmail("a@b.example", ["c@d.example"], b"Subject: x\r\n\r\n" + b"x" * 30_000_000)
        assert large.value.smtp_code == 552


async def test_anything_at_all_may_come_by_smtp(desk: Console, store: Store) -> None:
    odd = [
        b"",
        b"\0\0",
        b"From: \0@northshire.example\r\n\r\n\0",
        b"\xff" * 500,
        b"Subject: " + b"(" * 50_000,
    ]
    with taking(desk) as client:
        for each in odd:
            client.sendmail("a@b.example", ["c@d.example"], each)
    ids, reasons = await kept(store)
    assert (ids, len(reasons)) == ([], len(odd))


async def test_a_mailbox_that_takes_no_password_is_read_and_nothing_secret_is_said(
    desk: Console, store: Store
) -> None:
    (desk.directory / "secret").write_text(SECRET)
    with issuing() as issuer, running(issuer.url) as own:
        with own.mailbox(MAILBOX) as box:
            for each in (mail(1), missing_children(), missing_children()):
                box.append("INBOX", each.as_bytes())
        settings = {
            **of_mailbox(own),
            "HOMEWARD_MAILBOX_USER": MAILBOX,
            "HOMEWARD_MAILBOX_PASSWORD": "",
            "HOMEWARD_MAILBOX_TOKEN_URL": issuer.token_url,
            "HOMEWARD_MAILBOX_CLIENT_ID": CLIENT,
            "HOMEWARD_MAILBOX_CLIENT_SECRET_FILE": "secret",
            "HOMEWARD_LOG_LEVEL": "debug",
        }
        said = Console(desk.directory, {**desk.settings, **settings}).run("mailbox", "--once")
        assert (said.code, said.last_line) == (0, "taken 3, refused 0, left 0"), said.err
        (desk.directory / "secret").write_text("another")
        told = looking(desk, own, **settings)
    assert f"gives no token (invalid_client) ({issuer.token_url})" in told
    assert told.endswith(
        "→ correct HOMEWARD_MAILBOX_CLIENT_ID and _CLIENT_SECRET: the secret is another, or has expired"
    )
    assert (await kept(store), await compared(store)) == ((["1@northshire.example"], []), [("mailbox", 1)])
    for secret in (SECRET, *issuer.given):
        assert secret not in said.out + said.err


def test_without_a_mailbox_it_says_what_to_set(desk: Console) -> None:
    said = desk.run("mailbox")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "set HOMEWARD_MAILBOX_HOST" in said.err


def test_it_says_by_its_probes_whether_the_mailbox_answers(desk: Console) -> None:
    port = free_port()
    with running() as own:
        reading = {**desk.settings, **of_mailbox(own), "HOMEWARD_HOST": "127.0.0.1"}
        process = Console(desk.directory, reading).start("mailbox", "--probe-port", str(port))
        try:
            assert answered(port, "ok") == 200
            own.end()
            assert answered(port, "degraded: the mail server does not answer: mail stays there") == 200
        finally:
            process.terminate()
            assert process.wait(30) in {0, 130}, (desk.directory / "err").read_text()


def answered(port: int, mailbox: str) -> int:
    """Wait until the readiness probe says this of the mailbox, and return its status."""
    until = time.monotonic() + 60
    while True:
        try:
            found = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5)
        except httpx.TransportError:
            found = None
        if found is not None and found.json()["mailbox"] == mailbox:
            return found.status_code
        assert time.monotonic() < until, found and found.text
        time.sleep(0.05)


def of_mailbox(server: Server) -> dict[str, str]:
    return {
        "HOMEWARD_MAILBOX_HOST": "localhost",
        "HOMEWARD_MAILBOX_PORT": str(server.port),
        "HOMEWARD_MAILBOX_CA": str(server.ca),
        "HOMEWARD_MAILBOX_USER": "looked-at",
        "HOMEWARD_MAILBOX_PASSWORD": PASSWORD,
    }


def looking(console: Console, server: Server, **otherwise: str) -> str:
    """Return what the doctor says of the mailbox, some settings otherwise."""
    settings = {**console.settings, **of_mailbox(server), **otherwise}
    said = Console(console.directory, settings).run("doctor")
    (told,) = (line for line in said.out.splitlines() if " mailbox: " in line)
    assert said.code == told.startswith("FAIL")
    assert PASSWORD not in said.out + said.err
    return told


def test_the_doctor_looks_into_the_mailbox_and_changes_nothing(console: Console, server: Server) -> None:
    with server.mailbox("looked-at") as box:
        box.append("INBOX", mail(1).as_bytes())
    told = looking(console, server)
    assert told == f"ok    mailbox: localhost:{server.port} lets us in over TLS; 1 mails wait in INBOX"
    assert {name: len(mails) for name, mails in server.folders("looked-at").items()} == {"INBOX": 1}


@pytest.mark.parametrize(
    ("wrong", "problem", "mend"),
    [
        ("PASSWORD=wrong", "does not accept", "correct them"),
        ("FOLDER=Elsewhere", "has no folder Elsewhere", "correct HOMEWARD_MAILBOX_FOLDER"),
        ("HOST=127.0.0.1", "SSLCertVerificationError", "HOMEWARD_MAILBOX_HOST to the name in it"),
        ("HOST=nowhere.invalid", "gaierror", "correct HOMEWARD_MAILBOX_HOST"),
        ("CA=nowhere.pem", "FileNotFoundError", "correct HOMEWARD_MAILBOX_CA"),
        ("PORT=1", "ConnectionRefusedError", "start it, or correct"),
    ],
)
def test_the_doctor_says_how_to_mend_what_is_wrong_with_the_mailbox(
    console: Console, server: Server, wrong: str, problem: str, mend: str
) -> None:
    setting, _, value = wrong.partition("=")
    told = looking(console, server, **{f"HOMEWARD_MAILBOX_{setting}": value})
    assert problem in told
    assert mend in told.partition(" → ")[2]
