"""A channel of Microsoft Teams, at a peer that takes what a workflow's webhook takes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.channel import TryAgain, WillNeverWork
from connectors.teams import Teams
from tests.connectors.letters import ALERT
from tests.connectors.mouth import Peer, running
from tests.connectors.teams_peer import PATH

TO_GRACE = replace(ALERT, to="Grace Bell")


@pytest.fixture(scope="module")
def teams() -> Iterator[Peer]:
    with running("teams_peer") as peer:
        yield peer


async def test_a_card_says_to_whom_and_where_to_look(teams: Peer) -> None:
    teams.script()
    assert await Teams(teams.url + PATH).send(TO_GRACE) == ALERT.key
    (card,) = teams.received()
    assert [block["text"] for block in card["body"][:2]] == [ALERT.subject, "For Grace Bell"]
    assert (card["id"], card["actions"][0]["url"]) == (ALERT.key, "https://homeward.example/children/1")


async def test_a_card_that_is_refused_is_not_posted_again(teams: Peer) -> None:
    teams.script(400)
    with pytest.raises(WillNeverWork, match=r"Teams refuses the message \(400\)"):
        await Teams(teams.url + PATH).send(TO_GRACE)


@pytest.mark.parametrize(("status", "after"), [(429, 90.0), (503, None)])
async def test_a_busy_workflow_is_tried_again(status: int, after: float | None, teams: Peer) -> None:
    teams.script(status)
    with pytest.raises(TryAgain) as told:
        await Teams(teams.url + PATH).send(TO_GRACE)
    assert told.value.after_seconds == after


async def test_a_webhook_that_is_gone_is_a_matter_of_our_settings_and_stays_secret(teams: Peer) -> None:
    teams.script()
    gone = Teams(teams.url + "/gone?sig=secret")
    with pytest.raises(TryAgain, match="correct HOMEWARD_TEAMS_URL") as told:
        await gone.send(TO_GRACE)
    assert "secret" not in f"{told.value} {gone}"
