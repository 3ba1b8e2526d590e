"""Invented places and company: where children were while away, and what that asks for."""

from dataclasses import dataclass
from typing import Final

from cli.demo.reasons import Pieces
from schemas.record import IndicatorKind, RiskChange


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of exploitation, with what was said that shows it, and with whom it is shared."""

    kind: IndicatorKind
    evidence: Pieces
    shared_with: str


@dataclass(frozen=True, slots=True)
class Away:
    """Where a child was. `{friend}` is who was there, `{older}` whether somebody grown up is behind it."""

    label: str
    place: str
    address: str
    relation: str
    age: str
    spent: Pieces
    """In the child's words."""
    pull: Pieces
    risk: RiskChange
    risk_why: Pieces
    does: Pieces
    shows: Pieces
    sign: Sign | None = None


_SAME, _LOWER, _HIGHER, _UNCLEAR = RiskChange.SAME, RiskChange.LOWER, RiskChange.HIGHER, RiskChange.UNCLEAR
_EXPLOITATION: Final = "Nottinghamshire Police, exploitation team"

AWAY: Final = (
    Away(
        "at a friend's house",
        "{friend}'s house",
        "Sneinton Dale",
        "friend from school",
        "15",
        ("I slept at {friend}'s, top bunk", "{friend}'s mum made us pasta", "we played FIFA at {friend}'s till late"),
        ("A quiet house where {he} is welcome", "{friend}'s mother, who asks no questions"),
        _SAME,
        ("A known house with a grown-up in", "{friend}'s mother is known to school"),
        ("Swap numbers between {carer} and {friend}'s mother", "Agree on sleepovers at {friend}'s by text first"),
        ("A sleepover was asked for beforehand", "Both numbers are saved and were used"),
    ),
    Away(
        "on the trams",
        "Tram from Toton Lane to Hucknall",
        "end to end",
        "met on the tram",
        "about 16",
        ("I rode the tram to Hucknall and back", "trams are warm so I stayed on", "the tram driver let me sit by the heater"),
        ("Warmth and being left alone", "The trams, which cost nothing to sit in"),
        _HIGHER,
        ("Alone on the last tram without a phone", "{He} was outside from one until five"),
        ("Give {child} the number of the night desk", "Agree on one warm place instead of the tram"),
        ("{child} rang the night desk once", "No night on the tram this month"),
    ),
    Away(
        "at a grandmother's",
        "Nan's flat",
        "Top Valley",
        "grandmother",
        "70",
        ("I went to Nan's because someone's always in", "Nan did beans and let me kip", "I got the 40 up to Nan's"),
        ("A grandmother who is always in", "{his} bed at Nan's"),
        _LOWER,
        ("{He} went straight to family", "Nan rang within the hour"),
        ("Put Nan on the list of agreed places", "Assess Nan for overnight stays"),
        ("Nan's flat stands in the plan", "{child} stayed there with leave once"),
    ),
    Away(
        "in the park with others",
        "Forest Recreation Ground",
        "Hyson Green",
        "friend of friends",
        "about 17",
        ("we were on the Forest rec with a speaker", "about ten of us sat on the Forest rec", "we had a fire going by the rec wall"),
        ("Company and music on the rec", "A group in which {he} counts"),
        _SAME,
        ("The group is of {his} age and known", "They stay in the light by the pavilion"),
        ("Ask outreach to look in on the rec on Fridays", "Take {child} to the youth club by the rec"),
        ("Outreach has met {child} by name", "The youth club saw {him} three times"),
    ),
    Away(
        "on a train to family elsewhere",
        "Derby station",
        "Derby",
        "cousin",
        "19",
        ("I got the train to my cousin's in Derby", "my cousin met me off the train at Derby", "I hid in the train toilet to Derby"),
        ("A cousin who treats {him} as grown up", "Family in Derby {he} may not visit otherwise"),
        _UNCLEAR,
        ("Nobody here has met the cousin", "{He} travelled without a ticket or a plan"),
        ("Meet the cousin in Derby with {child}", "Agree on a train fare for planned visits to Derby"),
        ("The cousin's flat was seen", "One visit to Derby was planned and kept"),
    ),
    Away(
        "in a burger bar and the library",
        "Central Library",
        "Carrington Street",
        "security guard",
        "about 50",
        ("I read manga in the library till it shut", "library first, then a burger bar till one", "I charged my phone in the library"),
        ("A place with light, sockets and no questions", "Books and quiet in the library"),
        _LOWER,
        ("{He} chose lit places with staff about", "{He} kept the phone charged throughout"),
        ("Get {child} a library card and a study desk", "Ask the library staff to ring {carer} at closing"),
        ("The library card was used weekly", "{carer} had one call at closing"),
    ),
    Away(
        "with an older lad who drives",
        "Car park behind the retail park",
        "Bulwell",
        "older lad",
        "about 20",
        ("{friend} picked me up in the Golf", "we drove round and {friend} paid for it all", "{friend} bought me trainers for nothing"),
        ("Lifts, food and trainers from {friend}", "Feeling chosen by somebody older"),
        _HIGHER,
        ("{friend} is grown up and pays for everything", "Gifts have begun, and secrets with them"),
        ("Report {friend} and the Golf to the exploitation team", "Hold a strategy meeting about {friend} and the lifts"),
        ("A disruption plan for {friend} is agreed", "{child} says {friend} has not called since"),
        Sign(
            IndicatorKind.OLDER_ASSOCIATES,
            ("{friend}, about 20, picks {him} up at night", "{friend} paid for food and new trainers"),
            _EXPLOITATION,
        ),
    ),
    Away(
        "with somebody met online",
        "Bench by Nottingham station",
        "Carrington Street",
        "met on Snapchat",
        "says 16",
        ("I know {friend} off Snap, we just walked about", "{friend} from Snap met me at the station", "me and {friend} talked on Snap for weeks"),
        ("Somebody online who listens at night", "{friend}, whom {he} had never met before"),
        _HIGHER,
        ("Nobody has seen who {friend} is", "The first meeting was alone and after dark"),
        ("Go through {friend}'s account with {child} and the police", "Report {friend}'s profile for grooming to CEOP"),
        ("The account's owner is known", "{child} has blocked {friend} without being told to"),
        Sign(
            IndicatorKind.ONLINE_GROOMING,
            ("{friend} wrote at night and asked for secrecy", "{friend} would not show a face on camera"),
            _EXPLOITATION,
        ),
    ),
    Away(
        "at a former foster carer's",
        "Former carer's house",
        "Arnold",
        "former foster carer",
        "about 55",
        ("I walked to Sheila's in Arnold, my old carer", "Sheila opened the door half asleep", "I sat on Sheila's wall until she came"),
        ("A former carer {he} still calls family", "The old house in Arnold, and the dog"),
        _LOWER,
        ("The former carer is known and rang at once", "{He} had a safe door to knock on"),
        ("Arrange tea at Sheila's each month", "Ask Sheila to stay in touch by letter"),
        ("The first tea at Sheila's took place", "A letter from Sheila came"),
    ),
    Away(
        "in a den by the canal",
        "Shed on the allotments",
        "Hungerhill Gardens",
        "neighbour on the allotments",
        "about 60",
        ("I've got a den up Hungerhill with a sofa", "I slept in a shed on the allotments", "I made a bed of coats in the shed"),
        ("A place that is nobody else's", "Silence and a door of {his} own"),
        _HIGHER,
        ("Nobody would find {him} there in frost", "It was two degrees and {he} had no blanket"),
        ("Make the box room {his} own den", "Show {child} the warm bed at Base 51"),
        ("{child} uses the box room daily", "The shed on Hungerhill is locked again"),
    ),
    Away(
        "at the skate park",
        "Skate park, Lady Bay",
        "Lady Bay bridge",
        "skater",
        "17",
        ("I was skating at Lady Bay under the lights", "{friend} taught me to drop in at Lady Bay", "we slept in {friend}'s van at the skate park"),
        ("Skating, at which {he} is good", "{friend} and the others under the bridge"),
        _SAME,
        ("The skaters look out for one another", "{He} is with the same five each time"),
        ("Find {child} evening coaching at the indoor ramps", "Meet {friend} at Lady Bay with the youth worker"),
        ("The coaching sheet has eight entries", "{child} was home by nine after skating"),
    ),
    Away(
        "at a brother's flat",
        "Brother's flat",
        "St Ann's",
        "brother",
        "22",
        ("my brother let me have the sofa", "I went to my brother's, no questions there", "my brother said stay but ring them"),
        ("A grown-up brother who understands", "A sofa in St Ann's and no rules"),
        _SAME,
        ("The brother rang in the morning", "The flat was seen and is in order"),
        ("Agree with the brother on one night a fortnight", "Have the brother checked as a safe adult"),
        ("The brother's checks are back", "Two agreed nights went well"),
    ),
    Away(
        "at a party in Radford",
        "A student house",
        "Radford",
        "friend's sister",
        "18",
        ("it was a party in Radford, I had two ciders", "I drank cider at the party and felt rough", "the party got loud and I drank too quick"),
        ("A party {he} was proud to be asked to", "Being with older girls and boys"),
        _HIGHER,
        ("{He} was the youngest there, and drinking", "Nobody sober was in charge in that house"),
        ("Talk with {child} and the school nurse about drinking", "Agree on a word to text when a party turns to drinking"),
        ("{child} used the word once", "The nurse has seen {him} twice about alcohol"),
        Sign(
            IndicatorKind.DRUGS_OR_ALCOHOL,
            ("Cider from older students, two cans or more", "{He} smelt of cider in the morning"),
            "School nurse, Nottingham CityCare",
        ),
    ),
    Away(
        "where somebody wanted a parcel carried",
        "Bus station, Broadmarsh",
        "Collin Street",
        "lad from the estate",
        "about 19",
        ("{friend} wanted me to take a bag to Mansfield", "{friend} said forty quid for carrying a bag", "I said no to {friend}'s bag and got laughed at"),
        ("Forty pounds for an hour's errand", "{friend}, who has money and time"),
        _HIGHER,
        ("{friend} is testing whether {he} will carry", "The offer will come again when money is short"),
        ("Report {friend} and the bag to the exploitation team", "Hold a strategy meeting on {friend} and the bag"),
        ("A disruption plan for {friend} exists", "{child} tells {worker} when {friend} asks"),
        Sign(
            IndicatorKind.CRIMINAL_EXPLOITATION,
            ("{friend} offered forty pounds to carry a bag", "A bag for Mansfield, no questions asked"),
            _EXPLOITATION,
        ),
    ),
)  # fmt: skip
