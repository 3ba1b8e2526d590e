"""Sections 9 to 11: what the interviewer makes of it, what will change, and who was told."""

from typing import Final

from web.record.choices import RISK_CHANGES
from web.record.question import Entries, Guidance, Kind, Question, Section
from web.record.sources import GUIDANCE, INSPECTION_13, INSPECTION_21, INSPECTION_32, PRACTICE

ANALYSIS: Final = Section(
    "analysis",
    "Your analysis",
    "What you make of it. Not what happened, but what it means.",
    (
        Question(
            "push", Kind.PROSE, "What drove the child away?", "For example conflict, neglect or bullying"
        ),
        Question(
            "pull", Kind.PROSE, "What drew the child?", "For example friends, a partner, grooming or money"
        ),
        Question(
            "pattern",
            Kind.PROSE,
            "How does it compare with earlier times?",
            "What is the same, and what is different; or that this is the first time",
        ),
        Question("risk", Kind.CHOICE, "How has the risk to the child changed?", choices=RISK_CHANGES),
        Question("risk_why", Kind.PROSE, "What does that rest on?"),
        Question(
            "meaning",
            Kind.PROSE,
            "So what does it mean for the child?",
            "What has to be different, and what will happen if it is not",
        ),
    ),
    (
        Guidance(
            "Inspectors found interviews recorded without enough analysis of the circumstances. An account"
            " that is told again is not analysis: say ‘so what’.",
            INSPECTION_21,
        ),
        Guidance(
            "Earlier interviews teach something only if somebody puts them beside this one.", INSPECTION_32
        ),
        Guidance(
            "Push: conflict, abuse, neglect, drugs or alcohol, school, bullying, being alone. Pull: family,"
            " friends, a partner, grooming, parties, drugs, money.",
            PRACTICE,
        ),
    ),
    (("push", "pull"), ("pattern",), ("risk",), ("risk_why",), ("meaning",)),
)

OUTCOMES: Final = Section(
    "outcomes",
    "Outcomes",
    "What will change for this child. Each becomes an action in the child’s plan once a manager approves.",
    (
        Entries(
            "outcomes",
            "Outcomes",
            "outcome",
            (
                Question("what", Kind.PROSE, "What will change?", "One thing: who does what for this child"),
                Question(
                    "why", Kind.PROSE, "Which part of the child’s account does it answer?", "Quote the child"
                ),
                Question(
                    "owner", Kind.LINE, "Who does it?", "One person, by name. A role needs a name beside it"
                ),
                Question("due_on", Kind.DAY, "By which day?", "For example 10 4 2026"),
                Question("measure", Kind.PROSE, "How will anybody see that it worked?"),
                Question(
                    "for_child",
                    Kind.PROSE,
                    "How should the child read it?",
                    "In plain words. If you leave it empty, the child reads it as you wrote it above",
                ),
                Question(
                    "kept_back",
                    Kind.PROSE,
                    "If the child should not read it, why not?",
                    "For example what the police do about somebody. If you leave it empty, the child reads"
                    " it",
                ),
            ),
        ),
    ),
    (
        Guidance(
            "Inspectors found outcomes that were not specific to the child, so that they did nothing for"
            " the child’s safety plan. If it would fit any child, it is not an outcome yet.",
            INSPECTION_21,
        ),
        Guidance(
            "An action without a person and a day drifts. Write one name and one date, not ‘as soon as"
            " possible’.",
            INSPECTION_13,
        ),
    ),
    (("outcomes",),),
)

SHARING: Final = Section(
    "sharing",
    "Information shared",
    "With whom, when, and on what basis.",
    (
        Entries(
            "shared",
            "What was shared",
            "entry",
            (
                Question("with_whom", Kind.LINE, "With whom?", "A person, and where they work"),
                Question("what", Kind.PROSE, "What was shared?"),
                Question("shared_at", Kind.MOMENT, "When was it shared?"),
                Question("basis", Kind.PROSE, "On what basis?", "For example danger to a child"),
                Question("child_informed", Kind.YES_NO, "Does the child know?"),
            ),
        ),
        Question("nothing_shared", Kind.PROSE, "If nothing was shared, why not?"),
    ),
    (
        Guidance("Information that stays in a record protects nobody.", GUIDANCE),
        Guidance(
            "Tell the child what you share and why. Consent is usually the wrong basis; that a child is in"
            " danger is a right one.",
            PRACTICE,
        ),
    ),
    (("shared", "nothing_shared"),),
)
