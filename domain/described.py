"""The messages of one reference, parted by child: siblings may share one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.identity import Identity, agree, combine, identity_of
from domain.telling import Telling


class Known(Protocol):
    """What is known of children, as far as descriptions are put together by it."""

    def known_of(self, identity: Identity) -> Identity:
        """Return a description with what is known of the child whom it names for certain."""

    def likely(self, identity: Identity) -> Identity | None:
        """Return what the index says of the child whom a description that names nobody outweighs."""


@dataclass(slots=True)
class Described:
    """Messages of one reference that are of one child, and all they say about who that is.

    `known` adds what is known of the child whom they name for certain; `likely` is what the index says of
    the one whom, where they name nobody, they outweigh.
    """

    identity: Identity
    known: Identity
    likely: Identity | None
    messages: list[Telling]

    def fits(self, other: "Described") -> bool:
        """Whether these can be of one child."""
        mine, theirs = ([one.known, *([one.likely] if one.likely else [])] for one in (self, other))
        return any(agree(one, another) for one in mine for another in theirs)

    def add(self, other: "Described") -> None:
        self.identity = combine((self.identity, other.identity))
        self.known = combine((self.known, other.known))
        self.likely = self.likely or other.likely
        self.messages += other.messages


def describe(messages: Sequence[Telling], known: Known) -> list[Described]:
    """Part the messages of one reference by child, since siblings may share one.

    The messages that say most come first; one that fits several children of the reference stands alone.
    """
    children: list[Described] = []
    alone: list[Described] = []
    told = [(identity_of(message.child), message) for message in messages]
    for identity, message in sorted(told, key=lambda pair: -_weight(pair[0])):
        one = Described(identity, known.known_of(identity), known.likely(identity), [message])
        fitting = [child for child in children if child.fits(one)]
        if len(fitting) == 1:
            fitting[0].add(one)
        else:
            (alone if fitting else children).append(one)
    return children + alone


def _weight(identity: Identity) -> int:
    told = [identity.date_of_birth, identity.family_name, identity.given_names, identity.postcode]
    return 10 * sum(map(bool, identity.identifiers)) + sum(map(bool, told))
