"""Lists of missing children that come by mail: compared once, or put before a person."""

import json
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from cli.mail_intake import MailIntake
from cli.mailed_lists import Expected, ListIntake, Mailed, read_mailed
from connectors.documents.mail_heads import read_head
from schemas.formats_policy import ForceFormat
from schemas.police_lists_policy import ListFormat
from schemas.policy import Policy
from store.database import Store
from tests.cli.console import Said
from tests.messages import NOTTINGHAM

BRISTOL = "E06000023"
NORTHSHIRE = "urn:police:northshire"
HEAD = "Niche No,Surname,Given names,Date of birth,MISPER from"
AMARA = "NP-26-004211,Okafor,Amara,02/07/2011,30/03/2026 19:00"
LIST = {
    "source": NORTHSHIRE,
    "mail": {"senders": ["lists@northshire.example"], "vouched_by": "mx.nottingham.example"},
    "columns": {
        "reference": ["Niche No"],
        "family_name": ["Surname"],
        "missing_since": ["MISPER from"],
    },
}
NOTIFICATIONS = {
    "name": "Northshire's table",
    "source": NORTHSHIRE,
    "layout": "rows",
    "authority": NOTTINGHAM,
    "mail": {"senders": ["lists@northshire.example"]},
    "fields": {"subject": ["Niche No"], "occurred_at": ["At"], "child.family_name": ["Surname"]},
    "fixed": {"type": "reported"},
}
VOUCHED = "mx.nottingham.example; dmarc=pass header.from=northshire.example"


def mail(
    *rows: str, hops: int = 1, vouched: str = VOUCHED, date: str = "Tue, 31 Mar 2026 06:00:00 +0000"
) -> bytes:
    made = EmailMessage()
    for hop in range(hops):
        made["Received"] = f"by hop{hop}.nottingham.example"
    made["Authentication-Results"] = vouched
    made["From"] = "lists@northshire.example"
    made["Message-ID"] = "<1@northshire.example>"
    if date:
        made["Date"] = date
    made.set_content("Still missing this morning.")
    made.add_attachment("\r\n".join(rows), subtype="csv", filename="list.csv")
    return made.as_bytes()


def intake(store: Store, *, lists: bool = True, notifications: bool = False) -> MailIntake:
    told = {
        "police_lists": {"formats": [LIST] if lists else []},
        "formats": [NOTIFICATIONS] if notifications else [],
    }
    policy = Policy.model_validate_json(json.dumps(told))

    async def formats() -> tuple[ForceFormat, ...]:
        return policy.formats

    return MailIntake(
        store, [NOTTINGHAM], formats, lists=ListIntake(store, [NOTTINGHAM], policy), via="mailbox"
    )


async def found(store: Store) -> tuple[list[tuple[str, str, int]], list[str], list[str]]:
    """Return the lists that are kept, why letters wait, and what differs."""
    async with store.transaction(NOTTINGHAM) as tx:
        lists = await tx.all("SELECT via, state, rows FROM police_lists ORDER BY received_at")
        letters = await tx.all("SELECT reasons FROM letters ORDER BY received_at, id")
        tasks = await tx.all("SELECT why FROM police_tasks ORDER BY why")
    kept = [(row.via, row.state, row.rows) for row in lists]
    return kept, [row.reasons[0]["message"] for row in letters], [row.why for row in tasks]


async def test_a_list_by_mail_is_compared_once_as_by_the_command(
    store: Store, homeward: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hops in (1, 1, 2):  # the same mail, and the same by another way
        assert (await intake(store).take(mail(HEAD, AMARA, hops=hops))).refused is None
    assert await found(store) == ([("mailbox", "compared", 1)], [], ["not_told"])
    (tmp_path / "list.eml").write_bytes(mail(HEAD, AMARA))
    (tmp_path / "policy.toml").write_text(
        f'[[police_lists.formats]]\nsource = "{NORTHSHIRE}"\ncolumns.reference = ["Niche No"]\n'
        'columns.family_name = ["Surname"]\ncolumns.missing_since = ["MISPER from"]\n'
    )
    monkeypatch.setenv("HOMEWARD_POLICY", "policy.toml")
    said = homeward("reconcile", "list.eml", "--force", NORTHSHIRE)
    assert said.out == "1 children listed, 0 faults; it was here before: nothing is new\n"


async def test_what_is_not_surely_a_list_of_this_force_is_put_before_a_person_and_not_compared(
    store: Store,
) -> None:
    forged = VOUCHED.replace("pass", "fail")
    await intake(store).take(mail(HEAD, AMARA, vouched=forged))
    await intake(store).take(mail(HEAD, AMARA, date=""))
    await intake(store).take(mail("Notes", "Nobody is missing"))
    await intake(store, notifications=True).take(mail(HEAD, AMARA))
    await intake(store, lists=False).take(mail(HEAD, AMARA, hops=2))
    kept, letters, differences = await found(store)
    assert (kept, differences) == ([], [])
    says = [
        "mx.nottingham.example does not vouch for lists@northshire.example",
        "does not say when it was sent",
        "no table in it has the columns of the list",
        "may be notifications (Northshire's table) or a list of missing children",
        "is nobody from whom mail is taken",
    ]
    assert [len([one for one in letters if said in one]) for said in says] == [1] * len(says)


async def test_what_is_surely_a_notification_stays_one(store: Store) -> None:
    taking = intake(store, notifications=True)
    await taking.take(mail("Niche No,Surname,At", "NP-1,Okafor,2026-03-30T19:00:00Z"))
    assert await found(store) == ([], [], [])
    async with store.transaction(NOTTINGHAM) as tx:
        assert [row.subject for row in await tx.all("SELECT subject FROM inbox")] == ["NP-1"]


@pytest.mark.parametrize(
    ("row", "compared", "doubt"),
    [
        (f"{AMARA},{BRISTOL}", 2, None),
        (f"{AMARA},", 0, "is a list of missing children for several authorities"),
    ],
)
def test_a_list_for_several_authorities_says_of_each_row_for_which_it_is(
    row: str, compared: int, doubt: str | None
) -> None:
    form = ListFormat.model_validate_json(json.dumps(LIST))
    content = mail(f"{HEAD},authority", f"{AMARA},{NOTTINGHAM}", row)
    read = read_of(content, [Expected(authority, form) for authority in (NOTTINGHAM, BRISTOL)])
    assert len(read.lists) == compared
    assert (read.doubt or "").startswith(doubt or "")


def test_a_sender_of_two_forces_is_no_force() -> None:
    form = ListFormat.model_validate_json(json.dumps(LIST))
    own = [form, form.model_copy(update={"source": "urn:police:southshire"})]
    read = read_of(mail(HEAD, AMARA), [Expected(NOTTINGHAM, one) for one in own])
    assert read.doubt == "is a list of missing children of more than one force: name each sender once"


def read_of(content: bytes, own: Sequence[Expected]) -> Mailed:
    head = read_head(content)
    assert head
    read = read_mailed(content, "smtp", head, own, None)
    assert read
    return read
