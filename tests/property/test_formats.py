"""Whatever a force sends: reading it never fails, and what comes out as a notification always is one."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.documents.parts import Document, Lines, Mail, Row, Table, Tree
from connectors.formats import understand
from connectors.formats.lines import known_labels
from schemas.reading import canonical, read_notification
from schemas.understood import Understood
from tests.unit.forces import HEADER, LABELS, ROW, formats

WORDS = [
    *ROW.values(),
    *LABELS.values(),
    "RTN",
    "STILL OUT",
    "CANC",
    "25/10/2026",
    "01:30",
    "N/K",
    "2026-08-28",
    "",
]
cells = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
names = st.one_of(st.sampled_from(HEADER.split(";")), st.text(max_size=8))
labels = st.one_of(
    st.sampled_from([label for form in formats() for label in sorted(known_labels(form))]), names
)
leaves = st.one_of(cells, st.none(), st.booleans(), st.integers(), st.floats())
trees = st.recursive(
    leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4))
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    header = draw(st.one_of(st.just(tuple(HEADER.split(";"))), st.lists(names, max_size=18).map(tuple)))
    usual = tuple(ROW.get(name, "") for name in header)
    rows = []
    for number in range(draw(st.integers(0, 3))):
        changed = draw(st.dictionaries(st.integers(0, 20), cells, max_size=4))
        told = tuple(changed.get(at, text) for at, text in enumerate(usual))[: draw(st.integers(0, 20))]
        rows.append(Row(f"line {number + 2}", told, ""))
    return Table("", header, tuple(rows))


@st.composite
def lines(draw: st.DrawFn) -> Lines:
    told = [f"{label}: {text}" for label, text in LABELS.items()] if draw(st.booleans()) else []
    more = draw(st.lists(st.one_of(st.tuples(labels, cells).map(": ".join), cells), max_size=6))
    return Lines("text", "\n".join([*told, *more]))


@st.composite
def attributes(draw: st.DrawFn) -> Tree:
    usual: dict[str, Any] = {
        "incidentNumber": "ML-1",
        "eventKind": "MISSING_CREATED",
        "createdAt": "2026-09-25T19:02:11Z",
        "eventAt": "25/09/2026 18:40",
    }
    changed = draw(
        st.dictionaries(st.sampled_from([*usual, "persons", "formText", "riskGrade"]), trees, max_size=3)
    )
    return Tree("", {"data": {"attributes": usual | changed}, "x": draw(trees)})


mails = st.builds(
    Mail,
    message_id=st.text(max_size=300),
    sender=st.sampled_from(["missing.desk@fenlandvale.police.example", "a@westmere.police.example", ""]),
    recipients=st.just(()),
    subject=cells,
    sent_at=st.one_of(st.none(), st.datetimes(timezones=st.timezones())),
    authentication=st.sampled_from([(), ("mx.nottingham.example; dmarc=pass",), (";", "x")]),
)
documents = st.builds(
    Document,
    name=st.sampled_from(["a.csv", "b.json", "c.eml"]),
    media=st.just("x"),
    mail=st.one_of(st.none(), mails),
    tables=st.lists(tables(), max_size=2).map(tuple),
    lines=st.lists(lines(), max_size=2).map(tuple),
    trees=st.lists(attributes(), max_size=2).map(tuple),
    faults=st.just(()),
)


def holds(understood: Understood) -> None:
    for notice in understood.notices:
        read_notification(notice.event)
        assert canonical(notice.event).decode()
        assert all(found.doubt is None for found in notice.findings)
    for draft in understood.drafts:
        assert draft.reasons
        canonical(draft.event).decode()
    assert "\0" not in understood.shown.encode().decode()


@settings(max_examples=150)
@given(documents, st.sampled_from([None, *formats()]))
def test_whatever_a_document_says_a_notification_of_it_can_be_read(document: Document, form: Any) -> None:
    holds(understand(document, formats() if form is None else [form]))
