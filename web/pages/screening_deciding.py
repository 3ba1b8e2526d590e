"""Showing first what a decision would change, then making it: what every form of a screener does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from casework import deciding
from casework.deciding import Preview
from casework.refusals import Refusal
from schemas.decisions import AnyDecision
from web.guard.forms import Typed
from web.guard.sessions import Who
from web.state import State


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a form: it was decided, or what it would change, or why it cannot be."""

    done: bool = False
    preview: Preview | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


async def tried(here: State, who: Who, form: Typed, decision: AnyDecision, name: str) -> Tried:
    """Decide, or show what it would change; a refusal stands at the field `name`."""
    now, policy = here.clock(), here.site.policy
    try:
        if "decide" not in form:
            shown = await deciding.preview(
                here.store, who.authority, decision, person=who.id, policy=policy, now=now
            )
            return Tried(preview=shown)
        key = form.get("key") or str(uuid4())
        await deciding.decide(
            here.store, who.authority, decision, key=key, person=who.id, by=who.by, policy=policy, now=now
        )
    except Refusal as refusal:
        return Tried(errors={name: f"Nothing was changed: {refusal}"})
    return Tried(done=True)


def id_of(text: str) -> UUID | None:
    """Return an id that a form brings back; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
