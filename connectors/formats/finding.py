"""Where a field's text stands in a record, under whatever name the force gives it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from connectors.documents.parts import Mail
from connectors.formats.columns import lacking_for
from connectors.formats.moments import Doubt
from connectors.formats.records import Record, Said, key, tidy
from schemas.formats_policy import MISSING, ForceFormat
from schemas.words import Kind

PARTS: Final[Mapping[str, tuple[Kind, ...]]] = {
    MISSING: (Kind.REPORTED, Kind.UPDATED),
    "located": (Kind.LOCATED,),
    "returned": (Kind.RETURNED,),
    "prevention_interview": (Kind.PREVENTION_INTERVIEW,),
    "reason": (Kind.CANCELLED,),
}
"""Which notifications a part of the data belongs to; the other parts belong to all."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record within what brought it, and its format."""

    record: Record
    form: ForceFormat
    mail: Mail | None

    def told(self, field: str, kind: Kind | None) -> tuple[Said, ...]:
        """Return what is told of a field, each different text once; empty where nothing is.

        Raises:
            Doubt: of texts that belong together, such as day and time, one is lacking; or a table has no
                column for it.
        """
        self._has_column(field, kind)
        found = [said for name in self.form.names_of(field, kind) for said in self._under(name)]
        return tuple({tidy(said.text): said for said in reversed(found)}.values())[::-1]

    def named(self, field: str, kind: Kind | None) -> Iterator[str]:
        """Yield every name under which a field may stand."""
        for name in self.form.names_of(field, kind):
            yield from (name,) if isinstance(name, str) else name

    def is_empty(self, text: str) -> bool:
        """Tell whether a text stands for nothing told."""
        return not text.strip() or key(text) in {key(word) for word in self.form.empty}

    def _has_column(self, field: str, kind: Kind | None) -> None:
        """Make sure that a table's header has the field: under another name it would be lost unseen.

        Lines and JSON leave out what is not told; of a row of no known type nobody knows what it needs.
        """
        row = self.record
        if not row.header or (kind is None and field.partition(".")[0] in PARTS):
            return
        if lacking := lacking_for(self.form.names_of(field, kind), row.header, row.columns, self.form):
            raise Doubt(str(lacking))

    def _under(self, name: str | tuple[str, ...]) -> list[Said]:
        if isinstance(name, str):
            return self._texts(name)
        parts = [self._texts(each) for each in name]
        if not any(parts):
            return []
        if not all(parts):
            there = " and ".join(each for each, part in zip(name, parts, strict=True) if part)
            lacking = " and ".join(each for each, part in zip(name, parts, strict=True) if not part)
            raise Doubt(f"has {there}, but no {lacking}")
        if any(len({tidy(said.text) for said in part}) > 1 for part in parts):
            raise Doubt(f"is told twice: {' and '.join(name)} do not stand there once each")
        text = " ".join(part[0].text for part in parts)
        return [Said(" + ".join(name), text, "; ".join(part[0].place for part in parts))]

    def _texts(self, name: str) -> list[Said]:
        said = self._of_mail(name) if name.startswith("@") else self.record.under(name)
        return [each for each in said if not self.is_empty(each.text)]

    def _of_mail(self, name: str) -> tuple[Said, ...]:
        if self.mail is None:
            return ()
        sent_at = self.mail.sent_at
        told = {
            "@subject": self.mail.subject,
            "@sender": self.mail.sender,
            "@sent": sent_at.astimezone(UTC).isoformat() if sent_at else "",
        }
        return (Said(name, told.get(name, ""), f"mail, {name[1:]}"),)
