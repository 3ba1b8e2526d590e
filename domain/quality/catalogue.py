"""The rules of the quality gate as data: what each looks for, why it matters, and whether it blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

GUIDANCE: Final = "Statutory guidance on children who run away or go missing from home or care (2014)"
PARA_13: Final = "Inspection of Nottingham City (2022), paragraph 13: records copied, actions lack timescales"
PARA_20: Final = "Inspection of Nottingham City (2022), paragraph 20: exploitation"
PARA_21: Final = (
    "Inspection of Nottingham City (2022), paragraph 21: interviews recorded without sufficient analysis,"
    " with outcomes that are not specific to the child"
)
PARA_32: Final = "Inspection of Nottingham City (2022), paragraph 32: little is learned from interviews"


class Weight(StrEnum):
    """Whether a finding keeps a record from being submitted."""

    BLOCKS = "blocks"
    ADVISES = "advises"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `section` is where the finding stands unless it names another place."""

    weight: Weight
    id: str
    section: str
    asks: str
    """What the rule looks for, as a question that a good record answers with yes."""
    matters: str
    """Why it matters to the child."""
    source: str
    mend: str
    """How to mend it, in words to the worker."""


_blocks = partial(Rule, Weight.BLOCKS)
_advises = partial(Rule, Weight.ADVISES)


