"""How well one child is told from another: `python -m bench.matching [CHILDREN]`.

FEBRL's sets 1 to 3 are parted by person: weights and thresholds are learnt on one half of all three and
measured on the other of each: every pair by itself, by names, birth date and home alone; and with all fields,
looked up in an index as the product does it. In the invented cities each message is looked up in the
index as the product does it, with the weights as they come, which were learnt in another city: `python -m
bench.matching learn` learns them anew. A message has neither a number nor a reference: names, birth date and
address are all that is told.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bench._matching_febrl import Pairs, febrl, learnt_from, on_pairs
from bench._matching_febrl_numbers import learnt_with_numbers, looked_up
from bench._matching_town import Outcome, Town, learnt_in, play, town
from domain.matching.learning import halves, prior
from domain.matching.measuring import Labelled, Measured
from schemas.matching_policy import MatchingPolicy

CHILDREN = 100_000
MESSAGES = 10_000
SEEDS, SEED_ELSEWHERE, ELSEWHERE = (44, 45), 11, 30_000
"""Those of 7, 23, 31 to 33, 41, 51 and 61 were looked at while rules were made: they test nothing now.

That of 44 was looked at before the rule on short forms, that of 45 never.
"""
PRECISION, FOUND, ASKED = 0.9999, 0.97, 0.03
"""The goals."""


def on_febrl() -> Iterator[tuple[str, Pairs]]:
    """Learn on one half of the people of all sets; yield what that gives on the other half of each."""
    mine, others = _febrl_parted(numbered=False)
    policy = learnt_from(mine)
    for number, half in others.items():
        yield f"FEBRL {number}, weights alone", on_pairs(half, policy, rule=False)
        yield f"FEBRL {number}, no twins joined", on_pairs(half, policy, rule=True)


def on_numbered_febrl() -> Iterator[tuple[str, Measured, Counter[str]]]:
    """Do so with all fields, looked up; also as if the number had a check digit."""
    mine, others = _febrl_parted(numbered=True)
    for checked in (False, True):
        policy = learnt_with_numbers(mine, checked=checked)
        for number, half in others.items():
            name = f"FEBRL {number}, all fields{', check digit' if checked else ''}"
            yield name, *looked_up(half, policy, checked=checked)


def _febrl_parted(*, numbered: bool) -> tuple[list[Labelled], dict[int, list[Labelled]]]:
    """Return the half of the people of all sets on which to learn, and the other half of each."""
    parts = {number: halves(febrl(number, numbered=numbered)) for number in (1, 2, 3)}
    mine = [replace(each, entity=f"{n}/{each.entity}") for n, (half, _) in parts.items() for each in half]
    return mine, {number: others for number, (_, others) in parts.items()}


def main(children: int) -> None:
    """Print the table."""
    print(f"{'':44}{'linked':>8}{'wrong':>7}{'precision':>11}{'found':>8}{'asked':>8}{'share a key':>13}")
    goals = f"{f'at least {PRECISION}':>11}{FOUND:>8}{ASKED:>8}"
    print(f"{'goals':44}{'':15}{goals}")
    policy = MatchingPolicy(prior=prior(children))
    for seed in SEEDS:
        place = town(children, MESSAGES, seed)
        _print_outcome(f"{children:,} children, city {seed}", play(place, policy), place, policy)
    for name, pairs in on_febrl():
        _print_pairs(name, pairs)
    for name, measured, why in on_numbered_febrl():
        _print_measured(name, measured, why)


def _row(name: str, *figures: float) -> None:
    linked, wrong, precision, found, asked, blocking = figures
    shares = f"{precision:>11.5f}{found:>8.4f}{asked:>8.4f}{blocking:>13.4f}"
    print(f"{name:44}{linked:>8.0f}{wrong:>7.0f}{shares}", flush=True)


def _print_pairs(name: str, of: Pairs) -> None:
    waits = of.waiting / of.descriptions
    _row(name, of.linked, of.wrong, of.precision, of.found, waits, of.blocked / of.true)


def _print_measured(name: str, of: Measured, why: Counter[str]) -> None:
    _row(name, of.linked, of.wrong, of.precision, of.found, of.asks, of.blocking)
    _print_counts("asked because of", why)


def _print_counts(title: str, counts: Counter[str]) -> None:
    print(f"  {title}: " + "; ".join(f"{why} {count}" for why, count in counts.most_common(6)))


def _print_outcome(name: str, of: Outcome, place: Town, policy: MatchingPolicy) -> None:
    blocking = of.blocked / of.known
    _row(name, of.linked, len(of.wrong), of.precision, of.found, of.asked / of.messages, blocking)
    each = f"{of.candidates / of.messages:.0f} candidates, {of.seconds / of.messages * 1000:.2f} ms in Python"
    print(f"  a look-up: {each}; same from {policy.same_from}, perhaps from {policy.perhaps_from}")
    _print_counts("asked because of", of.why)
    _print_counts("nobody asked after", of.lost)
    for message, at in of.wrong:
        print(f"  wrong: {message.identity} is {message.child}, not {place.children[at]}")


def learn() -> None:
    """Print the weights that a city of its own teaches."""
    place = town(ELSEWHERE, MESSAGES, SEED_ELSEWHERE)
    print(learnt_in(place, MatchingPolicy()).model_dump_json(indent=2))


if __name__ == "__main__":
    if sys.argv[1:] == ["learn"]:
        learn()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
