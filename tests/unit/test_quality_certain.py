"""What blocks and what only advises: what another reader may take otherwise is not certain."""

from dataclasses import replace
from typing import Any

import pytest

from domain.quality import Archive, Child, Circumstances, Finding, examine
from schemas.record import InterviewRecord
from tests.unit.interview_records import CIRCUMSTANCES, LEO, archive, found, record

MASON = Child("C-1", "Mason", "Archer", ("Sunny", "Mase (name given at birth)"), "male")
GIVEN = Child("C-2", "Given", "Moyo", (), "male")
KEPT = "Every night he waits with Mason by the bins until the kitchen light goes out and then climbs in."
LIFTED = "He hid behind the boiler in the wash house till the caretaker had locked up and gone."
NOT_HURT: dict[str, Any] = {"harm__came_to_harm": False, "harm__health": ""}
HURT: dict[str, Any] = {"harm__came_to_harm": True, "harm__health": ""}
DECLINED = replace(CIRCUMSTANCES, declined=True, held_at=None)


def with_account(during: str) -> InterviewRecord:
    return InterviewRecord.model_validate({"account": {"during": during}})


def beside(*filed: tuple[str, Child, InterviewRecord]) -> Circumstances:
    return replace(CIRCUMSTANCES, archive=archive(*filed))


OTHERS = beside(
    ("interview-8", MASON, InterviewRecord()),
    ("interview-9", GIVEN, InterviewRecord()),
    ("interview-7", LEO, InterviewRecord()),
)


def only(rule: str, told: Circumstances = CIRCUMSTANCES, **changes: Any) -> Finding:
    """Return the one finding of a rule in the good record with other values."""
    (finding,) = (each for each in examine(record(**changes), told) if each.rule == rule)
    return finding


BLOCKING: list[tuple[str, dict[str, Any]]] = [
    ("purpose_harm", {"harm": {}}),
    ("purpose_safe", {"help__options": "Discussed."}),
    ("purpose_information", {"help__safety_information": "Given"}),
    ("pattern_missing", {"analysis__pattern": "See above"}),
    ("risk_change_missing", {"analysis__risk_why": "As described in the main body of the assessment"}),
    ("meaning_missing", {"analysis__meaning": "Vulnerable young person at risk."}),
    ("outcome_generic", {"outcomes__0__what": "Continue to monitor", "outcomes__0__why": "Identified need"}),
    ("outcome_not_tied", {"outcomes__0__why": "To promote her welfare"}),
    ("outcome_no_owner", {"outcomes__0__owner": "The allocated social worker"}),
    ("outcome_no_owner", {"outcomes__0__owner": "Everyone around Amara"}),
    ("harm_without_action", {**HURT, "harm__what": "Punched in the mouth by a man at the station."}),
    ("risk_without_outcome", {"account__during": '"I carry a blade now, up my sleeve."'}),
    ("contradiction_times", {"outcomes__0__due_on": "2026-03-29"}),
    (
        "indicator_without_evidence",
        {"exploitation": {"indicators": [{"kind": "gifts", "evidence": "Gifts"}]}},
    ),
]
ADVISING: list[tuple[str, dict[str, Any]]] = [
    ("purpose_harm", {"harm": {"what": "Asked her; she looked away."}}),
    ("purpose_information", {"help__safety_information": "Went through staying safe."}),
    ("pattern_missing", {"analysis__pattern": "First missing episode."}),
    ("risk_change_missing", {"analysis__risk_why": "Risk remains as assessed by professionals."}),
    ("outcome_generic", {"outcomes__0__what": "Continue to monitor"}),
    ("outcome_not_tied", {"outcomes__0__why": "Has no key"}),
    ("outcome_no_owner", {"outcomes__0__owner": "Millfield House"}),
    ("harm_without_action", {**HURT, "harm__what": "Grazed both knees on the track."}),
    ("harm_without_action", {**HURT, "harm__what": "Cut hand; cleaned and dressed at A&E."}),
    ("risk_without_outcome", {"account__during": '"Some lad had a knife, I left."'}),
    ("contradiction_times", {"outcomes__0__due_on": "2026-03-30"}),
    ("contradiction_times", {"sharing__shared__0__shared_at": "2026-03-28T20:00:00+00:00"}),
    ("voice_missing", {"account": {"before": "Amara said that there was a row and that she left."}}),
]


