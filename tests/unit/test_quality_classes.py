"""The quality gate by classes of words: how people write that something is so, and how nearly so.

Most is invented for its class; a few are the misses of the first measure, so that they stay mended.
"""

from dataclasses import replace
from typing import Any

import pytest

from domain.quality.emptiness import emptiness_of, is_empty
from domain.quality.reading import Reading
from tests.unit.interview_records import CIRCUMSTANCES, HELD_AT, LEO, archive, found, record

NO_HARM_BOX: dict[str, Any] = {"harm__came_to_harm": False, "harm__what": "", "harm__health": ""}
CUT: dict[str, Any] = {"harm__came_to_harm": True, "harm__what": "Cut above the eye from a bottle."}
NO_CAUSE: dict[str, Any] = {
    "analysis__push": "",
    "analysis__pull": "",
    "account__before": "",
    "account__since": "",
}
PLAIN_AND_EMPTY = (
    "She spoke at length and with increasing confidence about the various pressures that can be felt by"
    " girls growing up today, and about how these can at times become too much to hold. It was a pleasure"
    " to see how she found language for her inner world, and the courage which it takes for any young"
    " person to open up to a professional should never be underestimated."
)


def account(during: str) -> dict[str, Any]:
    return {"account__before": "", "account__during": during, "account__since": ""}


def test_a_vague_word_alone_is_said_by_the_rule_for_what_lacks() -> None:
    lacks = found(sharing__shared=[], sharing__nothing_shared="tbc")
    assert set(lacks) == {"sharing_missing"}


@pytest.mark.parametrize(
    "options", ["not discussed, ran out of time", "Will be picked up at next visit", "Interview cut short"]
)
def test_what_was_not_done_is_no_option(options: str) -> None:
    assert found(help__options=options)["purpose_safe"] == "help.options"


def test_an_option_given_all_the_same_is_one() -> None:
    assert "purpose_safe" not in found(help__options="No time to talk, but I gave her Nan's number")


@pytest.mark.parametrize(
    "why", ["As described in the sections above.", "Covered elsewhere", "In light of the above"]
)
def test_a_reference_weighs_no_risk(why: str) -> None:
    assert found(analysis__risk_why=why)["risk_change_missing"] == "analysis.risk_why"


def test_a_risk_chosen_after_declining_needs_its_reason_too() -> None:
    declined = replace(CIRCUMSTANCES, declined=True, held_at=None)
    assert "risk_change_missing" in found(declined, analysis__risk_why="As above.")


@pytest.mark.parametrize(
    "during",
    [
        "He said: some man wanted to see my hand, I walked away.",
        "The reasons were explored with Amara sensitively and she was able to reflect in an open manner.",
    ],
)
def test_a_reason_is_the_childs_own_and_told(during: str) -> None:
    assert "purpose_why" in found(**NO_CAUSE | account(during))


@pytest.mark.parametrize(
    "during", ['"Mum was doing my head in."', '"He texted me to come."', "She would not say."]
)
def test_children_say_why_in_their_own_way(during: str) -> None:
    assert "purpose_why" not in found(**NO_CAUSE | account(during))


@pytest.mark.parametrize(
    "during",
    [
        "I was struck by how Amara met each of these questions.",
        "I found Amara to be polite. She let me in and we sat in the kitchen.",
        'According to mum, "she just does what she wants".',
        "It was a privilege to hear Amara's story. She shared so much with us.",
    ],
)
def test_the_interviewers_own_words_are_not_the_childs_voice(during: str) -> None:
    assert found(**account(during))["voice_missing"] == "account"


@pytest.mark.parametrize(
    "during", ["Amara wrote: we got on the tram", "They call me Amara. I went.", "Me and Kay."]
)
def test_a_child_may_say_its_own_name(during: str) -> None:
    assert "voice_missing" not in found(**account(during))


@pytest.mark.parametrize(
    "changes",
    [
        {"harm__health": "Three stitches in her chin."},
        {"harm__what": "Punched twice in the stomach by an older girl."},
        {"account__during": '"She battered us with the hoover pipe."'},
        {"account__during": '"he stubbed his cig out on my hand"'},
        {"account__during": "Her arm was black from the elbow down."},
    ],
)
def test_no_harm_beside_an_injury_contradicts_itself(changes: dict[str, Any]) -> None:
    assert found(**NO_HARM_BOX | changes)["contradiction_facts"] == "harm.came_to_harm"


@pytest.mark.parametrize(
    "changes",
    [
        {"harm__what": "Bruise on her shin from netball, dad confirms."},
        {"harm__what": "Was hit 'other times', no mark today."},
        {"harm__what": "Denies being hurt; nothing to see."},
        {"harm__health": "Toothache, cheek swollen."},
        {"account__before": '"She hit me with a tea towel and made dumplings."'},
        {"account__during": '"Someone got beaten up outside, not me."'},
        {"account__during": '"He said he\'d hit me if I told."'},
    ],
)
def test_what_is_no_injury_of_this_absence_contradicts_nothing(changes: dict[str, Any]) -> None:
    assert {"contradiction_facts", "harm_without_action"}.isdisjoint(found(**NO_HARM_BOX | changes))


def test_harm_that_the_words_deny_contradicts_itself() -> None:
    denied: dict[str, Any] = {"harm__came_to_harm": True, "harm__what": "Nobody hurt her, no injuries."}
    assert found(**denied)["contradiction_facts"] == "harm.came_to_harm"


