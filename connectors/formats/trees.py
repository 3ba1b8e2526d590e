"""JSON as records: each text under its path, such as `data.attributes.reference`; a form in it as lines."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from connectors.documents.parts import Document, Lines, Tree
from connectors.formats.lines import said_in
from connectors.formats.records import Record, Said, keys
from connectors.formats.tables import lacking
from schemas.formats_policy import ForceFormat

DEEPEST: Final = 50


def records_of_trees(document: Document, form: ForceFormat) -> list[Record]:
    """Return every tree that has the format's names, parted by child."""
    found = (record for tree in document.trees for record in _records(tree, form))
    return [record for record in found if not lacking(keys(each.name for each in record.said), form)]


def _records(tree: Tree, form: ForceFormat) -> Iterator[Record]:
    children = at(tree.content, form.children_at) if form.children_at else None
    if not isinstance(children, list) or not children:
        yield Record(tree.place, tuple(_said(tree, tree.content, form)))
        return
    shared = tuple(
        each for each in _said(tree, tree.content, form) if not _is_below(each.name, form.children_at)
    )
    for number, child in enumerate(children, 1):
        place = f"{tree.place}, {form.children_at} {number}".removeprefix(", ")
        own = _leaves(child, form.children_at or "", place, 0)
        yield Record(place, (*shared, *own))


def _said(tree: Tree, content: Any, form: ForceFormat) -> Iterator[Said]:
    for leaf in _leaves(content, "", tree.place, 0):
        if leaf.name == form.text_at:
            yield from said_in(Lines(leaf.place, leaf.text), form)
        else:
            yield leaf


def _leaves(value: Any, path: str, place: str, depth: int) -> Iterator[Said]:
    """Yield every text, number and truth under its path; the items of a list stand under the list's."""
    match value:
        case Mapping() if depth < DEEPEST:
            for name, item in value.items():
                yield from _leaves(item, f"{path}.{name}".removeprefix("."), place, depth + 1)
        case list() if all(isinstance(item, str) for item in value):
            yield Said(path, "\n".join(value), _within(place, path))
        case list() if depth < DEEPEST:
            for item in value:
                yield from _leaves(item, path, place, depth + 1)
        case bool():
            yield Said(path, "yes" if value else "no", _within(place, path))
        case None:
            return
        case _:
            yield Said(path, str(value), _within(place, path))


def at(content: Any, path: str) -> Any:
    """Return what stands at a path; None where nothing does."""
    for name in path.split("."):
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def _is_below(name: str, path: str | None) -> bool:
    return bool(path) and (name == path or name.startswith(f"{path}."))


def _within(place: str, path: str) -> str:
    return f"{place}, {path}".removeprefix(", ")
