"""What forces send is understood with certainty, or left to a person with the reason: never guessed."""

import json
from dataclasses import replace

import pytest

from connectors.documents.mail_heads import read_head
from connectors.formats import read_as_sent, why_not_vouched
from schemas.formats_policy import MailFormat, Proof
from schemas.notification import TYPE_PREFIX, VERSION
from schemas.reading import canonical
from schemas.understood import told_when_it_happened
from schemas.words import Kind
from tests.unit.forces import FORCES, HEADER, VOUCHED, doubts, event, formats, mail, row, told


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("westmere/morning-list-2026-09-06.csv", "reported reported returned cancelled"),
        ("westmere/morning-list-2026-09-07.csv", "reported returned updated"),
        ("fenland-vale/1-missing-two-sisters.eml", "reported reported"),
        ("fenland-vale/2-located-html.eml", "located located"),
        ("fenland-vale/3-returned-docx.eml", "returned"),
        ("fenland-vale/4-returned-pdf.eml", "returned"),
        ("harbourshire/schedule-friday.xlsx", "reported reported returned"),
        ("harbourshire/weekend-table.eml", "located returned"),
        ("moorland/incident-created.json", "reported"),
        ("moorland/incident-returned.json", "returned"),
    ],
)
def test_every_example_is_understood_whole(name: str, kinds: str) -> None:
    understood = told((FORCES / name).read_bytes(), name.rpartition("/")[2])
    assert understood.parts == understood.notices
    found = [notice.event["type"].split(".")[-2] for notice in understood.notices]
    assert found == kinds.split()


def test_a_row_is_told_in_our_fields_and_words_and_in_utc() -> None:
    data = event(row(Place_Last_Seen="Café, Old Market Square"))["data"]
    assert data["occurred_at"] == "2026-08-28T17:30:00+00:00"
    assert data["child"] == {"family_name": "Ward", "given_names": "Ava", "date_of_birth": "2012-02-14"}
    assert data["missing"]["risk_level"] == "medium"
    assert data["missing"]["last_seen_place"] == "Café, Old Market Square"


def test_the_same_row_in_another_file_is_the_same_message() -> None:
    other = row(header=";".join(reversed(HEADER.split(";"))))
    assert canonical(event(row())) == canonical(event(other, "tomorrow.csv"))
    assert event(row())["id"] != event(row(Risk="HIGH"))["id"]


def test_the_id_of_a_mail_is_its_own_and_counted_for_each_child_in_it() -> None:
    second = ("", "Child's surname: Ward", "Child's first names: Ben")
    found = [notice.event for notice in told(mail(*second), "a.eml").notices]
    assert [one["id"] for one in found] == [
        "one@fenlandvale.police.example",
        "one@fenlandvale.police.example/2",
    ]
    assert [one["data"]["child"]["given_names"] for one in found] == ["Ava", "Ben"]


def test_what_no_field_is_for_is_kept_with_the_notification() -> None:
    content = row(header=f"{HEADER};Officer", Officer="PC 12")
    assert event(content)["data"]["also_told"] == {"Officer": "PC 12"}


def test_a_right_to_left_override_in_a_name_is_kept_and_noted() -> None:
    notice = told(mail(**{"Child's surname": "Wa\u202erd"}), "a.eml").notices[0]
    assert notice.event["data"]["child"]["family_name"] == "Wa\u202erd"
    assert [found.note for found in notice.findings if found.note] == [
        "holds U+202E, which changes the direction of reading: kept as it came"
    ]


