from tests.browser.test_workers_pages import *  # noqa
from tests.browser.test_workers_pages import site, STATES, CHILDREN, interview_of
import re
pytestmark = [*IN_ONE_PROCESS]
del test_every_page_of_a_worker_is_accessible_and_fits, test_a_worker_goes_from_the_list_through_an_offer_on_a_telephone, test_my_interviews_follow_what_changes_elsewhere
async def test_look(site, opened):
    ids = {name: await interview_of(site, name) for name, _, _ in CHILDREN}
    for state, (session, path) in STATES.items():
        for width in (1280, 390):
            page = await opened(width, session=session)
            await page.goto(site.address + path.format(**ids))
            await page.screenshot(path=f"/tmp/worker-{re.sub('[^a-z]+','-',state)}-{width}.png", full_page=True)
            if "decline" in state:
                await page.get_by_role("button", name="Record that").click()
                await page.screenshot(path=f"/tmp/worker-decline-refused-{width}.png", full_page=True)
