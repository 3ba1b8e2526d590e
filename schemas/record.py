"""The interview record: twelve sections, every field of which may still be empty in a draft.

What a good record holds is asked by the quality gate, not here: a draft is never refused for lacking it.
Source: the sections of a good record as statutory guidance (2014) and inspections ask for them.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, Field

from schemas.prose import Line, Part, Prose
from schemas.scalars import Day, Instant

VERSION: Final = 1


class Contact(StrEnum):
    """How somebody was spoken to."""

    VISIT = "visit"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"
    LETTER = "letter"
    OTHER = "other"


class RiskChange(StrEnum):
    """How the risk to the child has moved, against before this absence."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    UNCLEAR = "unclear"


class Offer(Part):
    """1: how the interview was offered, and what the child chose."""

    offered_at: Instant | None = None
    how: Contact | None = None
    by: Line = ""
    child_chose_person: Prose = ""
    """Whom the child wanted to talk to, and what came of it."""
    child_chose_place: Prose = ""
    confidentiality: Prose = ""
    """How confidentiality and its limits were explained."""
    communication: Prose = ""
    """Interpreter, or another need in communicating; `none` where there is none."""


class Account(Part):
    """2: what the child said, in the child's own words."""

    before: Prose = ""
    during: Prose = ""
    since: Prose = ""


class Action(Part):
    """Something done at once, on the day it was told."""

    what: Prose = ""
    by: Line = ""
    done_at: Instant | None = None


class Harm(Part):
    """3: whether the child came to harm, the child's health, and what was done about it at once.

    `came_to_harm`: true, false, or null while nobody has asked.
    """

    came_to_harm: bool | None = None
    what: Prose = ""
    health: Prose = ""
    actions: tuple[Action, ...] = ()


class Person(Part):
    """Somebody whom the child was with or spoke of."""

    name: Line = ""
    relation: Line = ""
    age: Line = ""
    note: Prose = ""


class Place(Part):
    """A place where the child was or goes."""

    name: Line = ""
    address: Line = ""
    note: Prose = ""


class Vehicle(Part):
    """A vehicle that the child was in or told of."""

    registration: Line = ""
    description: Line = ""
    note: Prose = ""


class Phone(Part):
    """A telephone: the child's second one, or somebody's who called."""

    number: Line = ""
    whose: Line = ""
    note: Prose = ""


class Online(Part):
    """A name that somebody, or the child, has online."""

    platform: Line = ""
    name: Line = ""
    whose: Line = ""
    note: Prose = ""


class Intelligence(Part):
    """4: people, places, vehicles, telephones and names online, each on its own."""

    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    phones: tuple[Phone, ...] = ()
    online: tuple[Online, ...] = ()
    none_known: bool = False


class IndicatorKind(StrEnum):
    """A sign that somebody exploits the child."""

    UNEXPLAINED_MONEY = "unexplained_money"
    SECOND_PHONE = "second_phone"
    TRAIN_TICKETS = "train_tickets"
    WEAPONS = "weapons"
    OLDER_ASSOCIATES = "older_associates"
    INJURIES = "injuries"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    CRIMINAL_EXPLOITATION = "criminal_exploitation"
    COUNTY_LINES = "county_lines"
    TRAFFICKING = "trafficking"
    RADICALISATION = "radicalisation"
    ONLINE_GROOMING = "online_grooming"
    DRUGS_OR_ALCOHOL = "drugs_or_alcohol"
    GIFTS = "gifts"
    OTHER = "other"


class Indicator(Part):
    """One sign, with what was said or seen that shows it."""

    kind: IndicatorKind
    evidence: Prose = ""


class Exploitation(Part):
    """5: signs of exploitation. `none_seen`: they were looked for, and there were none."""

    indicators: tuple[Indicator, ...] = ()
    none_seen: bool = False


class Living(Part):
    """6: how things are at home, in the placement, at school."""

    home: Prose = ""
    placement: Prose = ""
    school: Prose = ""


class Help(Part):
    """7: what would help and what would stop it; and what the child was told about being safe."""

    would_help: Prose = ""
    would_stop: Prose = ""
    options: Prose = ""
    """How the child was helped to feel safe, and to know what they can choose."""
    safety_information: Prose = ""
    """What the child was told of staying safe, helplines included."""


class Carer(Part):
    """8: what the parent or carer says. `not_asked` says why nobody was asked, if so."""

    who: Line = ""
    view: Prose = ""
    not_asked: Prose = ""


class Analysis(Part):
    """9: what the interviewer makes of it."""

    push: Prose = ""
    """What drove the child away: conflict, neglect, bullying."""
    pull: Prose = ""
    """What drew the child: friends, a partner, grooming, money."""
    pattern: Prose = ""
    """How it compares with earlier episodes."""
    risk: RiskChange | None = None
    risk_why: Prose = ""
    meaning: Prose = ""
    """So what: what this means for the child, and what has to be different."""


class Outcome(Part):
    """10: one thing that will change for this child."""

    what: Prose = ""
    why: Prose = ""
    """The part of the child's account that it answers."""
    owner: Line = ""
    """Who does it: a person, by name or by role with a name."""
    due_on: Day | None = None
    measure: Prose = ""
    """How anybody will see that it worked."""
    for_child: Prose = ""
    """How the child reads it in the plan, in plain words; empty: as `what` says it."""
    kept_back: Prose = ""
    """Why the child does not read it, such as what the police do about somebody; empty: the child does."""


class Shared(Part):
    """11: information that was shared: with whom, when, and on what basis."""

    with_whom: Line = ""
    what: Prose = ""
    shared_at: Instant | None = None
    basis: Prose = ""
    child_informed: bool | None = None


class Sharing(Part):
    """11: with whom information was shared. `nothing_shared` says why nothing was, if so."""

    shared: tuple[Shared, ...] = ()
    nothing_shared: Prose = ""


class Decision(Part):
    """12: what the manager decided; the product writes it when the record is approved."""

    decision: Prose = ""
    by: Line = ""
    decided_at: Instant | None = None


UpTo50Outcomes = Annotated[tuple[Outcome, ...], Field(max_length=50)]


class InterviewRecord(Part):
    """All twelve sections, in the order in which people are asked."""

    offer: Offer = Offer()
    account: Account = Account()
    harm: Harm = Harm()
    intelligence: Intelligence = Intelligence()
    exploitation: Exploitation = Exploitation()
    living: Living = Living()
    help: Help = Help()
    carer: Carer = Carer()
    analysis: Analysis = Analysis()
    outcomes: UpTo50Outcomes = ()
    sharing: Sharing = Sharing()
    decision: Decision = Decision()


SECTIONS: Final = tuple(InterviewRecord.model_fields)
"""The names of the sections in their order."""


def texts(part: BaseModel | tuple[object, ...] | object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a record that is not empty, with its place such as `outcomes.0.what`."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{path}.{name}" if path else name)
    elif isinstance(part, tuple):
        for number, each in enumerate(part):
            yield from texts(each, f"{path}.{number}")
    elif isinstance(part, str) and not isinstance(part, StrEnum) and part:
        yield path, part
