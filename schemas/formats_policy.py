"""The formats of forces as data: how what a force sends is recognised, and what its names and words mean.

A name is a column, a label, or a path with dots in JSON. Names that begin with `@` stand for the e-mail
itself: `@subject`, `@sender`, `@sent`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from schemas.scalars import AuthorityCode
from schemas.section import Section
from schemas.words import Category, Kind, MissingFrom, RiskLevel


class Layout(StrEnum):
    """How a force writes."""

    ROWS = "rows"
    """A table: columns with names, a row for each notification."""
    LABELS = "labels"
    """Lines such as `Reference: NP-26-004211`, or a table of two columns."""
    TREE = "tree"
    """JSON, such as a JSON:API document; one of its texts may be a form with labelled lines."""


class Proof(StrEnum):
    """What a mail server can say about a mail's sender."""

    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"


class Reads(StrEnum):
    """How what a field holds is read."""

    KEY = "key"
    TEXT = "text"
    LONG_TEXT = "long_text"
    LIST = "list"
    LINES = "lines"
    DAY = "day"
    MOMENT = "moment"
    WORD = "word"
    YES_NO = "yes_no"
    NAMES = "names"
    """A family name, a comma, and given names."""


CHILD, MISSING = "child", "missing"
FIELDS: Final[Mapping[str, Reads]] = {
    "subject": Reads.KEY,
    "type": Reads.WORD,
    "time": Reads.MOMENT,
    "authority": Reads.WORD,
    "occurred_at": Reads.MOMENT,
    "child.name": Reads.NAMES,
    "child.family_name": Reads.TEXT,
    "child.given_names": Reads.TEXT,
    "child.also_known_as": Reads.LIST,
    "child.date_of_birth": Reads.DAY,
    "child.sex": Reads.TEXT,
    "child.ethnicity": Reads.TEXT,
    "child.nhs_number": Reads.TEXT,
    "child.upn": Reads.TEXT,
    "child.authority_child_id": Reads.KEY,
    "child.home_address.lines": Reads.LINES,
    "child.home_address.postcode": Reads.TEXT,
    "missing.category": Reads.WORD,
    "missing.risk_level": Reads.WORD,
    "missing.missing_from": Reads.WORD,
    "missing.missing_from_address.lines": Reads.LINES,
    "missing.missing_from_address.postcode": Reads.TEXT,
    "missing.last_seen_at": Reads.MOMENT,
    "missing.last_seen_place": Reads.TEXT,
    "missing.reported_by": Reads.TEXT,
    "missing.circumstances": Reads.LONG_TEXT,
    "missing.risk_factors": Reads.LIST,
    "located.place": Reads.TEXT,
    "located.located_by": Reads.TEXT,
    "returned.returned_to": Reads.TEXT,
    "returned.harm": Reads.LIST,
    "returned.address.lines": Reads.LINES,
    "returned.address.postcode": Reads.TEXT,
    "prevention_interview.held": Reads.YES_NO,
    "prevention_interview.summary": Reads.LONG_TEXT,
    "prevention_interview.concerns": Reads.LIST,
    "reason": Reads.LONG_TEXT,
}
"""What a format may fill, in the order in which it is shown; all but the first three stand in `data`."""
REQUIRED: Final = ("subject", "type", "time", "authority", "occurred_at")
"""Without one of these there is no notification."""
OF_FORCES: Final = tuple(kind for kind in Kind if kind is not Kind.SETTLED)
OURS: Final[Mapping[str, tuple[str, ...]]] = {
    "type": tuple(kind.value for kind in OF_FORCES),
    "missing.category": tuple(word.value for word in Category),
    "missing.risk_level": tuple(word.value for word in RiskLevel),
    "missing.missing_from": tuple(word.value for word in MissingFrom),
    "prevention_interview.held": ("yes", "no"),
}
"""Fields that hold one of these words and no other."""
OF_THE_MESSAGE: Final = ("@subject", "@sender", "@sent")
DIRECTIVES: Final = frozenset("dmYybBaAHIMSpfz%")
OF_A_DAY: Final = (frozenset("d"), frozenset("mbB"), frozenset("yY"))


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"{name} is no field of ours: use one of {', '.join(FIELDS)}")
    return name


def directives(pattern: str) -> frozenset[str]:
    """Return the letters that stand for something in a pattern of dates."""
    return frozenset(re.findall(r"%(.?)", pattern))


def _day(pattern: str) -> str:
    found = directives(pattern)
    if unknown := found - DIRECTIVES:
        raise ValueError(f"has %{min(unknown)}, which is not known here: use %d %m %Y %H %M and their like")
    if not all(found & one for one in OF_A_DAY):
        raise ValueError("needs a day, a month and a year, such as %d/%m/%Y")
    return pattern


