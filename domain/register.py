"""Which child each message is about; what the rules cannot tell is a person's decision.

In order: the reference, where it is already linked and the identity agrees; exact identifiers, unless the
birth date contradicts them; the exact normalised name with birth date and postcode; and, where none of
these names a child who is known for certain, the one child of the authority's index whom a message by
itself outweighs all others (`domain.matching`). What none of these settles becomes a provisional child, and
a doubt for a screener. The clock never waits for that.

A provisional child is a placeholder. When certain evidence joins it to another child, that child absorbs
it with all its messages, so that the order in which messages came does not decide whose they are.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, combinations
from typing import Any
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.described import Described, describe
from domain.identity import Identity, agree, combine, identity_of
from domain.matching import Index, Score
from domain.telling import MessageKey, Reference, Telling, in_order_of_telling
from schemas.matching_policy import MatchingPolicy


class Doubt(StrEnum):
    """Why a person has to look at who a child is."""

    UNKNOWN_CHILD = "unknown_child"
    CONTRADICTED = "identity_contradicted"
    SEVERAL_CHILDREN = "several_children"


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child as far as it is compared. A provisional one waits for a person or for certain evidence.

    `index` is what the authority's index by itself says, if it has the child: only that is weighed.
    """

    id: UUID
    identity: Identity
    provisional: bool
    index: Identity | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing for a screener: what is doubted, of which child, raised by which message, and who else."""

    doubt: Doubt
    child_id: UUID
    message: MessageKey
    others: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """The answer: whose each message is, the children as they now are, and what a person must settle.

    `absorbed` maps a provisional child to the one that took over all its messages; `weighed` has the score of
    messages by which, without certain evidence, a child of the index was found.
    """

    links: Mapping[MessageKey, UUID]
    children: Mapping[UUID, KnownChild]
    absorbed: Mapping[UUID, UUID]
    questions: tuple[Question, ...]
    weighed: Mapping[MessageKey, Score] = field(default_factory=dict)


def identify(
    authority: str,
    messages: Iterable[Telling],
    linked: Mapping[MessageKey, UUID],
    known: Iterable[KnownChild],
    policy: MatchingPolicy,
) -> Identified:
    """Say whose each message is.

    `messages` are all messages under the references concerned, old and new; `linked` the children of
    those already linked; `known` every child that any of them is linked to or shares an identifier or a
    name key with, and of the authority's index every child with whom one shares a key of
    `domain.matching.blocks`. Where two children could be meant and nothing decides, neither is chosen.
    """
    register = _Register(authority, known, policy)
    by_reference: dict[Reference, list[Telling]] = defaultdict(list)
    for message in in_order_of_telling(messages):
        by_reference[message.reference].append(message)
    for reference in sorted(by_reference):
        for described in describe(by_reference[reference], register):
            register.place(described, linked)
    return register.result()


def new_child_id(authority: str, cause: str, taken: Container[UUID]) -> UUID:
    """Return the id of a child whom `cause` made known: the authority's own id, else the messages."""
    again = 0
    while (id_ := uuid5(NAMESPACE, f"child/{authority}/{cause}/{again}")) in taken:
        again += 1
    return id_


