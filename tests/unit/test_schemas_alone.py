"""What schemas and rules say by themselves, with no page, log or database around them."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.handover import why_not_taken
from domain.matching import score
from schemas import topics
from schemas.commands import Submit
from schemas.decisions import SplitChild
from schemas.envelope import envelope
from schemas.events import EpisodeOpened
from schemas.reading import Unreadable, read_as
from schemas.words import Stage
from tests.unit.described import NO_HOME, POLICY, told
from tests.unit.test_events import EPISODE, OF_AN_EPISODE

SAYING = {"given_names", "family_name", "date_of_birth"}
TOLD_AT = datetime(2026, 3, 28, 3, tzinfo=UTC)


def test_an_event_is_published_with_the_name_of_its_schema() -> None:
    event = EpisodeOpened.model_validate(OF_AN_EPISODE)
    sent = json.loads(envelope(UUID(int=9), event.type, event.model_dump(mode="json"), TOLD_AT))
    assert sent["id"] == str(UUID(int=9))
    assert (sent["subject"], sent["source"]) == (str(EPISODE), "urn:authority:E06000018")
    assert sent["dataschema"] == f"urn:homeward:schema:{event.type}"
    assert sent["data"]["episode_id"] == str(EPISODE)


def test_others_may_meet_fields_in_an_event_that_they_do_not_know() -> None:
    assert "additionalProperties" not in EpisodeOpened.model_json_schema()


def test_a_force_is_read_from_its_own_topic_alone_and_any_from_the_common_one() -> None:
    common, own = topics.intake_topics(("nottinghamshire",))
    assert (common, own) == (topics.NOTIFICATIONS, topics.notifications_of("nottinghamshire"))
    assert (topics.only_source(common), topics.only_source(own)) == (None, "urn:police:nottinghamshire")


@pytest.mark.parametrize("stage", Stage)
def test_only_an_interview_that_still_has_to_be_held_can_be_taken_on(stage: Stage) -> None:
    if stage in {Stage.DUE, Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED}:
        assert why_not_taken(stage) is None
    else:
        assert str(why_not_taken(stage)).startswith(f"the interview is {stage.replace('_', ' ')}: ")


def test_a_reason_in_a_sentence_is_one() -> None:
    reason = "The child said so in other words."
    asked = {"by": "M-1", "draft": 1, "answers": [{"finding": "f", "reason": reason}]}
    assert read_as(Submit, asked).answers[0].reason == reason


def test_what_no_database_could_keep_is_refused_in_a_command_too() -> None:
    with pytest.raises(Unreadable, match="holds a NUL character"):
        read_as(Submit, {"by": "M-\0", "draft": 1})


def test_a_split_that_names_a_notification_is_one() -> None:
    asked = {"child": str(UUID(int=1)), "reason": "Two children.", "messages": [{"source": "s", "id": "1"}]}
    assert len(SplitChild.model_validate(asked).messages) == 1


def test_of_a_score_the_levels_that_say_something_are_written_down() -> None:
    one = told("Leo", "Kent", **NO_HOME)
    weighed = score(one, one, POLICY)
    assert weighed.told == {
        **{each.field: each.level for each in weighed.fields if each.field in SAYING},
        "weight": round(weighed.weight, 2),
    }