@pytest.mark.parametrize(("rule", "changes"), BLOCKING)
def test_what_lacks_or_is_a_formula_from_end_to_end_blocks(rule: str, changes: dict[str, Any]) -> None:
    assert only(rule, **changes).blocks


@pytest.mark.parametrize(("rule", "changes"), ADVISING)
def test_what_another_may_read_otherwise_advises(rule: str, changes: dict[str, Any]) -> None:
    assert not only(rule, **changes).blocks


def test_how_certain_a_finding_is_leaves_its_id() -> None:
    assert Finding("voice_missing", "account").id == Finding("voice_missing", "account", certain=False).id


def test_harm_that_was_told_to_the_police_may_have_been_seen_to() -> None:
    told = [{"with_whom": "Nottinghamshire Police", "what": "Assault", "basis": "crime"}]
    changes: dict[str, Any] = {**HURT, "harm__what": "Punched in the mouth.", "sharing__shared": told}
    assert not only("harm_without_action", **changes).blocks


@pytest.mark.parametrize(
    "during",
    [
        "Amara had been down at the weir with Macy and lost track of the last bus.",
        "'I stayed at Tash's in Bulwell, four of us on the floor.'",
    ],
)
def test_where_a_child_was_is_an_account_although_it_says_declined(during: str) -> None:
    changes: dict[str, Any] = {"account": {"during": during}, "outcomes": []}
    assert only("contradiction_declined", DECLINED, **changes).blocks
    assert "outcomes_missing" in found(DECLINED, **changes)


@pytest.mark.parametrize(
    "during",
    [
        "Door closed. 'Not today.' Left a card.",
        "She would not come down. She said she doesn't want to go through it all again.",
        "",
    ],
)
def test_a_door_that_stays_shut_is_no_account(during: str) -> None:
    assert "contradiction_declined" not in found(DECLINED, account={"during": during}, outcomes=[])


def test_in_a_long_account_what_the_child_refused_is_part_of_the_story() -> None:
    told = (
        "'I refused to get in his car, so I went up to the Castle with Ieuan and we sat on the wall till late"
        " over Sneinton. Then I walked along the canal to Beeston, got a bap from the Greggs there,"
        " and rang Nan from the phone in the library on Foster Avenue.'"
    )
    changes = {"account": {"during": told}}
    assert only("contradiction_declined", DECLINED, **changes).blocks


def test_an_account_beside_words_of_declining_may_be_none() -> None:
    changes = {
        "account": {"during": "She refused. She had been at her aunt's in Beeston with Tash all night."}
    }
    assert not only("contradiction_declined", DECLINED, **changes).blocks


@pytest.mark.parametrize(
    "pull",
    [
        "Given time she settles.",
        "At first she hid it.",
        "Sunny days help.",
        "Mason, who is in her form, listens.",
    ],
)
def test_a_word_of_the_language_is_nobodys_name(pull: str) -> None:
    assert "other_name" not in found(OTHERS, analysis__pull=pull)


@pytest.mark.parametrize("name", ["Mason Archer", "Given Moyo"])
def test_both_names_of_another_child_together_are_certain(name: str) -> None:
    assert only("other_name", OTHERS, analysis__pull=f"A night in which {name} came home late.").blocks


def test_one_name_alone_may_be_a_namesake() -> None:
    assert not only("other_name", OTHERS, analysis__pull="A night in which Leo came home late.").blocks


@pytest.mark.parametrize(("name", "chosen"), [("Leo", "other_name"), ("Dawn", "")])
def test_who_chooses_among_those_offered_is_the_child(name: str, chosen: str) -> None:
    text = f"{name} said he would rather talk to me."
    assert ("other_name" in found(OTHERS, offer__child_chose_person=text)) is bool(chosen)


def test_a_name_that_is_a_word_is_one_where_its_childs_text_was_taken() -> None:
    told = beside(("interview-8", MASON, with_account(f"{KEPT} {LIFTED}")))
    during = f'"Out." {LIFTED} {KEPT}'
    assert only("other_name", told, account__during=during).blocks
    changes = {"account__during": during, "analysis__push": "Sunny says he went because of the noise."}
    assert "analysis.push" in {
        each.place for each in examine(record(**changes), told) if each.words == "Sunny"
    }


