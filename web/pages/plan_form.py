"""What is typed into the form about one action of a plan, as the step that it means."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from schemas.plan import Done, NotDone, OnAction, Reviewed, Revised, Superseded
from schemas.reading import Problem, Unreadable, read_as
from web.guard.forms import Typed
from web.pages.local_time import NotATime, read_day

STEPS: Final[Mapping[str, type[OnAction]]] = {
    step.kind: step for step in (Done, Revised, NotDone, Superseded)
}
CHOICES: Final = (
    (Done.kind, "It was done"),
    (Revised.kind, "Somebody else does it, or by another day"),
    (NotDone.kind, "It will not be done"),
    (Superseded.kind, "Another action takes its place"),
)
FIELDS: Final = {"seen": "words", "reason": "words", "superseded_by": "superseded_by"}
"""Where a problem of a step's field is shown, where the form calls it otherwise."""
NAMES: Final = {
    "words": "What was seen, or why",
    "owner": "Who does it",
    "due_on": "By when",
    "superseded_by": "The other action",
}


class Wrong(ValueError):
    """What was typed is no step; `errors` says why, by field of the form."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


def read_step(form: Typed, action: UUID) -> OnAction:
    """Return the step.

    Raises:
        Wrong: something is lacking, or cannot be as it is.
    """
    step = STEPS.get(form.get("step", ""))
    errors = {} if step else {"step": "Choose what happened to this action"}
    if not form.get("words", "").strip():
        errors["words"] = "Write what was seen, or why"
    told: dict[str, Any] = {"action": str(action)}
    told |= _of_kind(step, form, errors) if step else {}
    if errors or step is None:
        raise Wrong(errors)
    try:
        return read_as(step, told)
    except Unreadable as error:
        raise Wrong(errors_of(error.problems)) from error


def read_review(form: Typed) -> Reviewed:
    """Return the review of a whole plan.

    Raises:
        Wrong: the note is lacking, or cannot be as it is.
    """
    if not form.get("note", "").strip():
        raise Wrong({"note": "Write what you found when you looked at the plan"})
    try:
        return read_as(Reviewed, {"note": form["note"]})
    except Unreadable as error:
        raise Wrong({"note": f"What you found {error.problems[0].message}"}) from error


def errors_of(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Return problems of a step as errors of the form's fields."""
    errors = {}
    for each in problems:
        field = FIELDS.get(each.field, each.field)
        errors[field if field in NAMES else "step"] = f"{NAMES.get(field, 'This')} {each.message}"
    return errors


def _of_kind(step: type[OnAction], form: Typed, errors: dict[str, str]) -> dict[str, Any]:
    words = form.get("words", "")
    if step is Done:
        return {"seen": words}
    if step is NotDone:
        return {"reason": words}
    if step is Superseded:
        if not form.get("superseded_by"):
            errors["superseded_by"] = "Choose the action that takes its place"
        return {"reason": words, "superseded_by": form.get("superseded_by", "")}
    return {"reason": words, "owner": form.get("owner", "").strip(), "due_on": _day(form, errors)}


def _day(form: Typed, errors: dict[str, str]) -> str | None:
    parts = [form.get(f"due_on-{part}", "") for part in ("day", "month", "year")]
    if not any(part.strip() for part in parts):
        if not form.get("owner", "").strip():
            errors["owner"] = "Write who does it now, or by when it is done now"
        return None
    try:
        return read_day(*parts).isoformat()
    except NotATime as error:
        errors["due_on"] = error.message
        return None
