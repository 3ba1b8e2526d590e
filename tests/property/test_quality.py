"""The gate takes any record: it raises nothing, gives the same each time, and quotes what is there."""

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.quality import Archive, Filed, examine, file_record
from domain.quality.catalogue import RULES
from schemas.prose import LONGEST
from schemas.record import IndicatorKind, InterviewRecord, RiskChange
from tests.unit.interview_records import AMARA, CIRCUMSTANCES, HELD_AT, LEO, record

SCRAPS = st.sampled_from(
    [
        "She said 'no' and he hit me. ",
        "ذهبت إلى البيت وحدي. ",
        "😀🎒 ",
        "<b>bold</b> &amp; {{ name }} ",
        "Leo's mum’s “phone” „hier“ ",
        "1:1 key work, ASAP; n/a\n",
        "O'Neill-Ďurič ʼn ß İ ",
        "I owe them 200 and there is no food. ",
    ]
)
PROSE = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
    st.lists(SCRAPS, max_size=12).map("".join),
)
LINE = PROSE.map(lambda text: text[:200])
INSTANTS = st.none() | st.just(HELD_AT.isoformat())
RECORDS = st.fixed_dictionaries(
    {
        "offer": st.fixed_dictionaries({"child_chose_person": PROSE, "offered_at": INSTANTS}),
        "account": st.fixed_dictionaries({"before": PROSE, "during": PROSE, "since": PROSE}),
        "harm": st.fixed_dictionaries(
            {
                "came_to_harm": st.none() | st.booleans(),
                "what": PROSE,
                "actions": st.lists(st.fixed_dictionaries({"what": PROSE, "done_at": INSTANTS}), max_size=2),
            }
        ),
        "exploitation": st.fixed_dictionaries(
            {
                "none_seen": st.booleans(),
                "indicators": st.lists(
                    st.fixed_dictionaries({"kind": st.sampled_from(IndicatorKind), "evidence": PROSE}),
                    max_size=2,
                ),
            }
        ),
        "help": st.fixed_dictionaries({"options": PROSE, "safety_information": PROSE}),
        "carer": st.fixed_dictionaries({"who": LINE, "view": PROSE}),
        "analysis": st.fixed_dictionaries(
            {
                "push": PROSE,
                "pattern": PROSE,
                "risk": st.none() | st.sampled_from(RiskChange),
                "risk_why": PROSE,
                "meaning": PROSE,
            }
        ),
        "outcomes": st.lists(
            st.fixed_dictionaries({"what": PROSE, "why": PROSE, "owner": LINE, "measure": PROSE}), max_size=3
        ),
    }
).map(InterviewRecord.model_validate)
FILED = st.lists(st.tuples(st.sampled_from([AMARA, LEO]), RECORDS), max_size=4).map(
    lambda records: [file_record(f"i-{number}", *each) for number, each in enumerate(records)]
)
FEW = settings().max_examples // 10  # a whole record with an archive is large to draw
REPEATED = [
    "he ",
    "'a ",
    '" ',
    "Leo ",
    "said no ",
    "ذهبت ",
    "😀 ",
    "a",
    "She said 'I did not' but he hit me. ",
]


@settings(max_examples=FEW)
@given(RECORDS, FILED, st.booleans(), st.sampled_from([None, "female", "male"]))
def test_any_record_is_examined_and_twice_the_same(
    given_record: InterviewRecord, filed: list[Filed], declined: bool, sex: str | None
) -> None:
    child = replace(AMARA, sex=sex)
    told = replace(CIRCUMSTANCES, child=child, declined=declined, archive=Archive().adding(filed))
    findings = examine(given_record, told)
    assert findings == examine(given_record, told)
    assert {finding.rule for finding in findings} <= set(RULES)
    assert len({finding.id for finding in findings}) == len(findings)


@settings(max_examples=FEW)
@given(RECORDS, FILED, st.randoms(use_true_random=False))
def test_the_order_of_the_archive_makes_no_difference(
    given_record: InterviewRecord, filed: list[Filed], chance: Random
) -> None:
    shuffled = chance.sample(filed, len(filed))
    one_by_one = Archive()
    for each in shuffled:
        one_by_one = one_by_one.adding([each])
    together = replace(CIRCUMSTANCES, archive=Archive().adding(filed))
    assert examine(given_record, together) == examine(given_record, replace(together, archive=one_by_one))


@pytest.mark.parametrize("scrap", REPEATED)
def test_the_longest_text_takes_no_more_than_a_moment(scrap: str) -> None:
    longest = (scrap * LONGEST)[:LONGEST]
    long_record = record(account__during=longest, analysis__meaning=longest, outcomes__0__what=longest)
    told = replace(CIRCUMSTANCES, archive=Archive().adding([file_record("interview-1", LEO, long_record)]))
    begun = time.process_time()
    examine(long_record, told)
    assert time.process_time() - begun < 10
