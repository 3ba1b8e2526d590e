"""One record as a notification, or as a draft of one with every hole named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from connectors.formats.finding import PARTS, Place
from connectors.formats.moments import Doubt
from connectors.formats.records import Said, key, tidy
from connectors.formats.values import note_on, plain, postcode_of, understood
from schemas.formats_policy import FIELDS, REQUIRED, Reads
from schemas.notification import TYPE_PREFIX, VERSION
from schemas.reading import Problem, Unreadable, read_notification
from schemas.understood import NEEDS_TIME, Draft, Finding, Notice, told_when_it_happened
from schemas.words import Kind

ENVELOPE: Final = ("subject", "type", "time")
ALSO_TOLD: Final = "also_told"
"""Where in an event's data stands what its format knows no field for."""


def read(place: Place, id_: str) -> Notice | Draft:
    """Return what a record tells; what is not understood with certainty is left as it came, and named."""
    return _Reading(place, id_).done()


def skeleton(id_: str, source: str, authority: str | None) -> dict[str, Any]:
    """Return a notification of which nothing is known yet."""
    return {
        "specversion": "1.0",
        "id": id_,
        "source": source,
        "type": None,
        "subject": None,
        "time": None,
        "datacontenttype": "application/json",
        "data": {"authority": authority, "occurred_at": None, "child": {}},
    }


@dataclass(slots=True)
class _Reading:
    place: Place
    id: str
    kind: Kind | None = None
    event: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def done(self) -> Notice | Draft:
        form = self.place.form
        self.event = skeleton(self.id, form.source, form.authority)
        self._take("type")
        told = self.event["type"]
        self.kind = Kind(told) if self._is_understood("type") else None
        self.event["type"] = f"{TYPE_PREFIX}{told}.v{VERSION}" if self.kind else told
        for name in FIELDS:
            if name != "type" and self._belongs(name):
                self._take(name)
        self._time()
        self._finish()
        return self._judged()

    def _belongs(self, name: str) -> bool:
        kinds = PARTS.get(name.partition(".")[0])
        return kinds is None or self.kind is None or self.kind in kinds

    def _take(self, name: str) -> None:
        self.used.update(key(each) for each in self.place.named(name, self.kind))
        try:
            told = self.place.told(name, self.kind)
        except Doubt as doubt:
            self._doubt(name, "", "", str(doubt))
            return
        if not told:
            self._take_what_is_always_so(name)
        elif len(told) > 1:
            raw = " / ".join(tidy(said.text) for said in told)
            self._doubt(
                name, raw, "; ".join(said.place for said in told), "is told twice, each time otherwise"
            )
        else:
            self._understand(name, told[0])

    def _take_what_is_always_so(self, name: str) -> None:
        if name in self.place.form.fixed:
            self._understand(name, Said("", self.place.form.fixed[name], "the format"))
        elif name == "authority" and self.place.form.authority:
            self.findings.append(Finding(name, "", "the format", self.place.form.authority))
        elif name in REQUIRED and not (name == "time" and not self._names_time()):
            names = ", ".join(self.place.named(name, self.kind))
            self._doubt(name, "", "", f"is lacking{f': nothing stands under {names}' if names else ''}")

    def _understand(self, name: str, said: Said) -> None:
        try:
            value = understood(name, said.text, self.place.form)
        except Doubt as doubt:
            self._doubt(name, said.text, said.place, str(doubt))
            return
        self._put(name, value)
        self.findings.append(Finding(name, said.text, said.place, _spoken(value), note=note_on(said.text)))

    def _doubt(self, name: str, read: str, where: str, why: str) -> None:
        self._put(name, plain(read) or None)
        self.findings.append(Finding(name, read, where, doubt=why))

    def _put(self, name: str, value: Any) -> None:
        """Put a value where it stands in an event; two fields may fill one object."""
        if FIELDS[name] is Reads.NAMES:
            for part, text in value.items() if isinstance(value, dict) else [("family_name", value)]:
                self.event["data"]["child"].setdefault(part, text)
            return
        *path, last = name.split(".") if name in ENVELOPE else ("data", *name.split("."))
        where = self.event
        for part in path:
            where = where.setdefault(part, {})
        if last == "lines" and isinstance(value, list):
            value, postcode = postcode_of(value)
            if postcode:
                where.setdefault("postcode", postcode)
        where[last] = value

    def _names_time(self) -> bool:
        return any(True for _ in self.place.named("time", self.kind)) or "time" in self.place.form.fixed

    def _time(self) -> None:
        """Where the format knows no time of telling, what happened counts as told when it happened."""
        if not self._names_time() and self.kind in NEEDS_TIME:
            self._doubt("time", "", "", f"is lacking: the format knows none, and {self.kind} needs it")
        elif not self._names_time():
            del self.event["time"]
            if self._is_understood("occurred_at"):
                self.event = told_when_it_happened(self.event)
                self.findings.append(Finding("time", "", "occurred_at", self.event["time"]))

    def _is_understood(self, name: str) -> bool:
        return any(found.field == name and found.doubt is None for found in self.findings)

    def _finish(self) -> None:
        self.findings.extend(
            Finding("", "", self.place.record.place, doubt=fault) for fault in self.place.record.faults
        )
        born, occurred = self.event["data"]["child"].get("date_of_birth"), self.event["data"]["occurred_at"]
        if (
            self._is_understood("child.date_of_birth")
            and self._is_understood("occurred_at")
            and born > occurred
        ):
            self.findings.append(
                Finding(
                    "child.date_of_birth", born, "", doubt=f"{born} lies after what happened ({occurred})"
                )
            )
        if also := dict(self._also_told()):
            self.event["data"][ALSO_TOLD] = also

    def _also_told(self) -> Iterator[tuple[str, str]]:
        """Yield what the format has no use for here, so that nothing is lost."""
        left: dict[str, list[str]] = {}
        for said in self.place.record.said:
            if key(said.name) not in self.used and said.text.strip():
                left.setdefault(plain(said.name.strip()), []).append(plain(said.text.strip()))
        yield from ((name, " / ".join(dict.fromkeys(texts))) for name, texts in left.items())

    def _judged(self) -> Notice | Draft:
        reasons = [Problem(path_of(found.field), found.doubt) for found in self.findings if found.doubt]
        try:
            read_notification(self.event)
        except Unreadable as error:
            named = {reason.field for reason in reasons} | {"time"} - self.event.keys()
            reasons += [problem for problem in error.problems if not _covered(problem.field, named)]
        findings = tuple(self.findings)
        where = self.place.record.place
        if reasons:
            return Draft(where, self.event, tuple(reasons), findings)
        return Notice(where, self.event, findings)


def path_of(name: str) -> str:
    """Return where a field of a format stands in an event."""
    if name == "child.name":
        return "data.child.family_name"
    return name if name in ENVELOPE or not name else f"data.{name}"


def _covered(path: str, named: set[str]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in named if name)


def _spoken(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(value)
        case dict():
            return ", ".join(value.values())
        case _:
            return str(value)