_ALL: Final = (
    _blocks(
        "purpose_harm",
        "harm",
        "Does the record say whether the child came to harm?",
        "The first purpose of the interview is to find harm and deal with it.",
        GUIDANCE,
        "Say whether the child came to harm while away, and what the child said about it.",
    ),
    _blocks(
        "purpose_why",
        "analysis",
        "Does the record say why the child went?",
        "The second purpose is to understand why; without it nothing can be changed.",
        GUIDANCE,
        "Write what drove the child away and what drew the child, or that the child would not say.",
    ),
    _blocks(
        "purpose_safe",
        "help",
        "Was the child helped to feel safe and to know what they can choose?",
        "The third purpose is that the child feels safe and knows the options to prevent a repeat.",
        GUIDANCE,
        "Write which options you talked about with the child.",
    ),
    _blocks(
        "purpose_information",
        "help",
        "Was the child told how to stay safe, with whom to call?",
        "The fourth purpose is information on staying safe, helplines included.",
        GUIDANCE,
        "Write what you told or gave the child about staying safe, and whom they can call.",
    ),
    _blocks(
        "voice_missing",
        "account",
        "Does the account hold the child's own words?",
        "A summary about a child hides what the child said.",
        PARA_21,
        "Write what the child said as the child said it, in quotation marks or in the first person.",
    ),
    _blocks(
        "pattern_missing",
        "analysis",
        "Where the child was missing before, does the analysis compare with it?",
        "A pattern over episodes shows what single ones hide.",
        PARA_32,
        "Say what is the same and what is different from the earlier episodes.",
    ),
    _blocks(
        "risk_change_missing",
        "analysis",
        "Does the analysis say whether the risk has changed, and why?",
        "Plans follow risk; a risk that nobody weighed changes no plan.",
        PARA_21,
        "Choose higher, the same, lower or unclear, and say what it rests on.",
    ),
    _blocks(
        "meaning_missing",
        "analysis",
        "Does the analysis go from facts to what they mean for the child?",
        "An account told again is not an analysis; somebody has to say `so what`.",
        PARA_21,
        "Say what this means for this child and what has to be different, not what happened.",
    ),
    _blocks(
        "outcomes_missing",
        "outcomes",
        "Is there at least one outcome?",
        "An interview after which nothing changes does not contribute to the safety plan.",
        PARA_21,
        "Write at least one thing that will change for this child.",
    ),
    _blocks(
        "outcome_not_tied",
        "outcomes",
        "Does each outcome say which part of the child's account it answers?",
        "Outcomes that answer nothing the child said are not the child's.",
        PARA_21,
        "Name what the child said that this outcome answers.",
    ),
    _blocks(
        "outcome_generic",
        "outcomes",
        "Is each outcome specific to this child?",
        "A formula that fits every child changes nothing for this one.",
        PARA_21,
        "Say who does what for this child, where and about what.",
    ),
    _blocks(
        "outcome_no_owner",
        "outcomes",
        "Does one person own each outcome?",
        "What everybody owns, nobody does.",
        PARA_13,
        "Name one person; a role needs a name beside it.",
    ),
    _blocks(
        "outcome_no_date",
        "outcomes",
        "Does each outcome have a day by which it is done?",
        "Actions without timescales drift.",
        PARA_13,
        "Give the day by which it is done.",
    ),
    _advises(
        "outcome_not_measurable",
        "outcomes",
        "Does each outcome say how anybody will see that it worked?",
        "What cannot be seen cannot be reviewed.",
        PARA_21,
        "Say what will be different, and how you will see it.",
    ),
    _advises(
        "timescale_vague",
        "outcomes",
        "Are timescales days, not words such as `as soon as possible` or `ongoing`?",
        "A vague timescale cannot be late, so nobody chases it.",
        PARA_13,
        "Replace the words with a day.",
    ),
    _blocks(
        "copied_own",
        "account",
        "Is the text new, not copied from this child's earlier records?",
        "A copied record says nothing of what happened this time.",
        PARA_13,
        "Write what was said this time; where nothing changed, say so in a sentence and point to the record.",
    ),
    _blocks(
        "copied_other",
        "account",
        "Is the text this child's, not another child's?",
        "Another child's words put this child at risk, and tell one family about another.",
        PARA_13,
        "Remove what is from the other record and write what this child said.",
    ),
    _blocks(
        "other_name",
        "account",
        "Is the child called by their own name throughout?",
        "Another child's name in a record is a breach, and shows that text was carried over.",
        PARA_13,
        "Correct the name, or list that person under people.",
    ),
    _advises(
        "other_pronoun",
        "account",
        "Do the pronouns fit the child throughout?",
        "Wrong pronouns show text carried over, and hurt the child who reads it.",
        PARA_13,
        "Correct the pronouns, or note how the child wishes to be called.",
    ),
    _blocks(
        "risk_without_outcome",
        "outcomes",
        "Does an outcome answer each risk that the record tells of?",
        "A risk that is told and not answered stays.",
        PARA_20,
        "Add an outcome that answers it, or say in the analysis why none is needed.",
    ),
    _blocks(
        "harm_without_action",
        "harm",
        "Where the child came to harm, was something done that day?",
        "Harm that was told needs an answer on the day it was told.",
        GUIDANCE,
        "Write what was done about it that day, by whom and when.",
    ),
    _blocks(
        "indicator_without_evidence",
        "exploitation",
        "Does each sign of exploitation have its evidence in words?",
        "A ticked box cannot be acted on or explained.",
        PARA_20,
        "Write what was said or seen that shows it.",
    ),
    _blocks(
        "contradiction_declined",
        "account",
        "Where the interview was declined, is there no account of it?",
        "It was either held or declined; one of the two is not true.",
        PARA_21,
        "Record it as held, or move what the carer told to the carer's section.",
    ),
    _blocks(
        "contradiction_times",
        "offer",
        "Do the times fit: offered after the return, acted on after it was told?",
        "Times that cannot be show that the record was not made from the conversation.",
        PARA_21,
        "Correct the time that cannot be.",
    ),
    _advises(
        "contradiction_facts",
        "exploitation",
        "Do the sections agree with one another?",
        "A box that says none beside a list of some leaves the reader to guess.",
        PARA_21,
        "Correct the one that is wrong.",
    ),
    _advises(
        "empty_words",
        "analysis",
        "Does the text say something of this child, rather than phrases that fit anybody?",
        "Long text that says nothing hides that nothing was found out.",
        PARA_21,
        "Replace the phrases with names, places, times and what the child said.",
    ),
    _advises(
        "carer_view_missing",
        "carer",
        "Was the parent or carer asked, or is there a reason why not?",
        "They often know what the child does not say.",
        GUIDANCE,
        "Write what they said, or why nobody was asked.",
    ),
    _advises(
        "sharing_missing",
        "sharing",
        "Does the record say with whom information was shared, or why with nobody?",
        "Information that stays in a record protects nobody.",
        GUIDANCE,
        "Write with whom you shared it, when and on what basis, or why you did not.",
    ),
    _advises(
        "offer_incomplete",
        "offer",
        "Was the child given a choice of person and place, and told the limits of confidentiality?",
        "A child who may choose whom to talk to, talks.",
        PARA_21,
        "Write what the child chose, and how you explained confidentiality and its limits.",
    ),
)

RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Every rule by its id, in the order of the sections."""
