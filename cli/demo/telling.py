"""A record that was written well: its sections as the API takes them, each sentence of two halves."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from cli.demo import halves
from cli.demo.reasons import Pieces
from cli.demo.story import Case, Draw, Story

Sections = dict[str, Any]
HARMED: Final = 0.07
CLAUSES: Final = ("and ", "so ", "but ", "which ", "as ", "because ", "though ", "then ", "says ", "since ", "where ", "said ")


def good(case: Case, variant: int = 0) -> Sections:
    """Return a record that a manager would approve; another `variant` words the same story differently."""
    return Writer(Story(case), variant).sections()


class Writer:
    """Writes one record."""

    def __init__(self, story: Story, variant: int) -> None:
        self.story = story
        self.draw = Draw(story.case.key, "words", variant)
        self.begun = self.draw.one(story.reason.begins)
        self.spent = self.draw.one(story.away.spent)
        self.wish = self.draw.one(story.reason.help)

    def sections(self) -> Sections:
        """Return all sections but the manager's."""
        return {
            "offer": self._offer(),
            "account": self._account(),
            "harm": self._harm(),
            "intelligence": self._intelligence(),
            "exploitation": self._exploitation(),
            "living": self._living(),
            "help": self._help(),
            "carer": self._carer(),
            "analysis": self._analysis(),
            "outcomes": self._outcomes(),
            "sharing": self._sharing(),
        }

    def _joined(self, first: str, others: Pieces, comma: bool = False) -> str:
        second = self.draw.one(others)
        between = ", " if comma or second.startswith(CLAUSES) else " "
        return self.story.said(f"{first}{between}{second}")

    def _two(self, pieces: Pieces, others: Pieces) -> str:
        return f"{self._joined(self.draw.one(pieces), others)}."

    def _said(self, pieces: Pieces) -> str:
        return f"{self.story.said(self.draw.one(pieces))}."

    def _offer(self) -> Sections:
        case = self.story.case
        return {
            "offered_at": case.offered_at.isoformat(),
            "how": self.draw.one(("phone", "visit", "message")),
            "by": case.worker,
            "child_chose_person": self._said(PERSON),
            "child_chose_place": self._said(PLACE),
            "confidentiality": self._said(CONFIDENTIALITY),
            "communication": "none",
        }

    def _account(self) -> Sections:
        return {
            "before": f"“{self._joined(self.begun, halves.OF_BEGINNING, comma=True)}.”",
            "during": f"“{self._joined(self.spent, halves.OF_SPENDING, comma=True)}.”",
            "since": f"“{self._joined(self.draw.one(halves.SINCE), halves.SINCE_THEN, comma=True)}.”",
        }

    def _harm(self) -> Sections:
        health = self.draw.one(halves.HEALTH).format_map(self.story.fill)
        if not self.draw.happens(HARMED):
            told = self._two(halves.NO_HARM, halves.NO_HARM_SINCE)
            return {"came_to_harm": False, "what": told, "health": health}
        done_at = (self.story.case.held_at + timedelta(hours=1)).isoformat()
        action = {"what": self._said(halves.HARM_DONE), "by": self.story.case.worker, "done_at": done_at}
        told = self._two(halves.HARMED, halves.HARMED_SINCE)
        return {"came_to_harm": True, "what": told, "health": health, "actions": [action]}

    def _intelligence(self) -> Sections:
        away, story = self.story.away, self.story
        person = {"name": story.friend, "relation": away.relation, "age": away.age}
        place = {"name": away.place.format_map(story.fill), "address": away.address}
        return {"people": [person], "places": [place]}

    def _exploitation(self) -> Sections:
        sign = self.story.away.sign
        if sign is None:
            return {"none_seen": True}
        return {"indicators": [{"kind": sign.kind.value, "evidence": self._two(sign.evidence, halves.EVIDENCE)}]}

    def _living(self) -> Sections:
        where = "placement" if self.story.case.child.in_care else "home"
        return {where: self._two(halves.LIVING, halves.LIVING_TOO), "school": self.draw.one(halves.SCHOOL)}

    def _help(self) -> Sections:
        return {
            "would_help": f"“{self._joined(self.wish, halves.HELP_TOO, comma=True)}.”",
            "options": self._said(halves.OPTIONS),
            "safety_information": self._said(halves.SAFETY),
        }

    def _carer(self) -> Sections:
        name, part = self.story.carer
        return {"who": f"{name}, {part}", "view": self._two(self.story.reason.carer, halves.CARER_TOO)}

    def _analysis(self) -> Sections:
        reason, away = self.story.reason, self.story.away
        return {
            "push": self._two(reason.push, halves.OF_PUSH),
            "pull": self._two(away.pull, halves.OF_PULL),
            "pattern": self._pattern(),
            "risk": away.risk.value,
            "risk_why": self._two(away.risk_why, halves.OF_RISK),
            "meaning": self._two(reason.meaning, halves.OF_MEANING),
        }

    def _pattern(self) -> str:
        earlier, story = self.story.case.earlier, self.story
        if not earlier:
            return "Her first absence." if story.case.child.sex == "female" else "His first absence."
        days = " and ".join(f"{at.day} {at:%B}" for at in earlier[-2:])
        compared = f"{self.draw.one(halves.PATTERN)}, {self.draw.one(halves.PATTERN_NOW)}"
        return f"Away before on {days}: {compared.format_map(story.fill)}."

    def _outcomes(self) -> list[Sections]:
        reason, away, story = self.story.reason, self.story.away, self.story
        soon = 3 if away.sign else self.draw.rng.randint(7, 24)
        return [
            self._outcome(reason.does, self.begun, reason.shows, self.draw.rng.randint(7, 21)),
            self._outcome(away.does, self.spent, away.shows, soon)
            | ({"owner": f"{story.social_worker}, social worker"} if away.sign else {}),
        ]

    def _outcome(self, does: Pieces, because: str, shows: Pieces, days: int) -> Sections:
        story = self.story
        name, part = story.carer
        owners = (f"{story.social_worker}, social worker", f"{name}, {part}", story.case.worker)
        return {
            "what": self._two(does, halves.OF_DOING),
            "why": f"“{_end_of(because).format_map(story.fill)}”",
            "owner": self.draw.one(owners),
            "due_on": _working(story.case.today + timedelta(days=days)).isoformat(),
            "measure": self._two(shows, halves.OF_SHOWING),
        }

    def _sharing(self) -> Sections:
        case, sign = self.story.case, self.story.away.sign
        if sign is None and self.draw.happens(NOTHING_SHARED):
            return {"nothing_shared": self._said(NOT_SHARED)}
        told = {
            "with_whom": sign.shared_with if sign else f"{self.story.social_worker}, social worker",
            "what": self.story.said("where {he} was and with whom"),
            "shared_at": (case.held_at + timedelta(hours=2)).isoformat(),
            "basis": self._said(BASIS),
            "child_informed": True,
        }
        return {"shared": [told]}


