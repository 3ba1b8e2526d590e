"""Invented places: homes, addresses, where children are seen last, found and taken back to."""

from dataclasses import dataclass
from random import Random

from faker import Faker

from schemas.words import MissingFrom

INWARD = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters in which a postcode may end."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that a child lives: the kind of place as the police name it, and its address."""

    kind: MissingFrom
    placement: str
    lines: tuple[str, ...]
    postcode: str

    @property
    def wire(self) -> dict[str, object]:
        return {"lines": list(self.lines), "postcode": self.postcode}


CHILDRENS_HOMES = tuple(
    Place(MissingFrom.CHILDRENS_HOME, "K2 children's home", (name, street, "Nottingham"), code)
    for name, street, code in (
        ("The Limes", "2 Orchard Rise", "NG7 9AZ"),
        ("Beechcroft", "Lower Mill Lane", "NG6 9BX"),
        ("Meadow View", "11 Canalside Walk", "NG2 9DW"),
        ("St Anselm's House", "Priory Hill", "NG3 9EU"),
        ("Fern Bank", "40 Windmill Close", "NG5 9FT"),
    )
)
SUPPORTED_HOMES = tuple(
    Place(
        MissingFrom.SUPPORTED_ACCOMMODATION, "H5 supported accommodation", (flat, house, "Nottingham"), code
    )
    for flat, house, code in (
        ("Flat 3", "Gateway Court", "NG1 9GS"),
        ("Flat 8", "Lantern House", "NG9 9HR"),
        ("Flat 12", "Lantern House", "NG9 9HR"),
    )
)
STREETS = ("Road", "Road", "Street", "Street", "Avenue", "Close", "Drive", "Grove", "Crescent", "Rise")
SEEN = (
    "Old Market Square", "Victoria Centre", "Broadmarsh bus station", "Nottingham station", "outside school",
    "Clifton South tram stop", "Forest Recreation Ground", "Bulwell Bogs", "Wollaton Park", "at home",
    "a friend's house",
)  # fmt: skip
FOUND = {
    "urn:police:nottinghamshire": (
        "Sneinton Market",
        "Hyson Green",
        "Nottingham station",
        "Clifton Grove",
        "a flat in Radford",
    ),
    "urn:police:derbyshire": ("Derby bus station", "Ilkeston town centre", "Long Eaton"),
    "urn:police:leicestershire": ("Leicester station", "Loughborough", "Melton Mowbray"),
    "urn:police:lincolnshire": ("Skegness seafront", "Lincoln High Street", "Grantham services"),
    "urn:police:westmere": ("Westmere retail park", "the canal basin"),
    "urn:police:fenland-vale": ("Fenland Vale bus station", "Vale Street arcade"),
    "urn:police:harbourshire": ("the old harbour", "a friend's flat"),
    "urn:police:moorland": ("Moorland visitor centre", "the reservoir car park"),
}
CIRCUMSTANCES = (
    "Did not come back from town.", "Left after an argument about a phone.", "Not at school after lunch.",
    "Went out of a bedroom window during the night.", "Did not get off the usual bus.",
    "Left with an older boy in a grey hatchback.", "Contact with family was cancelled that day.",
    "Said that they would stay with a friend; the friend's mother knows nothing of it.",
    "Not back by the time agreed.", "Left the placement with a rucksack.",
)  # fmt: skip
RISK_FACTORS = (
    "child_sexual_exploitation", "county_lines", "self_harm", "substance_use", "domestic_abuse",
    "learning_disability", "medication", "trafficking", "gang_affiliation",
)  # fmt: skip
HARM = ("assaulted", "self_harm", "sexual_offence", "under_the_influence", "injured")
CHECKS = (
    "Safe and well. Says they were with friends and did not want to come back.",
    "Would not say where they had been. New trainers, second phone.",
    "Spoke of arguments at home. Wants somebody else to talk to.",
    "Met a boy online and stayed at his flat. Does not think anything is wrong.",
    "Tired and hungry, no injuries seen. Was on the trams all night.",
)
CONCERNS = ("older associates", "unexplained money", "second phone", "not sleeping", "afraid of somebody")


def home_of(fake: Faker, rng: Random) -> Place:
    """Return a family's address: a street that is nowhere, a postcode that could be in NG1 to NG16."""
    return Place(MissingFrom.HOME, "Lives with family", street(fake, rng), postcode(rng))


def foster_home(fake: Faker, rng: Random) -> Place:
    """Return a foster carer's address; with relatives for about one in four."""
    kind = rng.choice(
        (
            "U6 foster care",
            "U6 foster care",
            "U4 long-term foster care",
            "U1 foster care with a relative or friend",
        )
    )
    return Place(MissingFrom.FOSTER_CARE, kind, street(fake, rng), postcode(rng))


def street(fake: Faker, rng: Random) -> tuple[str, ...]:
    """Return a house in an invented street."""
    return (f"{rng.randint(1, 140)} {fake.last_name()} {rng.choice(STREETS)}", "Nottingham")


def postcode(rng: Random) -> str:
    """Return an invented postcode of Nottingham."""
    return f"NG{rng.randint(1, 16)} {rng.randint(1, 9)}{rng.choice(INWARD)}{rng.choice(INWARD)}"
