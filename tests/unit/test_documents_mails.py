"""E-mails, their tables and what is attached to them."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from connectors.documents import read
from connectors.documents.parts import Document
from tests.unit.document_files import mail, workbook

TABLE = "<table><tr><th>Ref<th>Name<th>Born</tr><tr><td>NP-1<td>Zoë<td>2011</table>"


def reading(message: EmailMessage) -> Document:
    return read(message.as_bytes(), "mail.eml")


def test_the_head_of_a_mail_is_read_with_what_servers_said_of_its_sender() -> None:
    told = b"Authentication-Results: mx.nottingham.example;\n spf=pass smtp.mailfrom=northshire.example\n"
    head = read(told + mail().as_bytes(), "mail.eml").mail
    assert head is not None
    assert (head.message_id, head.sender) == ("4211@northshire.example", "missing@northshire.example")
    assert head.sent_at == datetime(2026, 3, 28, 22, 41, tzinfo=UTC)
    assert head.authentication == ("mx.nottingham.example; spf=pass smtp.mailfrom=northshire.example",)


def test_a_date_beyond_the_calendar_is_none() -> None:
    raw = mail("Name: Zoë").as_bytes().replace(b"28 Mar 2026 22:41:00 +0000", b"31 Dec 9999 23:59:59 -1200")
    head = read(raw, "mail.eml").mail
    assert head is not None
    assert head.sent_at is None


def test_of_text_and_html_that_say_the_same_one_is_read() -> None:
    found = reading(mail("Ref NP-1 Name Zoe", f"<p>Name: Zoë</p>{TABLE}"))
    assert [lines.text for lines in found.lines] == ["Name: Zoë"]
    assert found.tables[0].rows[0].cells == ("NP-1", "Zoë", "2011")


def test_the_text_is_read_where_the_html_says_nothing() -> None:
    assert reading(mail("Name: Zoë", "<img src='cid:crest'>")).lines[0].text.strip() == "Name: Zoë"


def test_what_is_attached_is_read_by_its_content_also_in_a_forwarded_mail() -> None:
    forwarded = mail("See attached")
    forwarded.add_attachment(
        workbook([["Ref", "Name"], ["NP-2", "Mari"]]), maintype="image", subtype="png", filename="a.png"
    )
    message = mail("Forwarded")
    message.add_attachment(forwarded)
    found = reading(message)
    assert found.tables[0].place == "mail, attachment a.png, sheet Missing"
    assert found.tables[0].rows[0].cells == ("NP-2", "Mari")


@pytest.mark.parametrize(("charset", "said"), [("iso-8859-1", "windows-1252"), ("koi8-r", "koi8-r")])
def test_a_text_in_an_old_character_set_is_read(charset: str, said: str) -> None:
    text = "Name: Zoë" if charset == "iso-8859-1" else "Name: Зоя"
    raw = mail("@").as_bytes().replace(b'"utf-8"', charset.encode()).replace(b"@\n", text.encode(said))
    assert read(raw, "mail.eml").lines[0].text.strip() == text


def test_lines_that_a_mail_program_broke_are_whole_again() -> None:
    raw = mail("Circumstances: did not come \nback from town.\nRisk: medium\n").as_bytes()
    raw = raw.replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    assert read(raw, "x.eml").lines[0].text == ("Circumstances: did not come back from town.\nRisk: medium\n")


@pytest.mark.parametrize("sender", ["a@north.example, b@south.example", "nobody", ""])
def test_a_mail_without_one_sender_has_none(sender: str) -> None:
    found = reading(mail(From=sender))
    assert found.mail is not None
    assert found.mail.sender == ""
    assert "does not name one sender" in found.faults[0].message


def test_a_name_that_looks_like_an_address_is_not_the_sender() -> None:
    found = reading(mail(From='"missing@northshire.example" <x@elsewhere.example>'))
    assert found.mail is not None
    assert found.mail.sender == "x@elsewhere.example"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/pkcs7-mime", "is encrypted"),
        ("application/ms-tnef", "Outlook’s own form"),
        ("application/zip", "damaged"),
    ],
)
def test_an_attachment_that_cannot_be_read_is_told(kind: str, said: str) -> None:
    message = mail()
    maintype, subtype = kind.split("/")
    message.add_attachment(b"PK\x03\x04", maintype=maintype, subtype=subtype, filename="list.bin")
    found = reading(message)
    assert (found.faults[0].place, found.lines[0].text) == ("attachment list.bin", "Name: Amara Okafor\n")
    assert said in found.faults[0].message


def test_thousands_of_attachments_are_not_all_read() -> None:
    head = b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
    for parts, said in ((300, "more than 200 parts"), (30_000, "far too many parts")):
        found = read(head + b"--x\nContent-Type: text/plain\n\nRef: 1\n" * parts, "mail.eml")
        assert said in found.faults[0].message


def test_mails_nested_without_end_are_told() -> None:
    raw = mail().as_bytes()
    for _ in range(2000):
        raw = b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + raw
    assert read(raw, "x.eml").faults
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2000))
    assert "nested too deeply" in read(b"MIME-Version: 1.0\n" + parts, "x.eml").faults[0].message


def test_a_header_without_end_is_not_read() -> None:
    raw = b"MIME-Version: 1.0\nFrom: " + b"(" * 1_000_000 + b"\nContent-Type: text/plain\n\nName: Amara\n"
    assert "header too long" in read(raw, "x.eml").faults[0].message
