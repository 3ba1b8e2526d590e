"""Dense, adversarial sets of messages about one child: few references, few instants, every relation."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from domain.telling import MessageKey, Reference, Telling
from schemas.notification import MissingFacts
from schemas.policy import EpisodePolicy, InterviewPolicy, Policy
from schemas.words import Category, Conflict, Kind, RiskLevel

CLOCKS_GO_FORWARD = datetime(2026, 3, 29, 1, tzinfo=UTC)
REFERENCES = (
    Reference("urn:police:nottinghamshire", "NP-26-004211"),
    Reference("urn:police:nottinghamshire", "NP-26-004212"),
    Reference("urn:police:derbyshire", "NP-26-004211"),
    Reference("urn:authority:E06000018", "call-7"),
)
# Mostly whole hours, so that instants coincide and a limit of the rules (an hour, the grace, seven days) is
# met exactly; now and then it is missed by a second, or by weeks.
NEAR = tuple(CLOCKS_GO_FORWARD + timedelta(hours=hours) for hours in range(-4, 9))
BESIDE = tuple(CLOCKS_GO_FORWARD + timedelta(hours=hours, seconds=1) for hours in (-3, 0, 3, 7))
FAR = tuple(CLOCKS_GO_FORWARD + timedelta(days=days) for days in (-400, -8, -7, 1, 7, 30))
INSTANTS = (*NEAR * 4, *BESIDE, *FAR)
SETTLES = (frozenset(Conflict), *(frozenset({conflict}) for conflict in Conflict))
KINDS = (*Kind, Kind.REPORTED, Kind.RETURNED, Kind.LOCATED)
FACTS = (
    *[None] * len(INSTANTS),
    *(
        MissingFacts(category=category, risk_level=risk_level, risk_factors=risk_factors)
        for category in (None, *Category)
        for risk_level in (None, *RiskLevel)
        for risk_factors in (None, (), ("county_lines",), ("county_lines", "self_harm"))
    ),
    *(MissingFacts(last_seen_at=instant) for instant in INSTANTS),
)
WHAT = tuple(product((REFERENCES[0], REFERENCES[0], *REFERENCES), KINDS, FACTS))
WHEN = tuple(product(INSTANTS, INSTANTS))  # told, occurred
_told = st.tuples(st.sampled_from(WHAT), st.sampled_from(WHEN))  # two draws a message: a draw is what costs
_HOURS = timedelta(hours=1)
POLICIES = tuple(
    Policy(
        episode=EpisodePolicy(located_grace=grace * _HOURS, merge_gap=gap * _HOURS),
        interview=InterviewPolicy(within=within * _HOURS),
    )
    for grace, gap, within in (
        *((6, 0, 72), (6, 0, 72), (0, 0, 72), (1, 0, 24), (48, 0, 72)),
        *((6, 1, 72), (0, 1, 72), (1, 3, 72), (48, 3, 24), (6, 200, 72)),
    )
)
policies = st.sampled_from(POLICIES)


def _numbered(
    told: Iterable[tuple[tuple[Reference, Kind, MissingFacts | None], tuple[datetime, datetime]]],
) -> tuple[Telling, ...]:
    """Number the messages of each source, so that two forces use the same ids."""
    counts: dict[str, int] = {}
    tellings = []
    for (reference, kind, missing), (told_at, occurred_at) in told:
        number = counts[reference.source] = counts.get(reference.source, 0) + 1
        key = MessageKey(reference.source, f"{number:03}")
        settles = SETTLES[number % len(SETTLES)] if kind is Kind.SETTLED else frozenset[Conflict]()
        tellings.append(Telling(key, reference, kind, told_at, occurred_at, missing=missing, settles=settles))
    return tuple(tellings)


tellings_of_one_child = st.lists(_told, max_size=12).map(_numbered)


@st.composite
def deliveries(draw: st.DrawFn, tellings: Sequence[Telling]) -> list[Telling]:
    """Return the same messages in another order, some of them more than once."""
    again = draw(st.lists(st.sampled_from(tellings), max_size=6)) if tellings else []
    return draw(st.permutations([*tellings, *again]))
