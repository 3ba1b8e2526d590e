"""With which child a message was placed, whatever was found since.

The rules never ask for it. It counts only where a person decided about that child.
"""

from collections.abc import Container, Iterable, Mapping
from uuid import UUID

from domain.telling import MessageKey, Reference, Telling, in_order_of_telling


def placed_with(
    messages: Iterable[Telling],
    found: Mapping[MessageKey, UUID],
    before: Mapping[MessageKey, UUID],
    absorbed: Mapping[UUID, UUID],
    held: Container[UUID],
) -> dict[MessageKey, UUID]:
    """Say with which child each message is placed, from whose it is found to be now.

    `before` is with whom those that were known already are placed; `absorbed` who was ever taken over by
    whom; `held` those about whom somebody decided: nothing that is found takes a message from them. A new
    message is placed as those under its reference that are found to be of the same child.
    """
    placed: dict[MessageKey, UUID] = {}
    under: dict[tuple[Reference, UUID], UUID] = {}
    in_order = in_order_of_telling(messages)
    for message in (one for one in in_order if one.key in before):
        was, owner = before[message.key], found[message.key]
        stays = was in held or survivor(was, absorbed) == owner
        placed[message.key] = was if stays else owner
        under.setdefault((message.reference, owner), placed[message.key])
    for message in (one for one in in_order if one.key not in before):
        owner = found[message.key]
        placed[message.key] = under.get((message.reference, owner), owner)
    return placed


def survivor(child: UUID, absorbed: Mapping[UUID, UUID]) -> UUID:
    """Return who a child is found to be, after all absorptions."""
    while child in absorbed:
        child = absorbed[child]
    return child
