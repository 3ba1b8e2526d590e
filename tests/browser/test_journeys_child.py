"""A child's way: from the card that a worker shows to an answer that the worker reads."""

from playwright.async_api import expect

from casework import offering
from schemas.childs_answer import How, Said
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.town import WAYS, WORKER, Town
from tests.messages import NOTTINGHAM

pytestmark = [*IN_ONE_PROCESS]


@WAYS
async def test_a_child_answers_by_the_link_on_the_card_and_the_worker_reads_it(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    interview = await town.back("Amara", 20)
    await town.given_out(interview)
    worker = await opened(width, scripts=scripts, session=None)
    await town.sign_in(worker, WORKER)
    await worker.goto(f"{town.address}/interviews/{interview}/card")
    await worker.get_by_role("button", name="Make a link").click()
    link = await worker.get_by_label("The link, to be sent").input_value()
    child = await opened(390, scripts=scripts, session=None)
    await child.goto(link)
    await child.get_by_label("Yes, I would like to talk").check()
    await child.get_by_label("I do not mind").check()
    await child.get_by_label("By telephone").check()
    await child.get_by_label("When is a good time for you?").fill("After school, not Thursday")
    await child.get_by_role("button", name="Send my answer").click()
    await expect(child.get_by_role("heading", name="Thank you")).to_be_visible()
    await worker.get_by_role("link", name="Back to the interview").click()
    await expect(worker.locator("#answer")).to_contain_text("After school, not Thursday")
    async with town.store.transaction(NOTTINGHAM) as tx:
        [answered] = await offering.answers(tx, interview)
    assert (answered.answer.said, answered.answer.how) == (Said.YES, How.PHONE)