def _end_of(text: str) -> str:
    """Return the last words of what was said, as one quotes them."""
    return " ".join(text.split()[-QUOTED_WORDS:])


def _working(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


QUOTED_WORDS: Final = 5
SATURDAY: Final = 5
NOTHING_SHARED: Final = 0.3
PERSON: Final[Pieces] = (
    "Asked whom {he} wanted; `you'll do, you're not from here`", "{child} asked for a woman and got {worker}",
    "{He} had met {worker} before and asked for the same again", "Offered a choice of two, and {he} chose {worker}",
    "Wanted nobody from the home; agreed to {worker}", "{child} said anybody but the police",
)  # fmt: skip
PLACE: Final[Pieces] = (
    "A walk round Wollaton Park", "McDonald's, the back table", "The youth club, after closing", "{worker}'s car, with chips",
    "The kitchen while {carer} was out", "The library's study room", "A bench by the Trent", "The café in Sneinton Market",
)  # fmt: skip
CONFIDENTIALITY: Final[Pieces] = (
    "I said what I keep to myself, and that danger to {him} or others I pass on",
    "Explained that I tell others only if somebody is not safe, and that {he} hears it first",
    "{child} repeated the limits in {his} own words: `unless someone gets hurt`",
)  # fmt: skip
NOT_SHARED: Final[Pieces] = (
    "{He} asked for it to stay in the record, and nobody is in danger",
    "Nothing new for anybody; {carer} knows all of it from {child}",
)  # fmt: skip
BASIS: Final[Pieces] = (
    "Safety of a child; {he} was told beforehand", "Needed to keep {him} safe, and {he} agreed",
    "Danger to {him} and perhaps others; {he} knows",
)  # fmt: skip
