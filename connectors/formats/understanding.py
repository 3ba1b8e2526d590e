"""A document as notifications, by the format that it is recognised to have."""

import hashlib
from collections.abc import Iterator, Sequence, Set
from fnmatch import fnmatch
from typing import Final

from connectors import documents
from connectors.documents.parts import Document
from connectors.formats.finding import Place
from connectors.formats.lines import records_of_lines
from connectors.formats.reading import read, skeleton
from connectors.formats.records import Record
from connectors.formats.showing import shown
from connectors.formats.tables import lacking_in, records_of_tables
from connectors.formats.trees import records_of_trees
from connectors.formats.vouching import is_listed, why_not_vouched
from schemas.formats_policy import ForceFormat, Layout
from schemas.reading import Problem, canonical
from schemas.understood import Draft, Notice, Understood

RECORDS: Final = {
    Layout.ROWS: records_of_tables,
    Layout.LABELS: records_of_lines,
    Layout.TREE: records_of_trees,
}
LONGEST_ID: Final = 190
NO_FORCE: Final = "urn:police:"


def read_as_sent(
    content: bytes, name: str, formats: Sequence[ForceFormat], force: str | None = None
) -> Understood:
    """Return what a file or a mail tells; `force` is who sent it, where that is known."""
    own = _of(formats, force)
    document = documents.read(content, name)
    form = recognise(document, own)
    for hinted in [form] if form else own:
        if hinted.delimiter or hinted.encoding:
            again = documents.read(content, name, documents.Hints(hinted.delimiter, hinted.encoding))
            if recognise(again, [hinted]):
                return understand(again, [hinted])
    return understand(document, [form] if form else own, force)


def recognise(document: Document, formats: Sequence[ForceFormat]) -> ForceFormat | None:
    """Return the one format that a document has; of several the one that asks for most names."""
    fits = [form for form in formats if _why_not(document, form) is None]
    most = max((len(form.recognised.names) for form in fits), default=0)
    best = [form for form in fits if len(form.recognised.names) == most]
    return best[0] if len(best) == 1 else None


def understand(document: Document, formats: Sequence[ForceFormat], force: str | None = None) -> Understood:
    """Return the notifications and drafts in a document. Nothing in it makes this fail."""
    form = recognise(document, _of(formats, force))
    if form is None:
        draft = _of_whole(document, None, tuple(_why_unknown(document, _of(formats, force))), force)
        return _understood(document, None, draft)
    if document.mail and (pretended := why_not_vouched(document.mail, form.mail)):
        draft = _of_whole(document, form, (Problem("source", pretended),))
        return _understood(document, form, draft)
    records = RECORDS[form.layout](document, form)
    told = list(_told(document, form, records))
    if left := tuple(_faults(document, {record.place for record in records if record.faults})):
        told.append(_of_whole(document, form, left))
    return _understood(document, form, *told)


def _understood(document: Document, form: ForceFormat | None, *told: Notice | Draft) -> Understood:
    return Understood(
        format=form.name if form else None,
        notices=tuple(each for each in told if isinstance(each, Notice)),
        drafts=tuple(each for each in told if isinstance(each, Draft)),
        media=document.media,
        shown=shown(document),
    )


def _of(formats: Sequence[ForceFormat], force: str | None) -> list[ForceFormat]:
    return [form for form in formats if force is None or form.source == force]


def _told(document: Document, form: ForceFormat, records: Sequence[Record]) -> Iterator[Notice | Draft]:
    for number, record in enumerate(records, 1):
        yield read(Place(record, form, document.mail), _id(document, form, record, number))


def _id(document: Document, form: ForceFormat, record: Record, number: int) -> str:
    """Return an e-mail's Message-ID, counted where it tells of several; of a row the hash of its content."""
    message_id = document.mail.message_id if document.mail else ""
    if form.layout is Layout.ROWS or not message_id:
        return record.hash
    if len(message_id) > LONGEST_ID or not message_id.isprintable():
        message_id = hashlib.sha256(canonical(message_id)).hexdigest()
    return message_id if number == 1 else f"{message_id}/{number}"


def _why_not(document: Document, form: ForceFormat) -> str | None:
    """Return why a document is not of this format."""
    if document.mail and not is_listed(document.mail, form.mail):
        return f"{document.mail.sender or 'nobody'} is no sender of it"
    if not document.mail and form.recognised.files and not _is_named(document.name, form):
        return f"it is not called {' or '.join(form.recognised.files)}"
    if not _has_names(document, form):
        names = form.recognised.names or (str(form.fields["subject"][0]),)
        return f"not all of {', '.join(names)} are in it"
    return None


def _has_names(document: Document, form: ForceFormat) -> bool:
    """Tell whether the format's names are there; a table with none under its header is one all the same."""
    if form.layout is Layout.ROWS:
        return any(lacking_in(table, form) == () for table in document.tables)
    return bool(RECORDS[form.layout](document, form))


def _is_named(name: str, form: ForceFormat) -> bool:
    return any(fnmatch(name.casefold(), pattern.casefold()) for pattern in form.recognised.files)


def _unrecognised(document: Document, formats: Sequence[ForceFormat]) -> str:
    reasons = [(form.name, _why_not(document, form)) for form in formats]
    if fits := [name for name, why in reasons if why is None]:
        return f"has more than one format ({', '.join(fits)}): let each ask for names that the others lack"
    whys = "; ".join(f"{name}: {why}" for name, why in reasons)
    return f"has no format that the policy knows{f' ({whys})' if whys else ''}"


def _why_unknown(document: Document, formats: Sequence[ForceFormat]) -> Iterator[Problem]:
    """Yield why no format is known. Where nothing could be opened, no format is to blame."""
    yield from _faults(document)
    if document.tables or document.lines or document.trees or not document.faults:
        yield Problem("", _unrecognised(document, formats))


def _faults(document: Document, besides: Set[str] = frozenset()) -> Iterator[Problem]:
    for fault in document.faults:
        if fault.place not in besides:
            yield Problem("", f"{fault.place}: {fault.message}" if fault.place else fault.message)


def _of_whole(
    document: Document, form: ForceFormat | None, reasons: tuple[Problem, ...], force: str | None = None
) -> Draft:
    told = canonical([_same(document), document.name, shown(document), [one.message for one in reasons]])
    source = form.source if form else force or NO_FORCE
    id_ = f"document/{hashlib.sha256(told).hexdigest()}"
    return Draft("", skeleton(id_, source, form.authority if form else None), reasons)


def _same(document: Document) -> str:
    """Return what is the same of the same document: what is shown may be, of two that were not read.

    A mail that comes by two ways differs in what servers wrote into its head.
    """
    return (document.mail.message_id if document.mail else "") or document.digest


def for_authority(formats: Sequence[ForceFormat], authority: str) -> list[ForceFormat]:
    """Return an authority's formats, each of its own children where it does not say otherwise."""
    return [form.model_copy(update={"authority": form.authority or authority}) for form in formats]
