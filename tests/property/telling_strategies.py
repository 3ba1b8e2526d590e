"""Dense, adversarial sets of messages about one child: few references, few instants, every relation."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from domain.telling import MessageKey, Reference, Telling
from schemas.notification import MissingFacts
from schemas.policy import EpisodePolicy, InterviewPolicy, Policy
from schemas.words import Category, Kind, RiskLevel

CLOCKS_GO_FORWARD = datetime(2026, 3, 29, 1, tzinfo=UTC)
REFERENCES = (
    Reference("urn:police:nottinghamshire", "NP-26-004211"),
    Reference("urn:police:nottinghamshire", "NP-26-004212"),
    Reference("urn:police:derbyshire", "NP-26-004211"),
    Reference("urn:authority:E06000018", "call-7"),
)
NEAR = tuple(timedelta(hours=hours) for hours in range(-8, 9))
FAR = tuple(timedelta(days=days) for days in (-400, -8, -7, -1, 1, 7, 30))
NUDGES = tuple(timedelta(seconds=seconds) for seconds in (0, 0, 0, 0, 1, -1, 1800))
# A limit of the rules (an hour, the grace, seven days) is met exactly, and missed by a second.
INSTANTS = tuple(CLOCKS_GO_FORWARD + near + nudge for near in NEAR for nudge in NUDGES) + tuple(
    CLOCKS_GO_FORWARD + far + nudge for far in FAR for nudge in NUDGES[3:]
)
KINDS = (*Kind, Kind.REPORTED, Kind.RETURNED, Kind.LOCATED)

instants = st.sampled_from(INSTANTS)
facts = st.builds(
    MissingFacts,
    category=st.sampled_from((None, *Category)),
    risk_level=st.sampled_from((None, *RiskLevel)),
    last_seen_at=st.one_of(st.none(), instants),
    risk_factors=st.sampled_from((None, (), ("county_lines",), ("county_lines", "self_harm"))),
)
_told = st.tuples(
    st.sampled_from(REFERENCES),
    st.sampled_from(KINDS),
    instants,
    instants,
    st.one_of(st.none(), st.none(), facts),
)
policies = st.builds(
    Policy,
    episode=st.builds(
        EpisodePolicy,
        located_grace=st.sampled_from([timedelta(hours=hours) for hours in (6, 0, 1, 48)]),
        merge_gap=st.sampled_from([timedelta(hours=hours) for hours in (0, 0, 1, 3, 200)]),
    ),
    interview=st.sampled_from((InterviewPolicy(), InterviewPolicy(within=timedelta(hours=24)))),
)


def _numbered(
    told: Iterable[tuple[Reference, Kind, datetime, datetime, MissingFacts | None]],
) -> tuple[Telling, ...]:
    """Number the messages of each source, so that two forces use the same ids."""
    counts: dict[str, int] = {}
    tellings = []
    for reference, kind, told_at, occurred_at, missing in told:
        number = counts[reference.source] = counts.get(reference.source, 0) + 1
        key = MessageKey(reference.source, f"{number:03}")
        tellings.append(Telling(key, reference, kind, told_at, occurred_at, missing=missing))
    return tuple(tellings)


tellings_of_one_child = st.lists(_told, max_size=12).map(_numbered)


@st.composite
def deliveries(draw: st.DrawFn, tellings: Sequence[Telling]) -> list[Telling]:
    """Return the same messages in another order, some of them more than once."""
    again = draw(st.lists(st.sampled_from(tellings), max_size=6)) if tellings else []
    return draw(st.permutations([*tellings, *again]))
