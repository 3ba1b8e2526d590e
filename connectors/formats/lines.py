"""Labelled lines, such as `Reference: NP-26-004211`, as records.

A value ends with its line, or, where that is empty, with the next. An address goes on until a blank line,
long text until the next label that is known.
"""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from connectors.documents.parts import Document, Lines
from connectors.formats.records import Record, Said, key, keys, tidy
from connectors.formats.tables import lacking
from schemas.formats_policy import FIELDS, ForceFormat, Reads, names_in

LABELLED: Final = re.compile(r"[\s>*•·–-]*(?P<label>[^:\t]{1,80}?)\s*[:\t](?P<value>.*)", re.DOTALL)
QUOTED: Final = re.compile(r"^(?:\s*>)+[ \t]?")
LIKE_A_LABEL: Final = re.compile(r"[^\W\d_][\w /()'’&.-]{0,40}")
MOST_WORDS: Final = 5
SIGNATURE: Final = "--"
AFTER: Final = "after "
"""What follows a value that ends with its line is kept under the label's name after this word."""
GOES_ON: Final = (Reads.LINES, Reads.LONG_TEXT)


def records_of_lines(document: Document, form: ForceFormat) -> list[Record]:
    """Return every form in the document. The same form twice, as in a mail's text and its HTML, is one."""
    found: dict[tuple[str, int], Record] = {}
    for number, lines in enumerate(document.lines):
        said = said_in(lines, form)
        if lacking(keys(each.name for each in said), form):
            continue
        for at, record in enumerate(_children(lines.place, said, form)):
            which = (_reference(record, form) or f"of {number}", at)
            found[which] = _together(found.get(which), record)
    return list(found.values())


def said_in(lines: Lines, form: ForceFormat) -> list[Said]:
    """Return what is said under labels, in order."""
    reading = _Reading(known_labels(form), _labels(form, GOES_ON), _labels(form, (Reads.LONG_TEXT,)))
    for number, line in enumerate(lines.text.splitlines(), 1):
        reading.take(line, f"{lines.place}, line {number}".removeprefix(", "))
    reading.end()
    return reading.said


@dataclass(slots=True)
class _Reading:
    """Goes through a text line by line; `label` is empty between labels."""

    known: frozenset[str]
    goes_on: frozenset[str]
    long: frozenset[str]
    said: list[Said] = field(default_factory=list)
    label: str = ""
    place: str = ""
    value: list[str] = field(default_factory=list)

    def take(self, line: str, place: str) -> None:
        line = QUOTED.sub("", line)
        if begun := _label(line, self.known, inside_long=key(self.label) in self.long):
            self._begin(*begun, place)
        elif line.strip() == SIGNATURE or (not line.strip() and key(self.label) not in self.long):
            self.end()
        elif not any(self.value) or key(self.label) in self.goes_on or self.label.startswith(AFTER):
            self.value.append(line.strip())
        else:
            self._begin(f"{AFTER}{self.label}", line.strip(), place)

    def end(self) -> None:
        if self.label:
            self.said.append(Said(self.label, "\n".join(self.value).strip(), self.place))
        self.label, self.value = "", []

    def _begin(self, label: str, value: str, place: str) -> None:
        self.end()
        self.label, self.value, self.place = label, [value], place


def known_labels(form: ForceFormat) -> frozenset[str]:
    """Return every label that the format names."""
    used = (*names_in(form.fields), *(name for told in form.of_type.values() for name in names_in(told)))
    return keys((*used, *form.recognised.names, *([form.child_begins] if form.child_begins else ())))


def _labels(form: ForceFormat, reads: Container[Reads]) -> frozenset[str]:
    """Return the labels of fields that are read so."""
    return keys(
        name
        for told in (form.fields, *form.of_type.values())
        for field_, names in told.items()
        if FIELDS[field_] in reads
        for name in names
        if isinstance(name, str)
    )


def _label(line: str, known: frozenset[str], *, inside_long: bool) -> tuple[str, str] | None:
    """Return the label that a line begins with and what follows it, if it does."""
    match = LABELLED.fullmatch(unicodedata.normalize("NFC", line))
    if match is None:
        return None
    label, value = match["label"].strip(), match["value"].strip()
    if key(label) in known:
        return label, value
    like_one = LIKE_A_LABEL.fullmatch(label) and len(label.split()) <= MOST_WORDS
    return (label, value) if like_one and not inside_long and not value.startswith("//") else None


def _children(place: str, said: list[Said], form: ForceFormat) -> list[Record]:
    """Part a form where each child begins; what stands before the first is told of all.

    Where that is said again, and otherwise, further down, as by two forms in one text, it is told of all as
    well, and so a doubt: nobody knows whose it is.
    """
    begins = [
        at for at, each in enumerate(said) if form.child_begins and key(each.name) == key(form.child_begins)
    ]
    if not begins:
        return [Record(place, tuple(said))]
    ends = [*begins[1:], len(said)]
    of_all = keys(each.name for each in said[: begins[0]]) & known_labels(form)
    again = Record(place, tuple(each for each in said[begins[0] :] if key(each.name) in of_all))
    return [
        _together(Record(said[begin].place, (*said[: begins[0]], *said[begin:end])), again)
        for begin, end in zip(begins, ends, strict=True)
    ]


def _reference(record: Record, form: ForceFormat) -> str:
    names = (name for name in form.fields["subject"] if isinstance(name, str))
    return next((tidy(each.text) for name in names for each in record.under(name)), "")


def _together(first: Record | None, second: Record) -> Record:
    """Add what is said of the same elsewhere, and otherwise, so that it is seen to differ."""
    if first is None:
        return second
    known = {(key(each.name), tidy(each.text)) for each in first.said}
    more = tuple(each for each in second.said if (key(each.name), tidy(each.text)) not in known)
    return Record(first.place, (*first.said, *more))