def test_another_childs_name_brings_its_pronoun_along() -> None:
    push = "A row. Mum had her phone, then Leo said he hid his bag."
    assert only("other_pronoun", OTHERS, analysis__push=push).place == "analysis.push"


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("Support him to understand the phone rule at the kitchen table", True),
        ("Mum and Dad write a phone rule; help him to keep it", False),
        ("Support her to understand the phone rule at the kitchen table", False),
    ],
)
def test_a_formula_of_an_outcome_calls_the_child_rightly(what: str, wrong: bool) -> None:
    assert ("other_pronoun" in found(outcomes__0__what=what)) is wrong


def test_a_teller_who_has_the_childs_pronoun_means_somebody_else_by_the_other() -> None:
    changes: dict[str, Any] = {"account": {"since": "Told her the lot. He put the big light on."}}
    assert "other_pronoun" not in found(**changes)


@pytest.mark.parametrize("place", ["help__options", "living__home"])
def test_what_is_the_same_as_last_time_may_be_told_in_the_same_words(place: str) -> None:
    section, name = place.split("__")
    same = f"{LIFTED} {KEPT}"
    told = beside(
        ("interview-1", CIRCUMSTANCES.child, InterviewRecord.model_validate({section: {name: same}}))
    )
    assert not only("copied_own", told, **{place: same}).blocks


def test_a_sentence_word_for_word_is_a_copy() -> None:
    told = beside(("interview-1", LEO, with_account(f"{LIFTED} {KEPT}")))
    assert only("copied_other", told, account__during=f'"Out." {LIFTED} {KEPT}').blocks


@pytest.mark.parametrize(
    "what",
    [
        "Scraped her knee on the fence.",
        "Small cut on her thumb from a tin.",
        "Twisted her ankle on the kerb, walks on it.",
        "Her uncle burnt her trainers.",
    ],
)
def test_a_small_injury_of_nobodys_doing_is_no_harm(what: str) -> None:
    assert not {"contradiction_facts", "harm_without_action"} & set(found(**NOT_HURT, harm__what=what))


@pytest.mark.parametrize(
    "what", ["Bite on her forearm, skin broken.", "Small burn on her wrist from a cigarette."]
)
def test_a_small_injury_that_somebody_did_is_harm(what: str) -> None:
    assert "contradiction_facts" in found(**NOT_HURT, harm__what=what)


@pytest.mark.parametrize(
    ("told", "what", "answered"),
    [
        ('"Two lads came with a machete. I owe them for the food."', "NRM referral for Amara", True),
        ('"I owe them. They gave me a knife to hold."', "NRM referral for Amara", False),
        ('"That Sid had me selling weed."', "Mum and Amara say no to Sid at the door", True),
    ],
)
def test_what_comes_with_a_wider_risk_is_answered_with_it(told: str, what: str, answered: bool) -> None:
    assert ("risk_without_outcome" not in found(account__during=told, outcomes__0__what=what)) is answered


@pytest.mark.parametrize(
    ("when", "vague"),
    [
        ("as soon as Amara named him", False),
        ("as soon as her aunt rang", False),
        ("as soon as a worker can be found", True),
        ("as soon as it can be sorted", True),
    ],
)
def test_once_something_has_happened_is_a_time(when: str, vague: bool) -> None:
    assert (
        "timescale_vague" in found(outcomes__0__what=f"Mum and Amara write a phone rule, {when}")
    ) is vague


@pytest.mark.parametrize(
    ("measure", "seen"),
    [
        ("Amara walks in with Kayleigh", True),
        ("She was there and heard it", True),
        ("Amara reports what he said", True),
        ("Letters go to her aunt, number of them kept", True),
        ("Engagement goes well", False),
        ("She stays safe", False),
    ],
)
def test_what_somebody_does_can_be_seen(measure: str, seen: bool) -> None:
    assert ("outcome_not_measurable" not in found(outcomes__0__measure=measure)) is seen


@pytest.mark.parametrize(
    "why", ["Amara deserves the best start in life", "Every child has the right to safety"]
)
def test_what_every_child_deserves_ties_nothing(why: str) -> None:
    assert "outcome_not_tied" in found(outcomes__0__why=why)


@pytest.mark.parametrize("why", ["Would not talk today", "Did not want to come down"])
def test_what_the_child_did_not_do_ties(why: str) -> None:
    assert "outcome_not_tied" not in found(outcomes__0__why=why)


def test_an_archive_of_nobody_has_no_names() -> None:
    assert Archive().named == {}
