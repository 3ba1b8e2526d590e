"""The authority's index of children: a description is looked up in it where nothing certain names a child."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from uuid import UUID

from domain.identity import Identity
from domain.matching.blocking import blocks
from domain.matching.choosing import choose
from domain.matching.scoring import Score, Verdict, score
from schemas.matching_policy import MatchingPolicy


class Index:
    """Whom a description is of, by weight. Only what the index itself says of a child is weighed.

    So the answer hangs on the description and on the index, never on what else was told, or when.
    """

    def __init__(self, children: Mapping[UUID, Identity], policy: MatchingPolicy) -> None:
        self._children = children
        self._policy = policy
        self._found: dict[Identity, tuple[UUID, Score] | None] = {}

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[UUID]]:
        """Made when something is looked up: where every message names its child, nothing is."""
        found: dict[str, list[UUID]] = defaultdict(list)
        for id_, identity in self._children.items():
            for key in blocks(identity):
                found[key].append(id_)
        return found

    def find(self, told: Identity) -> tuple[UUID, Score] | None:
        """Return the one child of the index that it is, with its score; None if a person decides."""
        if told not in self._found:
            self._found[told] = self._find(told)
        return self._found[told]

    def _find(self, told: Identity) -> tuple[UUID, Score] | None:
        near = {id_ for key in blocks(told) for id_ in self._by_key.get(key, ())}
        scores = {id_: score(told, self._children[id_], self._policy) for id_ in sorted(near)}
        chosen = choose(scores, self._policy)
        return (chosen.keys[0], scores[chosen.keys[0]]) if chosen.verdict is Verdict.SAME else None
