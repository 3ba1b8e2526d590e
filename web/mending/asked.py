"""What a notification holds, as plain questions in the words of the form by which staff record one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from schemas.formats_policy import OF_FORCES, REQUIRED
from schemas.notification import TYPE_PREFIX, TYPES, VERSION
from schemas.words import Kind
from web.pages.terms import CATEGORIES, KIND_CHOICES, KINDS, PLACES, RISKS
from web.record.question import Kind as How
from web.record.question import Question

ENVELOPE: Final = ("specversion", "id", "source", "type", "subject", "time")
MUST: Final = (*ENVELOPE, *(f"data.{name}" for name in REQUIRED if name not in ENVELOPE))
"""Without these there is no notification."""
TICKED: Final = "unknown"
"""The field by which somebody says that nobody knows what came there."""
TYPES_TOLD: Final = {
    f"{TYPE_PREFIX}{kind}.v{VERSION}": KIND_CHOICES.get(kind, KINDS[kind]) for kind in OF_FORCES
}
ON_A_CLOCK: Final = "On a clock here. For example 28 3 2026 and 2:30pm"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and where its answer stands in a message. `listed`: a list, an entry to a line."""

    place: str
    question: Question
    listed: bool = False

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def id(self) -> str:
        """The id of the first of its fields."""
        return f"{self.name}-day" if self.question.kind in {How.DAY, How.MOMENT} else self.name

    @property
    def ticks(self) -> bool:
        """Whether somebody has to say so, where what came there is left out: an empty choice says nothing."""
        return self.place not in MUST and self.question.kind not in {How.LINE, How.PROSE}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading, and the notifications that they belong to; none: to all."""

    title: str
    asked: tuple[Asked, ...]
    kinds: tuple[Kind, ...] = ()


def _line(place: str, label: str, hint: str = "") -> Asked:
    return Asked(place, Question(_name(place), How.LINE, label, hint))


def _prose(place: str, label: str, hint: str = "") -> Asked:
    return Asked(place, Question(_name(place), How.PROSE, label, hint))


def _list(place: str, label: str) -> Asked:
    return Asked(place, Question(_name(place), How.PROSE, label, "Each on a line of its own"), listed=True)


def _choice(place: str, label: str, choices: Mapping[str, str]) -> Asked:
    return Asked(place, Question(_name(place), How.CHOICE, label, choices=choices))


def _moment(place: str, label: str, hint: str = ON_A_CLOCK) -> Asked:
    return Asked(place, Question(_name(place), How.MOMENT, label, hint))


def _name(place: str) -> str:
    return place.removeprefix("data.").replace(".", "-")


def _address(place: str, label: str) -> tuple[Asked, Asked]:
    return _list(f"{place}.lines", label), _line(f"{place}.postcode", f"{label}: postcode")


GROUPS: Final = (
    Group(
        "What it tells",
        (
            _choice("type", "What it tells", TYPES_TOLD),
            _line("subject", "Reference of the police"),
            _moment(
                "data.occurred_at",
                "When it happened",
                f"For a report: when the child was last seen. {ON_A_CLOCK}",
            ),
            _moment("time", "When the police told it"),
        ),
    ),
    Group(
        "Which child",
        (
            _line("data.child.authority_child_id", "The authority’s number of the child"),
            _line("data.child.given_names", "Given names"),
            _line("data.child.family_name", "Family name"),
            _list("data.child.also_known_as", "Also known as"),
            Asked(
                "data.child.date_of_birth",
                Question("child-date_of_birth", How.DAY, "Date of birth", "For example 2 7 2011"),
            ),
            _line("data.child.sex", "Sex"),
            _line("data.child.ethnicity", "Ethnicity"),
            _line("data.child.nhs_number", "NHS number"),
            _line("data.child.upn", "Pupil number"),
            *_address("data.child.home_address", "Home address"),
        ),
    ),
    Group(
        "The absence",
        (
            _choice("data.missing.risk_level", "Risk", RISKS),
            _choice("data.missing.category", "Category", CATEGORIES),
            _choice("data.missing.missing_from", "Missing from", PLACES),
            *_address("data.missing.missing_from_address", "Address it was from"),
            _moment(
                "data.missing.last_seen_at",
                "When the child was last seen",
                f"Only where that is not when it happened. {ON_A_CLOCK}",
            ),
            _line("data.missing.last_seen_place", "Where the child was last seen"),
            _line("data.missing.reported_by", "Who told the police"),
            _prose("data.missing.circumstances", "What happened"),
            _list("data.missing.risk_factors", "Risk factors"),
        ),
        (Kind.REPORTED, Kind.UPDATED),
    ),
    Group(
        "Where the child was found",
        (_line("data.located.place", "Where found"), _line("data.located.located_by", "Found by")),
        (Kind.LOCATED,),
    ),
    Group(
        "The return",
        (
            _line("data.returned.returned_to", "Where the child came back to"),
            *_address("data.returned.address", "Address of the return"),
            _list("data.returned.harm", "Harm"),
        ),
        (Kind.RETURNED,),
    ),
    Group(
        "The prevention interview by the police",
        (
            Asked(
                "data.prevention_interview.held",
                Question("prevention_interview-held", How.YES_NO, "Held", unknown="Not told"),
            ),
            _prose("data.prevention_interview.summary", "Summary"),
            _list("data.prevention_interview.concerns", "Concerns"),
        ),
        (Kind.PREVENTION_INTERVIEW,),
    ),
    Group("The mistake", (_prose("data.reason", "Why it was recorded in error"),), (Kind.CANCELLED,)),
    Group(
        "The message itself",
        (
            _line("source", "Sender, as it names itself", "For example urn:police:nottinghamshire"),
            _line("data.authority", "Code of the local authority", "For example E06000018"),
            _line("id", "Number of the message", "Any, as long as the sender never used it before"),
            _choice("specversion", "Version of CloudEvents", {"1.0": "1.0"}),
        ),
    ),
)
ALL: Final = tuple(asked for group in GROUPS for asked in group.asked)
PLACES_ASKED: Final = {asked.place: asked.name for asked in ALL}
BY_NAME: Final = {asked.name: asked for asked in ALL}


def is_mendable(message: Any) -> bool:
    """Whether a message can be mended by these questions; what only staff send has others."""
    return isinstance(message, dict) and message.get("type") not in _OF_STAFF


def groups_of(message: Mapping[str, Any]) -> Iterator[Group]:
    """Yield what to ask of a message: as long as nobody knows what it tells, all."""
    told = message.get("type")
    kind = TYPES.get(told) if isinstance(told, str) else None
    data = message.get("data")
    for group in GROUPS:
        part = group.asked[0].place.split(".")[1:2]
        stands = isinstance(data, dict) and bool(group.kinds) and bool(data.get("".join(part)))
        if kind is None or not group.kinds or kind in group.kinds or stands:
            yield group


_OF_STAFF: Final = tuple(told for told, kind in TYPES.items() if kind not in OF_FORCES)
