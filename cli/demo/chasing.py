"""What the invented managers answer to alerts: some get a decision, others are left to climb."""

from typing import Final

from cli.demo.office import Office
from cli.demo.staff import CHIEF
from cli.demo.story import Draw
from cli.demo.words import decisions

ANSWERED: Final = 0.55


async def answer_alerts(office: Office) -> None:
    """Acknowledge about half of the open alerts, the same ones each time it is asked."""
    waiting = [one async for one in office.all("alerts", open="true") if one["acknowledged"] is None]
    for alert in waiting:
        draw = Draw(alert["id"])
        if draw.happens(ANSWERED):
            decision = draw.one(decisions(alert["step"]))
            by = alert["who"][-1] if alert["who"] else CHIEF
            body = {"by": by, "decision": decision}
            await office.do(f"alerts/{alert['id']}/acknowledge", f"demo/{alert['id']}", body)
