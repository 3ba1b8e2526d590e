"""Sections 1 to 4: the offer, the child's account, harm, and what the child knows."""

from typing import Final

from web.record.choices import CONTACTS
from web.record.question import Entries, Guidance, Kind, Question, Section
from web.record.sources import GUIDANCE, INSPECTION_21, PRACTICE

OFFER: Final = Section(
    "offer",
    "The offer",
    "How the interview was offered, and what the child chose.",
    (
        Question("offered_at", Kind.MOMENT, "When was the interview offered?"),
        Question("how", Kind.CHOICE, "How was it offered?", choices=CONTACTS),
        Question("by", Kind.LINE, "Who offered it?", "Your own name, if it was you"),
        Question(
            "child_chose_person",
            Kind.PROSE,
            "Whom did the child want to talk to?",
            "Say whom the child asked for, and what came of it",
        ),
        Question("child_chose_place", Kind.PROSE, "Where did the child want to talk?"),
        Question(
            "confidentiality",
            Kind.PROSE,
            "How did you explain what stays between you, and what cannot?",
            "In the words that you used to the child",
        ),
        Question(
            "communication",
            Kind.PROSE,
            "Did the child need an interpreter, or help to communicate?",
            "Write ‘none’ if there was no need",
        ),
    ),
    (
        Guidance(
            "Offer an interview after every time missing, however short. It is to be carried out within 72"
            " hours of the child’s return home or to their care setting; to have offered it in that time is"
            " not enough.",
            GUIDANCE,
        ),
        Guidance(
            "Whoever holds it is not involved in the child’s care, is trained, and can follow up. A child"
            " in care is usually seen by somebody independent of the authority too, unless the child would"
            " rather talk to somebody they trust.",
            GUIDANCE,
        ),
        Guidance("A child who may choose from several adults is more likely to talk to one.", INSPECTION_21),
    ),
    (
        ("offered_at",),
        ("how",),
        ("by",),
        ("child_chose_person",),
        ("child_chose_place",),
        ("confidentiality",),
        ("communication",),
    ),
)

ACCOUNT: Final = Section(
    "account",
    "The child’s account",
    "What the child said, as the child said it.",
    (
        Question(
            "before",
            Kind.PROSE,
            "What happened before the child went?",
            "That day and the days before it. Put what the child said in quotation marks",
        ),
        Question(
            "during",
            Kind.PROSE,
            "What happened while the child was away?",
            "Where, with whom, how they got there, where they slept and ate, what frightened them",
        ),
        Question(
            "since",
            Kind.PROSE,
            "What has happened since the child came back?",
            "How they were received, and how things are now",
        ),
    ),
    (
        Guidance(
            "Write the child’s own words. A summary about a child hides what the child said; one sentence in"
            " quotation marks says more than a page about them.",
            INSPECTION_21,
        ),
        Guidance("The second purpose of the interview is to understand why the child went.", GUIDANCE),
        Guidance(
            "A child need not take part, and may answer only some of it. Write what they would not talk"
            " about; ‘would not say’ is an answer too.",
            PRACTICE,
        ),
    ),
    (("before",), ("during",), ("since",)),
)

HARM: Final = Section(
    "harm",
    "Harm and health",
    "Whether the child was hurt, how they are, and what was done at once.",
    (
        Question("came_to_harm", Kind.YES_NO, "Did the child come to harm?", unknown="Not asked yet"),
        Question(
            "what",
            Kind.PROSE,
            "What did the child say about it?",
            "Also when nothing happened: what the child said when you asked",
        ),
        Question(
            "health", Kind.PROSE, "How is the child’s health?", "Body and mind; medicine that was missed"
        ),
        Entries(
            "actions",
            "What was done at once",
            "action",
            (
                Question("what", Kind.PROSE, "What was done?"),
                Question("by", Kind.LINE, "Who did it?"),
                Question("done_at", Kind.MOMENT, "When was it done?"),
            ),
            "What could not wait, on the day on which it was told",
        ),
    ),
    (
        Guidance(
            "The first purpose of the interview is to find out about harm, and to deal with it.", GUIDANCE
        ),
        Guidance(
            "Harm that is told needs an answer that day: a doctor, the police, a safe place. Write who did"
            " it and when.",
            GUIDANCE,
        ),
        Guidance(
            "The police’s own check on the child’s return does not replace this conversation. Ask again.",
            PRACTICE,
        ),
    ),
    (("came_to_harm",), ("what",), ("health",)),
)

INTELLIGENCE: Final = Section(
    "intelligence",
    "People, places and phones",
    "Each on its own, so that it can be found again when another child names the same.",
    (
        Entries(
            "people",
            "People",
            "person",
            (
                Question("name", Kind.LINE, "Name", "Or a nickname, as the child says it"),
                Question("relation", Kind.LINE, "Who are they to the child?"),
                Question("age", Kind.LINE, "Age", "About is good enough, for example ‘about 19’"),
                Question("note", Kind.PROSE, "What else was said about them?"),
            ),
        ),
        Entries(
            "places",
            "Places",
            "place",
            (
                Question("name", Kind.LINE, "Name of the place"),
                Question("address", Kind.LINE, "Address, or where it is"),
                Question("note", Kind.PROSE, "What else was said about it?"),
            ),
        ),
        Entries(
            "vehicles",
            "Vehicles",
            "vehicle",
            (
                Question("registration", Kind.LINE, "Registration", "Part of it, if that is all"),
                Question("description", Kind.LINE, "Make, colour or what it looked like"),
                Question("note", Kind.PROSE, "What else was said about it?"),
            ),
        ),
        Entries(
            "phones",
            "Telephones",
            "telephone",
            (
                Question("number", Kind.LINE, "Number"),
                Question("whose", Kind.LINE, "Whose is it?"),
                Question("note", Kind.PROSE, "What else was said about it?"),
            ),
        ),
        Entries(
            "online",
            "Names online",
            "name online",
            (
                Question("platform", Kind.LINE, "Where?", "For example Snapchat"),
                Question("name", Kind.LINE, "Name there"),
                Question("whose", Kind.LINE, "Whose is it?"),
                Question("note", Kind.PROSE, "What else was said about it?"),
            ),
        ),
        Question(
            "none_known", Kind.TICK, "The child named no people, places, vehicles, telephones or names online"
        ),
    ),
    (
        Guidance(
            "One entry for each. A name in the middle of a story is lost; a name of its own can be put"
            " beside what another child said.",
            PRACTICE,
        ),
        Guidance(
            "Write it as the child says it: a nickname, half a number plate, ‘the flat over the barber’.",
            PRACTICE,
        ),
    ),
    (("people", "places", "vehicles", "phones", "online", "none_known"),),
)
