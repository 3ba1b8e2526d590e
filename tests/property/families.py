"""Twins, or a brother and a sister, as alike as two children of one home can be."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from domain.identity import Identity

ONE_NAME = (
    ("alexander", "aleksander"),
    ("alexandra",),
    ("samuel",),
    ("samantha",),
    ("sara",),
    ("sarah",),
    ("john",),
    ("jonathan",),
    ("emily",),
    ("amelia",),
    ("millie",),
    ("muhammad", "mohammed"),
    ("amira", "ameera"),
    ("amina", "aminah"),
    ("hassan", "hasan"),
    ("hussain", "hussein"),
    ("ali",),
    ("noah",),
    ("noa",),
    ("taiwo",),
    ("kehinde",),
)
"""Of each line, how one name is written. Parents who have two children take two lines."""
SHORT = ("alex", "sam", "jon", "mo", "shay")
"""What both may be known as."""
FURTHER = st.lists(st.sampled_from(("james", "grace", "oskar", "noor")), max_size=2, unique=True)
BEFORE = st.sampled_from(((), (), ("mohammed",), ("syed",), ("abdul",)))
FAMILIES = (("smithjones", "smith", "jones"), ("okafor",), ("khan", "khaan"), ("wisniewska", "wisniewski"))
DAYS = (date(2011, 7, 2), date(2011, 1, 1))
SLIPS = {DAYS[0]: (DAYS[0], DAYS[0], date(2011, 2, 7), date(2011, 7, 3), None), DAYS[1]: (DAYS[1],)}


@dataclass(frozen=True, slots=True)
class Twins:
    """Both as they are, and what is told of the one: less, or otherwise written, but with its own name."""

    one: Identity
    other: Identity
    told: Identity


@st.composite
def twins(draw: st.DrawFn) -> Twins:
    """Draw two children of one home with two names, who may be known as the same, and what is told of one."""
    names = draw(st.lists(st.sampled_from(ONE_NAME), min_size=2, max_size=2, unique=True))
    before, family = draw(BEFORE), draw(st.sampled_from(FAMILIES))
    if any("muhammad" in forms for forms in names):
        before = ()
    born = draw(st.sampled_from(DAYS))
    one, other = (draw(_child(before, forms, family, born)) for forms in names)
    return Twins(one, other, draw(_told(one, before, names[0], family)))


@st.composite
def _child(
    draw: st.DrawFn, before: tuple[str, ...], forms: tuple[str, ...], family: tuple[str, ...], born: date
) -> Identity:
    return Identity(
        given_names=(*before, forms[0], *draw(FURTHER)),
        also_known_as=draw(st.frozensets(st.sampled_from(SHORT), max_size=2)),
        family_name=family[0],
        date_of_birth=draw(st.sampled_from(SLIPS[born])) if draw(st.booleans()) else born,
        postcode="ng71aa",
        address="12churchlane",
    )


@st.composite
def _told(
    draw: st.DrawFn, one: Identity, before: tuple[str, ...], forms: tuple[str, ...], family: tuple[str, ...]
) -> Identity:
    further = one.given_names[len(before) + 1 :]
    said = further[: draw(st.integers(0, len(further)))]
    born = one.date_of_birth
    return Identity(
        given_names=(*before, draw(st.sampled_from(forms)), *said),
        also_known_as=draw(st.sampled_from((frozenset[str](), one.also_known_as))),
        family_name=draw(st.sampled_from((*family, None))),
        date_of_birth=draw(st.sampled_from(SLIPS[born])) if born in SLIPS else born,
        postcode=draw(st.sampled_from(("ng71aa", "ng71ab", "ng34bx", None))),
        address=draw(st.sampled_from(("12churchlane", "12chruchlane", None))),
    )
