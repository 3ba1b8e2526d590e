"""Which of the child's own words an outcome comes from."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from domain.plan.reading import content, sentences, stem, words
from schemas.plan import Passage, PlannedOutcome, When
from schemas.record import Account, Outcome

MOST_PASSAGES: Final = 2
LONGEST_PASSAGE: Final = 300
"""Characters; as much as one reads beside an action. A longer sentence counts as several."""
_WHY, _WHAT = 2, 1
"""A word of the reason counts twice: the reason names the part of the account that it answers."""


def planned(outcome: Outcome, account: Account) -> PlannedOutcome:
    """Return an outcome with the child's words that it comes from."""
    return PlannedOutcome(**outcome.model_dump(), words=words_for(outcome, account))


def words_for(outcome: Outcome, account: Account) -> tuple[Passage, ...]:
    """Return the sentences of the account that share most with an outcome, in the order they were said.

    A sentence scores 2 for each different word that it shares with `why` and 1 for each with `what`, words
    of grammar aside and endings off. Those that score at least half of the best are taken, at most two.
    None is taken where nothing is shared.
    """
    why, what = content(outcome.why), content(outcome.what)
    said = list(_said(account, why | what))
    scores = [_score(passage.because, why, what) for passage in said]
    best = max(scores, default=0)
    near = sorted((-score, number) for number, score in enumerate(scores) if score and score * 2 >= best)
    return tuple(said[number] for number in sorted(number for _, number in near[:MOST_PASSAGES]))


def _said(account: Account, wanted: frozenset[str]) -> Iterator[Passage]:
    for when in When:
        for sentence in sentences(getattr(account, when)):
            for text in wrap(sentence, LONGEST_PASSAGE, break_on_hyphens=False):
                shared = dict.fromkeys(word for word in words(text) if stem(word) in wanted)
                yield Passage(when=when, text=text, because=tuple(shared))


def _score(shared: tuple[str, ...], why: frozenset[str], what: frozenset[str]) -> int:
    stems = frozenset(map(stem, shared))
    return _WHY * len(stems & why) + _WHAT * len(stems & what)
