"""What became of the actions in the children's plans: some are done, some will not be, most are open."""

from typing import Final

from cli.demo.office import Office
from cli.demo.staff import CHIEF
from cli.demo.story import Draw
from cli.demo.words import answer

DONE, NOT_DONE = 0.35, 0.06
ENDED: Final = {"done": ("seen", "done"), "not-done": ("reason", "not_done")}
"""How a step is named in the address: its field, and what is said."""


async def keep_plan(office: Office, child_id: str) -> None:
    """Say of a child's open actions which are done; the same ones each time it is asked."""
    plan = await office.one(f"plans/{child_id}")
    version = plan["version"]
    for action in plan["actions"]:
        step = _step(Draw(action["id"]))
        if action["state"] != "open" or step is None:
            continue
        field, pool = ENDED[step]
        body = {"by": CHIEF, "version": version, field: Draw(action["id"], "words").one(answer(pool))}
        said = await office.do(
            f"plans/{child_id}/actions/{action['id']}/{step}", f"demo/{action['id']}", body
        )
        version = said.body.get("version", version)


def _step(draw: Draw) -> str | None:
    chance = draw.rng.random()
    if chance < DONE:
        return "done"
    return "not-done" if chance < DONE + NOT_DONE else None
