"""Commands as they are kept and as they are: one spelling for the table, the ledger and `homeward verify`."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter

from domain.lifecycle import Covered, Deed, Imported, Progress, Uncovered
from schemas.commands import COMMANDS, Answer, Command
from schemas.reading import read_as
from store.conduct import Given
from store.imported import IMPORTED

BY_NAME: Final[Mapping[str, type[Command]]] = {command.name: command for command in COMMANDS}
COVERED: Final = "covered"
UNCOVERED: Final = "uncovered"
_PROGRESS: Final = TypeAdapter(Progress)
_IMPORTED: Final = TypeAdapter(Imported)


def name_of(deed: Deed) -> str:
    """Return the name under which a deed is kept."""
    match deed:
        case Covered():
            return COVERED
        case Uncovered():
            return UNCOVERED
        case Imported():
            return IMPORTED
        case Command():
            return deed.name


def body_of(deed: Deed) -> dict[str, Any]:
    """Return what is kept of a deed, as JSON."""
    match deed:
        case Covered():
            return {"by": str(deed.by), "as_it_is": _PROGRESS.dump_python(deed.as_it_is, mode="json")}
        case Uncovered():
            return {"as_it_was": _PROGRESS.dump_python(deed.as_it_was, mode="json")}
        case Imported():
            kept: dict[str, Any] = _IMPORTED.dump_python(deed, mode="json")
            return kept
        case Command():
            return deed.model_dump(mode="json")


def deed_of(name: str, body: Mapping[str, Any]) -> Deed:
    """Return a deed from what was kept of it."""
    if name == COVERED:
        return Covered(UUID(body["by"]), _PROGRESS.validate_python(body["as_it_is"]))
    if name == UNCOVERED:
        return Uncovered(_PROGRESS.validate_python(body["as_it_was"]))
    if name == IMPORTED:
        return _IMPORTED.validate_python(body)
    return BY_NAME[name].model_validate(body)


def told(given: Given) -> dict[str, Any]:
    """Return what a command said, for people: of a cover only whose conversation it is."""
    if given.name in {COVERED, UNCOVERED}:
        return {name: value for name, value in given.body.items() if name == "by"}
    said = {name: value for name, value in given.body.items() if value not in (None, "") and name != "by"}
    if given.name == IMPORTED and "accepted" in said:
        said["answer"] = Answer.ACCEPTED.value if said["accepted"] else Answer.DECLINED.value
    return said


def read_command(name: str, body: Any) -> Command:
    """Return the command of a parsed JSON value.

    Raises:
        Unreadable: a field is unknown, lacking or wrong.
        KeyError: there is no such command.
    """
    return read_as(BY_NAME[name], body)
