"""Files as forces send them: read by the formats that are in force, kept, and taken in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from casework import originals
from casework.intake import Receipt, Sender
from casework.originals import Original
from casework.policy_in_force import policy_of
from cli.acting import now_utc
from cli.pieces import Piece, TooLarge
from cli.sources import AS_SENT, DOCUMENT, Source
from connectors.formats import for_authority, read_as_sent
from connectors.police_list import document_of, is_list
from schemas.formats_policy import ForceFormat
from schemas.police_lists_policy import ListFormat
from schemas.policy import Policy
from schemas.reading import Unreadable, canonical, parse_json
from schemas.understood import Understood
from store.database import Store

MOST_BYTES: Final = 30_000_000
PLAIN_LIST: Final = ListFormat(
    source="urn:police:NAME", columns={"missing_since": ("missing_since",), "reference": ("reference",)}
)
"""A list of a force whose name for its columns is ours."""
OF_EVENTS: Final = frozenset({"source", "type"})


class NoFormat(Exception):
    """A force sent this, and the policy has no format by which it could be read."""


class IsList(Exception):
    """A list of missing children: it is compared, not taken in."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one notification or draft in a file, as a piece that may be put beside it."""

    piece: Piece
    receipt: Receipt


async def lists_in_force(store: Store, authorities: Sequence[str], configured: Policy) -> list[ListFormat]:
    """Return the formats of lists of missing children of all authorities served, the plain columns last."""
    found = [(await policy_of(store, one, configured)).police_lists.formats for one in authorities]
    return [*(form for forms in found for form in forms), PLAIN_LIST]


async def formats_in_force(
    store: Store, authorities: Sequence[str], configured: Policy
) -> tuple[ForceFormat, ...]:
    """Return the formats of the policies of all authorities served, each once."""
    found: dict[str, ForceFormat] = {}
    for authority in authorities:
        policy = await policy_of(store, authority, configured)
        own = for_authority(policy.formats, authority) if len(authorities) == 1 else policy.formats
        found |= {form.model_dump_json(): form for form in own}
    return tuple(found.values())


def understand(
    source: Source, file: IO[bytes], formats: Sequence[ForceFormat], lists: Sequence[ListFormat] = ()
) -> tuple[Original, Understood] | None:
    """Return what a file tells; None for lines, stdin and JSON of events: these are read as ours.

    Raises:
        NoFormat: what a force sends, where there is no format at all.
        IsList: it is a list of missing children.
        TooLarge: it is larger than anything that a force sends.
    """
    if source.suffix not in {DOCUMENT, *AS_SENT}:
        return None
    content = file.read(MOST_BYTES + 1)
    if source.suffix == DOCUMENT:
        return _of_json(source, content, formats)
    if formats and len(content) > MOST_BYTES:
        raise TooLarge(f"is larger than {MOST_BYTES:,} bytes: send it in parts")
    told = read_as_sent(content, source.name, formats) if formats else None
    if told is None or told.format is None:
        _refuse_list(source, content, lists)
    if told is None:
        raise NoFormat(f"{source.suffix} is read by the format of a force, and the policy has none")
    return Original(content, source.name, told.media, told.shown), told


def _of_json(
    source: Source, content: bytes, formats: Sequence[ForceFormat]
) -> tuple[Original, Understood] | None:
    if len(content) > MOST_BYTES:
        return None
    ours = _may_be_ours(content)
    if not formats:
        if not ours:
            raise NoFormat("no format in the policy reads it, and it is no CloudEvent")
        return None
    told = read_as_sent(content, source.name, formats)
    if ours and told.format is None:
        return None
    return Original(content, source.name, told.media, told.shown), told


def _refuse_list(source: Source, content: bytes, lists: Sequence[ListFormat]) -> None:
    """Say of a list of missing children what it is for: no notification is in it."""
    for form in lists if len(content) <= MOST_BYTES else ():
        if is_list(document_of(content, source.name, form), form):
            raise IsList(
                "is a list of children still missing, with no notification in it: to have it compared, use"
                f" homeward reconcile {source.shown} --force {form.source}"
            )


def _may_be_ours(content: bytes) -> bool:
    """Tell whether JSON holds events, or what may have been meant for such."""
    try:
        parsed = parse_json(content)
    except Unreadable:
        return True
    objects = [each for each in (parsed if isinstance(parsed, list) else [parsed]) if isinstance(each, dict)]
    return not objects or any("specversion" in each or each.keys() >= OF_EVENTS for each in objects)


async def take(store: Store, sender: Sender, original: Original, told: Understood) -> Iterator[Taken]:
    """Keep a file with all that was understood of it, and return what became of each part.

    Raises:
        DatabaseUnavailable: nothing of one authority was stored; taking it again does no harm.
    """
    receipts = await originals.receive(store, sender, original, told.notices, told.drafts, now=now_utc())
    return (
        Taken(Piece(part.place, canonical(part.event)), receipt)
        for part, receipt in zip(told.parts, receipts, strict=True)
    )
