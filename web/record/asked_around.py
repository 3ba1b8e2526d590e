"""Sections 5 to 8: exploitation, where the child lives and learns, what would help, and the carer."""

from typing import Final

from web.record.choices import INDICATORS
from web.record.question import Entries, Guidance, Kind, Question, Section
from web.record.sources import GUIDANCE, INSPECTION_20, INSPECTION_22, PRACTICE

EXPLOITATION: Final = Section(
    "exploitation",
    "Signs of exploitation",
    "What was said or seen that may mean that somebody uses the child.",
    (
        Entries(
            "indicators",
            "Signs",
            "sign",
            (
                Question("kind", Kind.CHOICE, "Which sign?", choices=INDICATORS, must=True),
                Question("evidence", Kind.PROSE, "What was said or seen that shows it?"),
            ),
        ),
        Question("none_seen", Kind.TICK, "I looked for signs of exploitation, and there were none"),
    ),
    (
        Guidance(
            "A sign without what shows it cannot be acted on. Write who said what, or what you saw.",
            INSPECTION_20,
        ),
        Guidance(
            "Money that nobody can explain, a second telephone, train tickets, weapons, older friends and"
            " injuries are what people who work against county lines look for.",
            PRACTICE,
        ),
        Guidance(
            "Tick that there were none only if you looked. If you did not ask, go back and ask.", PRACTICE
        ),
    ),
    (("indicators", "none_seen"),),
)

LIVING: Final = Section(
    "living",
    "Home, placement and school",
    "How things are where the child lives and learns.",
    (
        Question("home", Kind.PROSE, "How are things at home?", "Who lives there, and how they get on"),
        Question("placement", Kind.PROSE, "How are things in the placement?", "For a child in care"),
        Question(
            "school", Kind.PROSE, "How are things at school?", "Or that the child is not in school, and why"
        ),
    ),
    (
        Guidance(
            "Conflict, neglect, bullying and being alone push a child away. Ask about each place on its own.",
            PRACTICE,
        ),
        Guidance(
            "A child who misses school while missing, or is not in school at all, is at more risk.",
            INSPECTION_22,
        ),
    ),
    (("home", "placement"), ("school",)),
)

HELP: Final = Section(
    "help",
    "What would help",
    "What would make it easier to stay, and what the child was told about staying safe.",
    (
        Question("would_help", Kind.PROSE, "What would help?", "In the child’s own words, if you can"),
        Question("would_stop", Kind.PROSE, "What would stop the child from going again?"),
        Question(
            "options",
            Kind.PROSE,
            "Which other choices did you talk through?",
            "What the child could do next time instead, and which one they would choose",
        ),
        Question(
            "safety_information",
            Kind.PROSE,
            "What did you tell or give the child about staying safe?",
            "Helplines too, for example Runaway Helpline 116 000 and Childline 0800 1111",
        ),
    ),
    (
        Guidance("The third purpose is that the child feels safe and knows what they can choose.", GUIDANCE),
        Guidance(
            "The fourth purpose is information on how to stay safe if they go again, helplines included.",
            GUIDANCE,
        ),
    ),
    (("would_help", "would_stop"), ("options",), ("safety_information",)),
)

CARER: Final = Section(
    "carer",
    "The parent’s or carer’s view",
    "What those who look after the child say.",
    (
        Question("who", Kind.LINE, "Whom did you ask?", "Name, and who they are to the child"),
        Question("view", Kind.PROSE, "What did they say?"),
        Question("not_asked", Kind.PROSE, "If nobody was asked, why not?"),
    ),
    (
        Guidance(
            "They often know what the child does not say. If the child does not want an interview, ask them"
            " all the same for what they know.",
            GUIDANCE,
        ),
    ),
    (("view", "not_asked"),),
)
