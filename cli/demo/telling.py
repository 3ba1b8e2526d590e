"""A record that was written well: its sections as the API takes them, each sentence of two halves."""

from datetime import date, timedelta
from typing import Any, Final

from cli.demo.story import Case, Draw, Story
from cli.demo.words import Pieces, half

Sections = dict[str, Any]
HARMED, NOTHING_SHARED = 0.07, 0.3
QUOTED_WORDS: Final = 5
SATURDAY: Final = 5
CLAUSES: Final = (
    "and ", "so ", "but ", "which ", "as ", "because ", "though ", "then ", "says ", "since ", "where ",
    "said ",
)  # fmt: skip
"""With what a half begins that a comma goes before."""


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

    def _quoted(self, first: str, others: Pieces) -> str:
        said = self.story.said(f"{first}, {self.draw.one(others)}")
        return f"“{said}.”"

    def _two(self, pieces: Pieces, others: Pieces) -> str:
        first, second = self.draw.one(pieces), self.draw.one(others)
        between = ", " if second.startswith(CLAUSES) else " "
        return self.story.said(f"{first}{between}{second}.")

    def _said(self, pieces: Pieces) -> str:
        return f"{self.story.said(self.draw.one(pieces))}."

    def _offer(self) -> Sections:
        case = self.story.case
        return {
            "offered_at": case.offered_at.isoformat(),
            "how": self.draw.one(("phone", "visit", "message")),
            "by": case.worker,
            "child_chose_person": self._said(half("person")),
            "child_chose_place": self._said(half("place")),
            "confidentiality": self._said(half("confidentiality")),
            "communication": "none",
        }

    def _account(self) -> Sections:
        return {
            "before": self._quoted(self.begun, half("of_beginning")),
            "during": self._quoted(self.spent, half("of_spending")),
            "since": self._quoted(self.draw.one(half("since")), half("since_then")),
        }

    def _harm(self) -> Sections:
        health = self.draw.one(half("health")).format_map(self.story.fill)
        if not self.draw.happens(HARMED):
            told = self._two(half("no_harm"), half("no_harm_since"))
            return {"came_to_harm": False, "what": told, "health": health}
        done_at = (self.story.case.held_at + timedelta(hours=1)).isoformat()
        action = {"what": self._said(half("harm_done")), "by": self.story.case.worker, "done_at": done_at}
        told = self._two(half("harmed"), half("harmed_since"))
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
        return {
            "indicators": [{"kind": sign.kind.value, "evidence": self._two(sign.evidence, half("evidence"))}]
        }

    def _living(self) -> Sections:
        where = "placement" if self.story.case.child.in_care else "home"
        return {where: self._two(half("living"), half("living_too")), "school": self.draw.one(half("school"))}

    def _help(self) -> Sections:
        return {
            "would_help": self._quoted(self.wish, half("help_too")),
            "options": self._said(half("options")),
            "safety_information": self._said(half("safety")),
        }

    def _carer(self) -> Sections:
        name, part = self.story.carer
        return {"who": f"{name}, {part}", "view": self._two(self.story.reason.carer, half("carer_too"))}

    def _analysis(self) -> Sections:
        reason, away = self.story.reason, self.story.away
        return {
            "push": self._two(reason.push, half("of_push")),
            "pull": self._two(away.pull, half("of_pull")),
            "pattern": self._pattern(),
            "risk": away.risk.value,
            "risk_why": self._two(away.risk_why, half("of_risk")),
            "meaning": self._two(reason.meaning, half("of_meaning")),
        }

    def _pattern(self) -> str:
        earlier, story = self.story.case.earlier, self.story
        if not earlier:
            return "Her first absence." if story.case.child.sex == "female" else "His first absence."
        days = " and ".join(f"{at.day} {at:%B}" for at in earlier[-2:])
        compared = ", ".join((self.draw.one(half("pattern")), self.draw.one(half("pattern_now"))))
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
            "what": self._two(does, half("of_doing")),
            "why": f"“{_end_of(because).format_map(story.fill)}”",
            "owner": self.draw.one(owners),
            "due_on": _working(story.case.today + timedelta(days=days)).isoformat(),
            "measure": self._two(shows, half("of_showing")),
        }

    def _sharing(self) -> Sections:
        case, sign = self.story.case, self.story.away.sign
        if sign is None and self.draw.happens(NOTHING_SHARED):
            return {"nothing_shared": self._said(half("not_shared"))}
        told = {
            "with_whom": sign.shared_with if sign else f"{self.story.social_worker}, social worker",
            "what": self.story.said("where {he} was and with whom"),
            "shared_at": (case.held_at + timedelta(hours=2)).isoformat(),
            "basis": self._said(half("basis")),
            "child_informed": True,
        }
        return {"shared": [told]}


def _end_of(text: str) -> str:
    """Return the last words of what was said, as one quotes them."""
    return " ".join(text.split()[-QUOTED_WORDS:])


def _working(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