@pytest.mark.parametrize(
    ("cells", "field", "says"),
    [
        ({"Log_No": ""}, "subject", "is lacking"),
        ({"Status": "GONE"}, "type", "is no word that the format knows"),
        ({"Status": ""}, "type", "is lacking"),
        ({"Risk": "VERY HIGH"}, "data.missing.risk_level", "is no word that the format knows"),
        ({"DOB": "02/13/2012"}, "data.child.date_of_birth", "does not exist"),
        ({"DOB": "14/02/12"}, "data.child.date_of_birth", "does not exist, or is not written as"),
        ({"DOB": "14/02/2027"}, "data.child.date_of_birth", "lies after what happened"),
        ({"Time_Last_Seen": ""}, "data.occurred_at", "has Date Last Seen, but no Time Last Seen"),
        ({"Time_Last_Seen": "24:30"}, "data.occurred_at", "does not exist"),
        ({"Date_Last_Seen": "28/08/1926"}, "data.occurred_at", "lies before the year 2000"),
        ({"Date_Last_Seen": "29/03/2026", "Time_Last_Seen": "01:30"}, "data.occurred_at", "never was"),
        ({"Date_Last_Seen": "25/10/2026", "Time_Last_Seen": "01:30"}, "data.occurred_at", "came twice"),
        ({"Last_Updated": ""}, "time", "is lacking"),
    ],
)
def test_what_is_not_certain_is_left_to_a_person(cells: dict[str, str], field: str, says: str) -> None:
    assert says in doubts(row(**cells))[field]


def test_where_the_format_knows_no_time_of_telling_a_doubtful_moment_is_one_hole() -> None:
    own = formats()[0]
    fields = {name: names for name, names in own.fields.items() if name != "time"}
    no_time = own.model_copy(update={"fields": fields})
    [draft] = read_as_sent(row(Time_Last_Seen=""), "list.csv", [no_time]).drafts
    assert [reason.field for reason in draft.reasons] == ["data.occurred_at", "data.missing.last_seen_at"]
    data = {**draft.event["data"], "occurred_at": "2026-08-28T17:30:00+00:00"}
    assert told_when_it_happened({**draft.event, "data": data})["time"] == "2026-08-28T17:30:00+00:00"
    cancelled = f"{TYPE_PREFIX}{Kind.CANCELLED}.v{VERSION}"
    assert "time" not in told_when_it_happened({**draft.event, "type": cancelled})


def test_a_draft_holds_all_that_was_understood_and_what_was_not_as_it_came() -> None:
    [draft] = told(row(Risk="VERY HIGH")).drafts
    assert draft.event["data"]["missing"]["risk_level"] == "VERY HIGH"
    assert draft.event["data"]["child"]["family_name"] == "Ward"
    assert "VERY HIGH" not in str(draft.reasons)


def test_a_day_that_two_patterns_read_otherwise_is_a_doubt() -> None:
    both = formats()[0].model_copy(update={"days": ("%d/%m/%Y", "%m/%d/%Y")})
    [draft] = read_as_sent(row(DOB="02/03/2012"), "list.csv", [both]).drafts
    assert "can be read in two ways" in draft.reasons[0].message
    assert read_as_sent(row(DOB="14/03/2012"), "list.csv", [both]).notices


def test_a_column_twice_with_other_values_is_a_doubt() -> None:
    content = row(header=f"{HEADER};Surname").replace(b"Ward\r\n", b"Warde\r\n")
    [draft, of_header] = told(content).drafts
    assert [(reason.field, reason.message) for reason in draft.reasons] == [
        ("data.child.family_name", "is told twice, each time otherwise")
    ]
    assert "is there twice" in of_header.reasons[0].message


def test_a_label_twice_with_other_values_is_a_doubt_and_with_the_same_none() -> None:
    assert "is told twice" in doubts(mail("Police reference: FV-2"), "a.eml")["subject"]
    assert event(mail("> Police reference: FV-1"), "a.eml")["subject"] == "FV-1"


def test_a_row_with_a_cell_too_many_is_a_doubt() -> None:
    assert "has 21 cells where the header has 20" in doubts(row().replace(b"WM-1;", b"WM-1;;"))[""]


def test_a_header_that_comes_again_is_told_and_stops_no_row() -> None:
    understood = told(row() + row(Log_No="WM-2"))
    assert [notice.event["subject"] for notice in understood.notices] == ["WM-1", "WM-2"]
    assert "is the header again" in understood.drafts[0].reasons[0].message


def test_a_list_on_which_nobody_stands_today_is_understood() -> None:
    understood = told(f"{HEADER}\r\n".encode())
    assert (understood.format, understood.parts) == ("Westmere morning list", ())


