from datetime import date, timedelta
from pathlib import Path as P
from uuid import uuid4
import json
from casework.alerts import acknowledge
from casework import drafts
from schemas.acknowledge import Acknowledge
from schemas.access import Duty
from schemas.commands import *
from schemas.staff import Leave
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.sessions import lasting
from tests.chasing import World, allocate, arrange, offer, HOUR, RETURNED
from tests.web.records import STAFF, RECORD
from store.children import Care, save_care
from tests.messages import NOTTINGHAM
pytestmark = [*IN_ONE_PROCESS]
AXE = None

async def test_shots(database, opened: Open) -> None:
    from store.database import Store
    from tests.browser.conftest import serving
    store = Store(database.app_url)
    await lasting(store, Duty.MANAGER, secret="grace", staff_id="M-1", name="Grace Bell")
    w = World(store)
    ewa, tom, *rest = STAFF
    w.now = NOW - 100 * HOUR
    await w.staffed(ewa.model_copy(update={"capacity": 3, "teams": ("north",)}), tom.model_copy(update={"teams": ("south",), "leave": (Leave(from_on=date(2026,4,2), to_on=date(2026,4,9)),)}), *rest)
    ids = {}
    async def back(name, ago):
        w.now = max(w.now, NOW - ago * HOUR)
        ids[name] = await w.returned(name, at=NOW - ago * HOUR, reference=f"R-{name}")
        return ids[name]
    await back("Amara", 99)
    d = await back("Dina", 98)
    await w.chase()
    await back("Earlier", 97)
    await w.do(d, allocate(), Offer(by="W-1", how="phone", answer="not_reached"), Offer(by="W-1", how="visit", answer="not_reached"), Offer(by="W-1", how="phone", answer="accepted"))
    async def record(i):
        w.now += HOUR
        await w.do(i, allocate(), offer(), arrange(), Hold(by="W-1"))
        s = await drafts.save(w.store, NOTTINGHAM, i, drafts.Typed(RECORD, 0, "W-1", str(uuid4())), person="system:test", now=w.now)
        from casework import gate
        f = await gate.findings(w.store, NOTTINGHAM, i, person="system:test", now=w.now)
        await w.do(i, Submit(by="W-1", draft=s.no, answers=tuple(FindingAnswer(finding=x["id"], reason="The child said so twice, in other words.") for x in f if x["blocks"])))
    await record(ids["Earlier"])
    await w.do(ids["Earlier"], Approve(by="M-1", decision="Agreed."))
    for ago in (80, 60, 53, 40):
        await w.chase(NOW - ago * HOUR)
    await back("Bilal", 50)
    await back("Carys", 20)
    await back("Fatima", 15)
    from tests.messages import message
    await w.tell(message("reported", NOW - 13*HOUR, id="l1", subject="NP-L", child={"family_name": "Okafor", "given_names": "Earlier", "authority_child_id": "Earlier"}, missing={"risk_level": "high"}), message("returned", NOW - 12*HOUR, id="l2", subject="NP-L", child={"family_name": "Okafor", "given_names": "Earlier", "authority_child_id": "Earlier"}, returned={}))
    async with w.store.transaction(NOTTINGHAM) as tx:
        again = await tx.scalar("SELECT i.id FROM interviews i JOIN children c ON c.id=i.child_id WHERE c.authority_child_id='Earlier' AND i.status='due'")
        carys = await tx.scalar("SELECT id FROM children WHERE authority_child_id='Carys'")
        await save_care(tx, [Care(carys, date(2026,1,1), None, "Full care order", None, None)])
        alert = await tx.scalar("SELECT id FROM alerts WHERE interview_id = :i ORDER BY raised_at LIMIT 1", i=ids["Amara"])
    await record(again)
    await acknowledge(w.store, NOTTINGHAM, alert, Acknowledge(by="M-1", decision="Tom has time tomorrow; he telephones tonight."), key="k", person="system:test", now=w.now)
    await w.chase(NOW)
    pages = {"board": "/board", "board-all": "/board?group=all", "allocate": "/allocate", "one": f"/interviews/{ids['Amara']}/allocate", "review": f"/interviews/{again}/review", "alerts": "/alerts", "ladder": f"/interviews/{ids['Amara']}/ladder", "load": "/load"}
    async with serving(database) as shown:
        for width in (1280, 390, 320):
            page = await opened(width, session="grace")
            for name, at in pages.items():
                await page.goto(shown.address + at)
                await page.screenshot(path=f"/tmp/manager-{name}-{width}.png", full_page=True)
                over = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
                if over: print("TOO WIDE", name, width)
        page = await opened(1280, session="grace")
        axe = P("node_modules/axe-core/axe.min.js")
        import axe_playwright_python
        src = P(axe_playwright_python.__file__).parent / "axe.min.js"
        for name, at in pages.items():
            await page.goto(shown.address + at)
            if src.exists():
                await page.evaluate(src.read_text())
                found = await page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0,200))]))")
                print("AXE", name, json.dumps(found)[:1500])
    await store.close()
