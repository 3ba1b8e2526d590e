"""The quality gate, rule by rule: what is found, and what comes near it and is not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.quality import examine
from domain.quality.catalogue import RULES
from domain.quality.finding import LONGEST_QUOTE, Finding, quote
from schemas.record import InterviewRecord
from tests.unit.interview_records import CIRCUMSTANCES, HELD_AT, RETURNED_AT, found, record, rules

DECLINED = replace(CIRCUMSTANCES, declined=True, held_at=None)
NO_WHY = {"account__before": '"Out."', "account__during": '"Bulwell."', "account__since": '"Fine."'}
HURT = {"harm__came_to_harm": True, "harm__what": "Cut above the eye from a bottle."}
AT_ONCE = {"what": "Taken to the walk-in centre", "by": "Dawn Petrie", "done_at": "2026-03-30T18:00:00+01:00"}
LONG_AND_EMPTY = (
    "It is recognised that young people of this age can find themselves in situations in which they make"
    " choices that may not always be in their best interests, and it is important that all those around them"
    " continue to work together in a holistic, strengths-based and joined-up way towards positive outcomes."
)
INDICATOR = "exploitation__indicators"


def signs(kind: str, evidence: str) -> dict[str, Any]:
    return {"exploitation__none_seen": False, INDICATOR: [{"kind": kind, "evidence": evidence}]}


def test_a_good_record_has_no_finding() -> None:
    assert examine(record(), CIRCUMSTANCES) == ()


def test_an_empty_record_lacks_what_every_record_needs() -> None:
    lacks = rules(examine(InterviewRecord(), CIRCUMSTANCES))
    assert lacks == {
        "purpose_harm",
        "purpose_why",
        "purpose_safe",
        "purpose_information",
        "voice_missing",
        "pattern_missing",
        "risk_change_missing",
        "meaning_missing",
        "outcomes_missing",
        "carer_view_missing",
        "sharing_missing",
        "offer_incomplete",
    }


def test_a_finding_says_why_it_matters_how_to_mend_it_and_whether_it_blocks() -> None:
    (finding,) = examine(record(outcomes__0__owner="Social worker"), CIRCUMSTANCES)
    assert (finding.rule, finding.place, finding.words) == (
        "outcome_no_owner",
        "outcomes.0.owner",
        "Social worker",
    )
    assert finding.section == "outcomes"
    assert finding.blocks
    assert finding.about is RULES["outcome_no_owner"]


def test_a_finding_keeps_its_id_while_its_words_stay() -> None:
    first, again, other = (
        Finding("voice_missing", "account", words) for words in ("He went.", "He went.", "He ran.")
    )
    assert first.id == again.id != other.id


def test_findings_stand_in_the_order_of_the_catalogue() -> None:
    order = list(RULES)
    given = [order.index(finding.rule) for finding in examine(InterviewRecord(), CIRCUMSTANCES)]
    assert given == sorted(given)


def test_long_words_concerned_are_cut() -> None:
    assert len(quote("he said " * 100)) <= LONGEST_QUOTE


@pytest.mark.parametrize(
    ("rule", "place", "changes"),
    [
        ("purpose_harm", "harm.came_to_harm", {"harm__came_to_harm": None, "harm__what": "Not gone into."}),
        (
            "purpose_why",
            "analysis.push",
            {"analysis__push": "", "analysis__pull": "A range of factors", **NO_WHY},
        ),
        ("purpose_safe", "help.options", {"help__options": "Options were discussed with Amara."}),
        (
            "purpose_information",
            "help.safety_information",
            {"help__safety_information": "Safety advice given."},
        ),
        (
            "voice_missing",
            "account",
            {
                "account__before": "Amara left after a row.",
                "account__during": 'Mum said "she is out of control". I asked Amara where she was.',
                "account__since": "She is 'settled'.",
            },
        ),
        ("pattern_missing", "analysis.pattern", {"analysis__pattern": "Known history of missing episodes."}),
        ("pattern_missing", "analysis.pattern", {"analysis__pattern": "First episode."}),
        ("risk_change_missing", "analysis.risk", {"analysis__risk": None}),
        ("risk_change_missing", "analysis.risk_why", {"analysis__risk_why": "See above."}),
        ("risk_change_missing", "analysis.risk_why", {"analysis__risk_why": "Ongoing concerns remain."}),
        (
            "meaning_missing",
            "analysis.meaning",
            {"analysis__meaning": "A row about the phone; sat by the lions, took the tram to Bulwell."},
        ),
        ("meaning_missing", "analysis.meaning", {"analysis__meaning": "A vulnerable young person at risk."}),
        ("outcomes_missing", "outcomes", {"outcomes": []}),
        ("outcome_not_tied", "outcomes.0.why", {"outcomes__0__why": "To keep her safe"}),
        ("outcome_not_tied", "outcomes.0.why", {"outcomes__0__why": ""}),
        ("outcome_generic", "outcomes.0.what", {"outcomes__0__what": "Key work around risk to continue"}),
        ("outcome_generic", "outcomes.0.what", {"outcomes__0__what": "TBC"}),
        ("outcome_no_owner", "outcomes.0.owner", {"outcomes__0__owner": "All professionals"}),
        ("outcome_no_date", "outcomes.0.due_on", {"outcomes__0__due_on": None}),
        ("outcome_not_measurable", "outcomes.0.measure", {"outcomes__0__measure": "Improved wellbeing"}),
        ("outcome_not_measurable", "outcomes.0.measure", {"outcomes__0__measure": "Ongoing"}),
        (
            "timescale_vague",
            "outcomes.0.what",
            {"outcomes__0__what": "Phone rule at the kitchen table, ASAP"},
        ),
        (
            "timescale_vague",
            "sharing.shared.0.what",
            {"sharing__shared__0__what": "The night, as soon as possible"},
        ),
        (
            "other_pronoun",
            "analysis.meaning",
            {"analysis__meaning": "He will go again unless the phone is left alone."},
        ),
        (
            "other_pronoun",
            "carer.view",
            {"carer__who": "Ngozi Okafor, mum", "carer__view": "Says that he only has to ask."},
        ),
        ("risk_without_outcome", "account.during", {"account__during": '"They gave me a knife to hold."'}),
        (
            "risk_without_outcome",
            "exploitation.indicators.0.evidence",
            signs("county_lines", "Three days in Skegness"),
        ),
        ("harm_without_action", "harm.actions", HURT),
        ("harm_without_action", "harm.actions", {**HURT, "harm__actions": [{"what": "To be referred"}]}),
        ("harm_without_action", "harm.actions", {**HURT, "harm__actions": [{"what": "n/a"}]}),
        (
            "harm_without_action",
            "harm.actions",
            {"harm__came_to_harm": None, "harm__what": "They kicked her."},
        ),
        (
            "harm_without_action",
            "harm.actions",
            {**HURT, "harm__actions": [AT_ONCE | {"done_at": "2026-04-02T09:00:00+01:00"}]},
        ),
        (
            "indicator_without_evidence",
            "exploitation.indicators.0.evidence",
            signs("second_phone", "Second phone"),
        ),
        ("contradiction_times", "offer.offered_at", {"offer__offered_at": "2026-03-28T20:00:00+00:00"}),
        ("contradiction_times", "offer.offered_at", {"offer__offered_at": "2026-03-30T20:00:00+01:00"}),
        ("contradiction_times", "outcomes.0.due_on", {"outcomes__0__due_on": "2026-03-30"}),
        (
            "contradiction_times",
            "sharing.shared.0.shared_at",
            {"sharing__shared__0__shared_at": "2026-03-27T09:00:00+00:00"},
        ),
        (
            "contradiction_times",
            "harm.actions.0.done_at",
            {**HURT, "harm__actions": [AT_ONCE | {"done_at": "2026-03-30T09:00:00+01:00"}]},
        ),
        (
            "contradiction_facts",
            "exploitation.none_seen",
            signs("gifts", "New trainers from a man in a car; phone too") | {"exploitation__none_seen": True},
        ),
        ("contradiction_facts", "intelligence.none_known", {"intelligence__none_known": True}),
        ("contradiction_facts", "harm.came_to_harm", {"harm__what": "Two nails came off, ankle swollen."}),
        ("empty_words", "account.during", {"account__during": LONG_AND_EMPTY}),
        ("empty_words", "analysis.meaning", {"analysis__meaning": LONG_AND_EMPTY}),
        ("carer_view_missing", "carer.view", {"carer__view": ""}),
        ("sharing_missing", "sharing.shared", {"sharing__shared": []}),
        ("offer_incomplete", "offer.confidentiality", {"offer__confidentiality": "n/a"}),
    ],
)
def test_what_a_fair_manager_would_raise_is_found(rule: str, place: str, changes: dict[str, Any]) -> None:
    assert found(**changes).get(rule) == place


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("purpose_harm", {"harm__came_to_harm": None, "harm__what": "Nobody touched her."}),
        ("purpose_harm", {"harm__came_to_harm": None, "harm__what": "", "harm__actions": [AT_ONCE]}),
        (
            "purpose_why",
            {"analysis__push": "", "analysis__pull": "", **NO_WHY, "account__since": '"Won\'t say why."'},
        ),
        ("purpose_why", {"analysis__push": "Peer pressure", "analysis__pull": "", **NO_WHY}),
        ("voice_missing", {"account__before": "", "account__during": "I just went.", "account__since": ""}),
        ("voice_missing", {"account__before": "", "account__during": "‘Whatever.’", "account__since": ""}),
        (
            "voice_missing",
            {"account__before": "", "account__during": "Asked, she said 'nah'", "account__since": ""},
        ),
        (
            "voice_missing",
            {"account__before": "", "account__during": "She pointed to the dog", "account__since": ""},
        ),
        (
            "voice_missing",
            {
                "account__before": "",
                "account__during": 'Mum said no and she said "I went anyway"',
                "account__since": "",
            },
        ),
        ("pattern_missing", {"analysis__pattern": "First on a school night."}),
        ("meaning_missing", {"analysis__meaning": "She goes where she is fed."}),
        ("outcome_generic", {"outcomes__0__what": "National Referral Mechanism"}),
        ("outcome_generic", {"outcomes__0__what": "Emergency dentist"}),
        ("outcome_generic", {"outcomes__0__what": "Support from a cubicle to manage her dysregulation"}),
        (
            "outcome_generic",
            {"outcomes__0__what": "Continue support around the plan that Mum keeps safe and well"},
        ),
        ("outcome_not_tied", {"outcomes__0__why": "She asks that Mum's sister stays out of it"}),
        ("outcome_not_tied", {"outcomes__0__why": "She told me that strangers in crowds frighten her"}),
        ("outcome_no_owner", {"outcomes__0__owner": "Mum"}),
        ("outcome_no_owner", {"outcomes__0__owner": "Bluecoat Academy - Mrs Doyle"}),
        ("outcome_no_owner", {"outcomes__0__owner": "CAMHS worker Lucy"}),
        ("outcome_no_owner", {"outcomes__0__owner": "Nottinghamshire Police PC Marsh"}),
        ("outcome_not_measurable", {"outcomes__0__measure": "Dawn has seen her"}),
        (
            "timescale_vague",
            {"outcomes__0__what": "Tell the ongoing investigation about the phone at the table"},
        ),
        ("timescale_vague", {"outcomes__0__measure": "Ongoing"}),
        ("other_pronoun", {"analysis__meaning": "She loves Ryan. He is nineteen and he keeps her phone."}),
        ("other_pronoun", {"carer__who": "Obi Okafor, dad", "carer__view": "He is sorry."}),
        (
            "other_pronoun",
            {"analysis__meaning": "He will go again.", "living__home": "Uses he/him pronouns."},
        ),
        ("risk_without_outcome", {"account__during": '"Nobody had a knife or drugs. We had chips."'}),
        ("risk_without_outcome", {"account__during": '"I said no when they offered me weed."'}),
        ("risk_without_outcome", {"account__during": "Knives: none. Weed denied."}),
        (
            "risk_without_outcome",
            {"account__during": '"A knife."', "outcomes__0__measure": "Knife handed in"},
        ),
        (
            "risk_without_outcome",
            {"account__during": '"Mum read my messages out and had a knife by the phone."'},
        ),
        (
            "risk_without_outcome",
            {
                "account__during": '"They had a knife."',
                "analysis__meaning": "The knife is already known to police; Mum and she need a rule.",
            },
        ),
        (
            "risk_without_outcome",
            {"account__during": '"Weed and a gun."', "outcomes__0__measure": "Gun found: told by PC Marsh"},
        ),
        ("harm_without_action", {**HURT, "harm__actions": [AT_ONCE]}),
        ("harm_without_action", {**HURT, "harm__actions": [{"what": "Dressed by the nurse"}]}),
        ("contradiction_times", {**HURT, "harm__actions": [AT_ONCE | {"what": "Seen at A&E on her return"}]}),
        ("contradiction_facts", {"harm__what": "No injury. Old scar from last year."}),
        ("carer_view_missing", {"carer__view": "", "carer__not_asked": "Mum is abroad until May."}),
        ("sharing_missing", {"sharing__shared": [], "sharing__nothing_shared": "Nobody needs it."}),
    ],
)
def test_what_comes_near_is_not_found(rule: str, changes: dict[str, Any]) -> None:
    assert rule not in found(**changes)


def test_a_first_episode_needs_no_comparison() -> None:
    first = replace(CIRCUMSTANCES, earlier_episodes=())
    assert "pattern_missing" not in found(first, analysis__pattern="")


@pytest.mark.parametrize("sex", [None, "female"])
def test_no_pronoun_is_wrong_that_fits_or_cannot_be_known(sex: str | None) -> None:
    known = replace(CIRCUMSTANCES, child=replace(CIRCUMSTANCES.child, sex=sex))
    assert "other_pronoun" not in found(
        known, analysis__meaning="She will go again unless the phone is left alone."
    )


def test_an_interview_held_before_the_return_cannot_be() -> None:
    early = replace(CIRCUMSTANCES, held_at=RETURNED_AT - timedelta(hours=2))
    assert found(early, offer__offered_at=None)["contradiction_times"] == "held_at"


def test_a_declined_interview_needs_no_account() -> None:
    nothing: dict[str, Any] = {"account": {}, "analysis": {}, "help": {}, "outcomes": []}
    assert found(DECLINED, **nothing) == {}


def test_a_declined_interview_with_an_account_contradicts_itself() -> None:
    assert found(DECLINED)["contradiction_declined"] == "account.before"


def test_an_account_of_declining_is_no_account() -> None:
    said = {"before": '"I don\'t want to talk to you."'}
    assert "contradiction_declined" not in found(DECLINED, account=said)


def test_an_action_is_in_time_until_the_next_morning_in_london() -> None:
    late = replace(CIRCUMSTANCES, held_at=HELD_AT.replace(hour=23))
    in_the_morning = AT_ONCE | {"done_at": "2026-03-31T09:30:00+01:00"}
    assert "harm_without_action" not in found(late, **HURT, harm__actions=[in_the_morning])


def test_an_outcome_that_holds_nothing_is_passed_over() -> None:
    assert found(outcomes__0={"due_on": "2026-04-10"}) == {"outcomes_missing": "outcomes"}
    two = [{"due_on": "2026-04-10"}, {"what": "Phone rule on the fridge"}]
    assert found(outcomes=two)["outcome_no_owner"] == "outcomes.1.owner"


def test_harm_without_a_known_conversation_is_answered_by_any_action() -> None:
    unknown = replace(CIRCUMSTANCES, held_at=None)
    assert "harm_without_action" not in found(unknown, **HURT, harm__actions=[AT_ONCE])