def test_a_document_of_no_known_format_says_what_it_lacks() -> None:
    [draft] = told(b"Name;Colour\r\nWard;red\r\n").drafts
    assert "Westmere morning list: not all of Log No, Status, Surname, Date Last Seen" in str(draft.reasons)


@pytest.mark.parametrize(
    ("told_by", "says"),
    [
        ("mx.nottingham.example; dmarc=fail", "does not vouch for"),
        ("mx.elsewhere.example; dmarc=pass", "says nothing of who sent it"),
        ("mx.nottingham.example; dmarc=pass header.from=elsewhere.example", "vouches for elsewhere.example"),
        ("mx.nottingham.example; spf=pass (dmarc=pass)", "dmarc=none"),
        ("mx.nottingham.example; spf=none (a (b) dmarc=pass)", "dmarc=none"),
        (
            'mx.nottingham.example; spf=none smtp.mailfrom="x; dmarc=pass"@evil.example; dmarc=fail',
            "dmarc=fail",
        ),
        ("mx.nottingham.example; spf=none reason=dmarc=pass; dmarc=fail", "dmarc=fail"),
    ],
)
def test_a_mail_that_pretends_to_be_a_force_is_not_taken(told_by: str, says: str) -> None:
    assert says in doubts(mail(proof=told_by), "a.eml")["source"]
    assert told(mail(proof=VOUCHED), "a.eml").notices


@pytest.mark.parametrize(
    ("proof", "result", "is_taken"),
    [
        ("spf", "spf=pass smtp.mailfrom=desk@mail.fenlandvale.police.example", True),
        ("spf", "spf=pass smtp.mailfrom=anybody@evil.example", False),
        ("spf", "spf=pass", False),
        ("dkim", "dkim=fail header.d=list.example; dkim=pass header.d=fenlandvale.police.example", True),
        ("dkim", "dkim=pass header.d=evil.example; dkim=fail header.d=fenlandvale.police.example", False),
        ("dkim", "dkim=pass header.d=example", False),
    ],
)
def test_spf_and_dkim_vouch_for_the_domain_that_people_see_alone(
    proof: str, result: str, is_taken: bool
) -> None:
    form = MailFormat(vouched_by="mx.nottingham.example", proofs=(Proof(proof),))
    head = read_head(mail(proof=f"mx.nottingham.example; {result}"))
    assert head
    assert (why_not_vouched(head, form) is None) is is_taken


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        (
            ["spf=pass (sender IP is 192.0.2.7) smtp.mailfrom={d}; dkim=none;dmarc=pass header.from={d};c=1"],
            True,
        ),
        (["spf=fail smtp.mailfrom={d};dmarc=fail header.from={d}", "dmarc=pass header.from={d}"], False),
        (["mx.evil.example; dmarc=pass header.from={d}", "dmarc=pass header.from={d}"], False),
        ([], False),
    ],
)
def test_of_exchange_online_which_names_no_server_the_topmost_header_counts(
    headers: list[str], is_taken: bool
) -> None:
    told_by = tuple(each.format(d="fenlandvale.police.example") for each in headers)
    head = read_head(mail())
    assert head
    form = MailFormat(vouched_by="exchange-online")
    assert (why_not_vouched(replace(head, authentication=told_by), form) is None) is is_taken


def test_two_files_that_cannot_be_read_are_two_tasks_and_a_mail_by_two_ways_is_one() -> None:
    scans = (b"\x89PNG\r\n one", b"\x89PNG\r\n two")
    assert len({told(scan, "list.pdf").drafts[0].event["id"] for scan in scans}) == len(scans)
    forged = mail(proof="mx.nottingham.example; dmarc=fail")
    ways = (forged, b"Received: by another\r\n" + forged)
    assert len({told(way, "a.eml").drafts[0].event["id"] for way in ways}) == 1


def test_a_sender_who_is_not_listed_is_not_taken() -> None:
    assert "is no sender of it" in doubts(mail(sender="somebody@elsewhere.example"), "a.eml")[""]