class _Register:
    """The children while messages are being placed, found by identifier or name key."""

    def __init__(self, authority: str, known: Iterable[KnownChild], policy: MatchingPolicy) -> None:
        self._authority = authority
        self._children: dict[UUID, KnownChild] = {}
        self._by_key: dict[tuple[str, str], dict[UUID, None]] = defaultdict(dict)
        self._links: dict[MessageKey, UUID] = {}
        self._absorbed: dict[UUID, UUID] = {}
        self._questions: list[Question] = []
        self._weighed: dict[MessageKey, Score] = {}
        for child in known:
            self._put(child)
        self._index = Index({c.id: c.index for c in self._children.values() if c.index}, policy)

    def result(self) -> Identified:
        links = {message: self._now(child_id) for message, child_id in self._links.items()}
        asked = dict.fromkeys(map(self._question_now, self._questions))
        questions = tuple(
            q for q in asked if q.doubt is not Doubt.UNKNOWN_CHILD or self._children[q.child_id].provisional
        )
        return Identified(links, self._children, self._absorbed, questions, self._weighed)

    def place(self, described: Described, linked: Mapping[MessageKey, UUID]) -> None:
        owners = dict.fromkeys(self._now(linked[m.key]) for m in described.messages if m.key in linked)
        candidates, contradicted = self._candidates(described.identity, owners)
        candidates = list(dict.fromkeys((*self._outweighing(described, candidates), *candidates)))
        confirmed = [child for child in candidates if not child.provisional]
        child = next(iter(confirmed or candidates), None) or self._new(described, owners)
        whole = combine((child.identity, described.identity))
        for one in candidates:
            if one.provisional and one.id != child.id and agree(whole, one.identity):
                child = self._absorb(one, child)
        child = self._join_alike(self._learn(child, described.identity))
        self._links |= {message.key: child.id for message in described.messages}
        others = [one.id for one in candidates if one.id in self._children and one.id != child.id]
        self._ask(child, described.messages[0].key, others, contradicted)

    def known_of(self, identity: Identity) -> Identity:
        """Return a description with what is known of the child whom it names for certain."""
        named, _ = self._candidates(identity, ())
        return combine((identity, *(child.identity for child in named[:1])))

    def likely(self, identity: Identity) -> Identity | None:
        """Return what the index says of the child whom a description that names nobody outweighs."""
        if self._sure_of(identity, self._candidates(identity, ())[0]):
            return None
        found = self._index.find(identity)
        return self._children[found[0]].index if found else None

    def _candidates(self, identity: Identity, owners: Iterable[UUID]) -> tuple[list[KnownChild], list[UUID]]:
        """Return the children it can be, likeliest first, and those whom an identifier names in vain."""
        linked = [self._children[id_] for id_ in owners]
        confirmed = [child for child in linked if not child.provisional]
        named = self._named(identity)
        likely = {child.id: child for child in (*confirmed, *named, *linked, *self._alike(identity))}
        fitting = [child for child in likely.values() if agree(child.identity, identity)]
        return fitting, [child.id for child in dict.fromkeys(named) if child not in fitting]

    def _outweighing(self, described: Described, candidates: Iterable[KnownChild]) -> list[KnownChild]:
        """Return who of the index outweighs all others, where certain evidence names nobody else.

        Each message is weighed by itself, so that nothing hangs on which others have come. Seldom they
        would be of several children: the likeliest comes first, and a person is asked.
        """
        if self._sure_of(described.identity, candidates):
            return []
        found = {m.key: one for m in described.messages if (one := self._index.find(identity_of(m.child)))}
        ranked = sorted(found.values(), key=lambda one: (-one[1].weight, one[0]))
        likeliest = list(dict.fromkeys(id_ for id_, _ in ranked))
        self._weighed |= {key: score for key, (id_, score) in found.items() if id_ in likeliest[:1]}
        return [self._children[id_] for id_ in likeliest]

    def _sure_of(self, identity: Identity, candidates: Iterable[KnownChild]) -> bool:
        """Whether certain evidence, and not only the link so far, names a child who is not provisional."""
        named = (*self._named(identity), *self._alike(identity))
        return any(not child.provisional and child in named for child in candidates)

    def _named(self, identity: Identity) -> list[KnownChild]:
        return [child for key in _identifiers(identity) for child in self._having(key)]

    def _alike(self, identity: Identity) -> list[KnownChild]:
        """Return who has the same name, birth date and postcode, unless these are several children."""
        alike = self._having(("name_key", identity.name_key)) if identity.name_key else []
        confirmed = [child for child in alike if not child.provisional]
        fit = all(agree(one.identity, other.identity) for one, other in combinations(alike, 2))
        return alike if fit and len(confirmed) <= 1 else []

    def _join_alike(self, child: KnownChild) -> KnownChild:
        """Join a child with whom it has turned out to be alike, now that more is known of it."""
        for one in [one for one in self._alike(child.identity) if one.id != child.id]:
            provisional, by = (one, child) if one.provisional else (child, one)
            child = self._absorb(provisional, by)
        return child

    def _having(self, key: tuple[str, str]) -> list[KnownChild]:
        return [self._children[id_] for id_ in self._by_key.get(key, ())]

    def _put(self, child: KnownChild) -> KnownChild:
        self._children[child.id] = child
        for key in _keys(child.identity):
            self._by_key[key][child.id] = None
        return child

    def _new(self, described: Described, owners: Iterable[UUID]) -> KnownChild:
        """Make a child; its id comes from the authority's own id where nobody has that yet (rule 10).

        Else from the messages and whose they were: one of them alone may have made a child that was absorbed.
        """
        keys = sorted(message.key for message in described.messages)
        cause = "/".join((*map(str, owners), *chain.from_iterable(keys)))
        own = described.identity.authority_child_id
        if own and not self._having(("authority_child_id", own)):
            cause = own
        id_ = new_child_id(self._authority, cause, self._children.keys() | self._absorbed.keys())
        return self._put(KnownChild(id_, Identity(), provisional=True))

    def _absorb(self, provisional: KnownChild, by: KnownChild) -> KnownChild:
        self._absorbed[provisional.id] = by.id
        del self._children[provisional.id]
        for key in _keys(provisional.identity):
            del self._by_key[key][provisional.id]
        return self._learn(by, provisional.identity)

    def _learn(self, child: KnownChild, identity: Identity) -> KnownChild:
        """Add what the messages say, but never an identifier that is another child's."""
        taken: dict[str, Any] = {
            name: None
            for name, value in _identifiers(identity)
            if any(other.id != child.id for other in self._having((name, value)))
        }
        learnt = combine((child.identity, replace(identity, **taken)))
        provisional = child.provisional and learnt.authority_child_id is None
        return self._put(replace(child, identity=learnt, provisional=provisional))

    def _ask(
        self, child: KnownChild, message: MessageKey, others: Sequence[UUID], contradicted: Sequence[UUID]
    ) -> None:
        if child.provisional:
            self._questions.append(Question(Doubt.UNKNOWN_CHILD, child.id, message))
        if others:
            self._questions.append(Question(Doubt.SEVERAL_CHILDREN, child.id, message, tuple(others)))
        if contradicted:
            self._questions.append(Question(Doubt.CONTRADICTED, child.id, message, tuple(contradicted)))

    def _question_now(self, question: Question) -> Question:
        child_id = self._now(question.child_id)
        others = dict.fromkeys(map(self._now, question.others))
        return replace(question, child_id=child_id, others=tuple(o for o in others if o != child_id))

    def _now(self, child_id: UUID) -> UUID:
        while child_id in self._absorbed:
            child_id = self._absorbed[child_id]
        return child_id


def _identifiers(identity: Identity) -> list[tuple[str, str]]:
    names = ("authority_child_id", "nhs_number", "upn")
    return [(name, value) for name, value in zip(names, identity.identifiers, strict=True) if value]


def _keys(identity: Identity) -> list[tuple[str, str]]:
    key = identity.name_key
    return [*_identifiers(identity), *([("name_key", key)] if key else [])]