def _moment(pattern: str) -> str:
    found = directives(_day(pattern))
    if not ("H" in found or {"I", "p"} <= found) or "M" not in found:
        raise ValueError("needs hours and minutes, such as %d/%m/%Y %H:%M; %I only with %p")
    return pattern


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{name} is no time zone that is known here: such as Europe/London") from error
    return name


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
FieldName = Annotated[str, AfterValidator(_field)]
Names = tuple[Words | Annotated[tuple[Words, ...], Field(min_length=2)], ...]
"""What a force calls a field: each is tried; a list within the list is joined, such as a day and a time."""
FieldNames = Mapping[FieldName, Annotated[Names, Field(min_length=1)]]
Pattern = Annotated[str, StringConstraints(max_length=60), AfterValidator(_day)]
MomentPattern = Annotated[str, StringConstraints(max_length=60), AfterValidator(_moment)]
Zone = Annotated[str, AfterValidator(_zone)]


class MailFormat(Section):
    """From whom a force's mail comes, and what must vouch for it."""

    senders: tuple[Annotated[str, StringConstraints(to_lower=True, pattern=r"^[^@\s]*@[^@\s]+$")], ...] = ()
    """Addresses, or all of a domain: `@nottinghamshire.example`."""
    vouched_by: Words | None = None
    """The mail server of ours whose Authentication-Results count: the name that it gives itself there, or
    `exchange-online`, which gives itself none.
    """
    proofs: tuple[Proof, ...] = (Proof.DMARC,)
    """Which of them it must have passed, where a server is named."""


class Recognised(Section):
    """By what a document is known to be of this format; all that is said has to hold."""

    names: tuple[Words, ...] = ()
    """Columns, labels or paths that are there. Without any: those of `subject`."""
    files: tuple[Words, ...] = ()
    """What a file that came in no mail is called, such as `MISPER_*.csv`."""


class ForceFormat(Section):
    """One format of one force."""

    name: Words
    source: Annotated[str, StringConstraints(pattern=r"^urn:police:\S+$", max_length=200)]
    """The force, as in a notification's `source`."""
    layout: Layout
    authority: AuthorityCode | None = None
    """Whose children it tells of, where it does not say so itself."""
    recognised: Recognised = Recognised()
    mail: MailFormat = MailFormat()
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    """What parts cells, where it cannot be seen."""
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1", "utf-16"] | None = None
    zone: Zone | None = None
    """The zone of its times; without one only times with an offset are understood."""
    days: tuple[Pattern, ...] = ()
    """How days are written, such as `%d/%m/%Y`. Days such as 2026-03-28 are always understood."""
    moments: tuple[MomentPattern, ...] = ()
    """How times are written, such as `%d/%m/%Y %H:%M`. Years of two digits only where a pattern has `%y`."""
    fields: Annotated[FieldNames, Field(min_length=1)]
    of_type: Mapping[Kind, FieldNames] = {}
    """Other names for fields in notifications of one type, such as the time of return."""
    words: Mapping[FieldName, Mapping[Words, Words]] = {}
    """The force's words for ours; whether they are written in capitals does not matter."""
    fixed: Mapping[FieldName, Words] = {}
    """What is always so, where it does not say so itself."""
    empty: tuple[str, ...] = ("n/a", "n/k", "not known", "unknown", "-")
    """What stands for nothing told."""
    lists: Annotated[str, Field(min_length=1, max_length=5)] = ";,"
    """The characters that part the entries of a list."""
    text_at: Words | None = None
    """JSON: the path of a text that is a form with labelled lines."""
    children_at: Words | None = None
    """JSON: the path of a list with an entry for each child."""
    child_begins: Words | None = None
    """Lines: the label with which each child begins; what stands before the first holds for all."""

    @model_validator(mode="after")
    def _finds_the_reference(self) -> Self:
        if "subject" not in self.fields:
            raise ValueError("says nothing of subject: name the column or label of the police reference")
        for lacking in REQUIRED:
            if lacking not in {*self.fields, *self.fixed, "time", "authority"} and not all(
                lacking in self.of_type.get(kind, {}) for kind in OF_FORCES
            ):
                raise ValueError(
                    f"says nothing of {lacking}: name it in fields, or what it always is in fixed"
                )
        return self

    @model_validator(mode="after")
    def _words_are_ours(self) -> Self:
        for field, told in (*self.words.items(), *((name, {"": word}) for name, word in self.fixed.items())):
            for word in told.values():
                if word not in OURS.get(field, (word,)):
                    raise ValueError(f"has {word} for {field}: use one of {', '.join(OURS[field])}")
        return self

    @model_validator(mode="after")
    def _rows_stand_alone(self) -> Self:
        """A row is the same in tomorrow's mail: nothing of a mail may become part of it."""
        names = {name for told in (self.fields, *self.of_type.values()) for name in names_in(told)}
        if self.layout is Layout.ROWS and (of_mail := names.intersection(OF_THE_MESSAGE)):
            raise ValueError(
                f"uses {min(of_mail)} for a row, which may come again in another mail: use a column"
            )
        return self

    def names_of(self, field: str, kind: Kind | None) -> Names:
        """Return what the force calls a field in a notification of this type."""
        own = self.of_type.get(kind, {}) if kind else {}
        return own.get(field) or self.fields.get(field, ())


def names_in(fields: FieldNames) -> tuple[str, ...]:
    """Return every name that a mapping uses."""
    told = (name for names in fields.values() for name in names)
    return tuple(part for name in told for part in ((name,) if isinstance(name, str) else name))