def test_two_forms_in_one_text_are_a_doubt_and_no_child_gets_what_was_told_of_another() -> None:
    second = mail(Police_reference="FV-2").partition(b"\r\n\r\n")[2].replace(b"Ava", b"Ben")
    understood = told(mail().rstrip() + b"\r\n\r\n" + second, "a.eml")
    assert (len(understood.notices), len(understood.drafts)) == (0, 2)
    assert all("is told twice" in str(draft.reasons) for draft in understood.drafts)


def test_labels_are_known_with_the_apostrophes_that_mail_programs_make() -> None:
    typed = mail().replace(b"Child's", "Child’s".encode())
    assert event(typed, "a.eml")["data"]["child"] == {"family_name": "Ward", "given_names": "Ava"}


def test_a_mail_that_is_quoted_is_read_without_its_marks() -> None:
    head, _, text = mail("", "Reported by: mother").partition(b"\r\n\r\n")
    quoted = b"\r\n".join(b"> " + line if line else b">" for line in text.splitlines())
    data = event(head + b"\r\n\r\n" + quoted, "a.eml")["data"]
    assert data["missing"]["reported_by"] == "mother"
    assert "also_told" not in data


def test_a_name_that_lost_a_character_is_a_doubt() -> None:
    lost = b"\xef\xbb\xbf" + row(Surname="Müller")
    assert "was lost on its way" in doubts(lost)["data.child.family_name"]


def test_prose_after_a_value_is_kept_apart_from_it() -> None:
    found = event(mail("Reported by: mother", "Missing Desk"), "a.eml")["data"]
    assert found["missing"]["reported_by"] == "mother"
    assert found["also_told"] == {"after Reported by": "Missing Desk"}


def test_a_truth_and_a_list_in_json_are_understood() -> None:
    tree = json.loads((FORCES / "moorland/incident-created.json").read_text())
    tree["data"]["attributes"] |= {"tags": ["a", "b"], "flag": True, "persons": []}
    found = event(json.dumps(tree).encode(), "x.json")["data"]
    assert found["also_told"]["data.attributes.flag"] == "yes"
    assert found["also_told"]["data.attributes.tags"] == "a\nb"


def test_a_column_that_was_renamed_is_a_doubt_that_names_those_that_nobody_maps() -> None:
    content = row(header=HEADER.replace("DOB", "XX") + ";Informant", XX="14/02/2012")
    [draft] = told(content).drafts
    assert [(reason.field, reason.message) for reason in draft.reasons] == [
        (
            "data.child.date_of_birth",
            "none of DOB, D.O.B. is among the columns; XX and Informant are, and nobody maps them",
        )
    ]
    assert draft.event["data"]["also_told"] == {"XX": "14/02/2012"}
    assert doubts(row(header=HEADER.replace("Risk;", "Grade;"), Grade="HIGH")) == {
        "data.missing.risk_level": "Risk is not among the columns; Grade is, and nobody maps it"
    }


def test_one_spelling_of_a_column_is_enough_and_one_that_a_row_has_no_use_for_may_be_absent() -> None:
    other = HEADER.replace("DOB", "D.O.B.").replace(";Returned To", "")
    assert (
        event(row(header=other, **{"D.O.B.": "14/02/2012"}))["data"]["child"]["date_of_birth"] == "2012-02-14"
    )


def test_what_is_always_so_does_not_stand_for_a_column_that_was_renamed() -> None:
    fixed = formats()[0].model_copy(update={"fixed": {"missing.category": "missing"}})
    content = row(header=HEADER.replace("Category", "Cat."), **{"Cat.": "AWOL"})
    [draft] = read_as_sent(content, "list.csv", [fixed]).drafts
    assert [reason.field for reason in draft.reasons] == ["data.missing.category"]


def test_of_a_header_with_many_columns_that_nobody_maps_some_are_named() -> None:
    header = HEADER.replace("DOB", ";".join(f"Column {'X' * 50}{at}" for at in range(12)))
    assert doubts(row(header=header))["data.child.date_of_birth"].endswith(
        "… and 4 more are, and nobody maps them"
    )