def test_harm_may_be_without_injury() -> None:
    frightened: dict[str, Any] = {
        "harm__came_to_harm": True,
        "harm__what": "No injury; hungry and frightened, two nights in a flat.",
    }
    assert "contradiction_facts" not in found(**frightened)


def test_nothing_shared_beside_what_was_shared_contradicts_itself() -> None:
    assert (
        found(sharing__nothing_shared="Nothing was shared.")["contradiction_facts"]
        == "sharing.nothing_shared"
    )


def test_harm_behind_a_box_that_says_none_needs_an_answer() -> None:
    told: dict[str, Any] = {"account__during": '"He punched me in the face."'}
    assert found(**NO_HARM_BOX | told)["harm_without_action"] == "harm.actions"
    assert "harm_without_action" not in found(**NO_HARM_BOX | told | {"harm__what": "She came to no harm."})


def test_a_burn_noted_where_nobody_chose_a_box_needs_an_answer() -> None:
    noted: dict[str, Any] = {"harm__came_to_harm": None, "harm__what": "", "harm__health": "Burn on her arm."}
    assert found(**noted)["harm_without_action"] == "harm.actions"


@pytest.mark.parametrize(
    "what", ["Mum to get her to the GP", "GP to be contacted", "Nurse to look at it on Monday"]
)
def test_what_is_still_to_do_is_not_done(what: str) -> None:
    assert found(**CUT, harm__actions=[{"what": what}])["harm_without_action"] == "harm.actions"


@pytest.mark.parametrize(
    "what", ["Called 101 to report the assault", "Took her to see the nurse", "Ambulance"]
)
def test_what_was_done_may_say_what_for(what: str) -> None:
    assert "harm_without_action" not in found(**CUT, harm__actions=[{"what": what}])


def test_the_day_of_harm_ends_no_sooner_than_the_return() -> None:
    early = replace(CIRCUMSTANCES, held_at=HELD_AT.replace(day=27))
    done = {"what": "Dressed by the nurse", "done_at": "2026-03-29T09:00:00+01:00"}
    assert "harm_without_action" not in found(early, **CUT, harm__actions=[done])


@pytest.mark.parametrize(
    "told",
    [
        '"he put his fag out on my arm"',
        '"Mum\'s boyfriend threw me against the wall."',
        '"They\'re taking me to Pakistan to get married."',
        '"I was bagging up with them."',
        '"He got me a hotel room."',
        '"I cut my arms when I got back."',
        '"He said send me a picture with your top off."',
    ],
)
def test_a_risk_is_heard_in_other_words(told: str) -> None:
    assert found(account__during=told)["risk_without_outcome"] == "account.during"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("meaning", "Every young person is different; a child-centred plan supports him to make choices."),
        ("meaning", "Amara wants to be asked. He will go again until somebody asks."),
        ("push", "Money is short and he wants to lift that off his mum."),
        ("pattern", "In February she walked round the block. This time he took a tram and stayed."),
    ],
)
def test_a_pronoun_that_can_only_mean_the_child_is_found(place: str, text: str) -> None:
    changed: dict[str, Any] = {f"analysis__{place}": text}
    assert found(**changed)["other_pronoun"] == f"analysis.{place}"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("account__since", "A man saw my hand and he called."),
        ("account__since", "He said nothing in the car."),
        ("analysis__risk_why", "He is 24 and drives a Golf."),
        ("analysis__risk_why", "He threatened to come to the house."),
        ("analysis__meaning", "Amara is afraid of him."),
        ("analysis__meaning", "Amara took his coat."),
        ("analysis__meaning", "Kayleigh's is warm. He will be back for her."),
        ("analysis__push", "Her stepdad. He reads everything."),
        ("analysis__meaning", "Ryan wants her there. He will be back."),
    ],
)
def test_a_pronoun_that_may_mean_somebody_else_is_not(place: str, text: str) -> None:
    others: dict[str, Any] = {
        "account__during": '"I rang my dad and he came. It was Ryan."',
        "carer__view": "She saw Ryan there.",
    }
    assert "other_pronoun" not in found(**{**others, place: text})


def test_another_childs_name_in_place_of_the_childs_carries_its_pronoun() -> None:
    told = replace(CIRCUMSTANCES, archive=archive(("interview-1", LEO, record())))
    changes: dict[str, Any] = {
        "analysis__risk_why": "A boy of her age lives there. Leo was safe there and he knows the way home."
    }
    assert found(told, **changes)["other_pronoun"] == "analysis.risk_why"


def test_plain_words_without_one_fact_are_empty() -> None:
    reading = Reading(record(), CIRCUMSTANCES)
    assert is_empty(reading, PLAIN_AND_EMPTY)
    assert not is_empty(
        reading, PLAIN_AND_EMPTY + " On 4 May Kayleigh and Nan were at Bulwell with Tash and Ryan."
    )


def test_no_text_is_not_empty_talk() -> None:
    assert emptiness_of(Reading(record(), CIRCUMSTANCES), "") == 0


def test_a_comparison_that_compares_nothing_is_none() -> None:
    assert found(analysis__pattern=PLAIN_AND_EMPTY)["pattern_missing"] == "analysis.pattern"
