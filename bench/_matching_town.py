"""An authority's index of invented children, messages about them, and what becomes of these."""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from bench._matching_city import Child, city
from bench._matching_messages import right, told
from domain.identity import Identity
from domain.matching import Chosen, Score, Verdict, blocks, choose, score
from domain.matching.learning import thresholds, weights
from domain.matching.measuring import Labelled, by_block, pairs_between
from schemas.matching_policy import MatchingPolicy

UNKNOWN = 0.05
"""Of the messages, how many are about children whom the index has not."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, of whom, and what was changed in it."""

    child: Child
    identity: Identity
    changes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Town:
    """An index, where each child stands in it, by key; and messages about these children and about others."""

    index: list[Identity]
    children: list[Child]
    places: dict[str, int]
    by_key: dict[str, list[int]]
    messages: list[Message]

    def candidates(self, identity: Identity) -> set[int]:
        return {place for key in blocks(identity) for place in self.by_key.get(key, ())}


@dataclass(slots=True)
class Outcome:
    """What becomes of the messages. `lost`: of whom nobody was asked though the index has the child."""

    messages: int = 0
    known: int = 0
    blocked: int = 0
    linked: int = 0
    asked: int = 0
    asked_known: int = 0
    candidates: int = 0
    seconds: float = 0.0
    wrong: list[tuple[Message, int]] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / max(self.linked, 1)

    @property
    def found(self) -> float:
        return (self.linked - len(self.wrong) + self.asked_known) / max(self.known, 1)


def town(children: int, messages: int, seed: int) -> Town:
    """Return a city and what is told of it."""
    chance = Random(seed)
    everybody = city(int(children / (1 - UNKNOWN)), seed)
    chance.shuffle(everybody)
    known, unknown = everybody[:children], everybody[children:]
    about = (chance.choice(unknown if chance.random() < UNKNOWN else known) for _ in range(messages))
    index = [right(child).identity for child in known]
    places = {child.id: place for place, child in enumerate(known)}
    return Town(index, known, places, dict(by_block(index)), [_message(c, chance) for c in about])


def learnt_in(place: Town, first: MatchingPolicy) -> MatchingPolicy:
    """Return the weights and thresholds that the messages of a town show."""
    index = [
        Labelled(child.id, identity) for child, identity in zip(place.children, place.index, strict=True)
    ]
    told = [Labelled(message.child.id, message.identity) for message in place.messages]
    weighed = weights(index, told, first)
    known = sum(message.child.id in place.places for message in place.messages)
    return thresholds(pairs_between(index, told, weighed), len(told), known, weighed)


def play(place: Town, policy: MatchingPolicy) -> Outcome:
    """Look every message up, as the product does, and count what becomes of it."""
    out, began = Outcome(), time.perf_counter()
    for message in place.messages:
        scores = {
            at: score(message.identity, place.index[at], policy) for at in place.candidates(message.identity)
        }
        _count(out, message, place.places.get(message.child.id), scores, choose(scores, policy))
    out.seconds = time.perf_counter() - began
    return out


def _count(
    out: Outcome, message: Message, true: int | None, scores: dict[int, Score], chosen: Chosen[int]
) -> None:
    out.messages += 1
    out.candidates += len(scores)
    out.known += true is not None
    out.blocked += true in scores
    if chosen.verdict is Verdict.SAME:
        out.linked += 1
        if chosen.keys[0] != true:
            out.wrong.append((message, chosen.keys[0]))
    elif chosen.verdict is Verdict.PERHAPS:
        out.asked += 1
        out.asked_known += true in chosen.keys
        out.why["a child whom the index has not" if true is None else _why(scores[chosen.keys[0]])] += 1
    if true is not None and chosen.verdict is not Verdict.SAME and true not in chosen.keys:
        out.lost[" + ".join(sorted(message.changes))] += 1


def _why(best: Score) -> str:
    return " + ".join(best.bars) or "the weight is between the thresholds, or several children fit"


def _message(child: Child, chance: Random) -> Message:
    said, changes = told(child, chance)
    return Message(child, said.identity, changes)
