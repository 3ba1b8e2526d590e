"""Episodes and interviews of a few children in memory, changed as the store would be changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid5

from hypothesis import strategies as st

from casework.change import Change, by_child, change
from domain.clock import interview_due_at
from domain.continuity import NAMESPACE, Remembered
from domain.diff import facts_of
from domain.interview import SETTLED, Interview, Placed
from domain.telling import MessageKey, Telling
from schemas.policy import Policy
from schemas.words import Stage
from store.episodes import EpisodeRow, columns_of
from tests.property.telling_strategies import tellings_of_one_child

AUTHORITY = "E06000018"
AMARA, LEO, ZOFIA = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo", "Zofia"))
MOVES = st.lists(
    st.tuples(st.sampled_from([AMARA, AMARA, LEO, ZOFIA]), st.integers(1, 2**12 - 1)), max_size=5
)
Step = tuple[UUID, tuple[Telling, ...]]


class Casefile:
    """What is stored. A change reads and writes only what belongs to the children that it concerns."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or Policy()
        self.messages: dict[MessageKey, tuple[UUID, Telling]] = {}
        self.episodes: dict[UUID, EpisodeRow] = {}
        self.interviews: dict[UUID, Interview] = {}
        self.placed: dict[UUID, Placed] = {}

    def tell(self, child_id: UUID, *tellings: Telling) -> Change:
        """Say that messages, known or new, are about a child."""
        before = {self.messages[t.key][0] for t in tellings if t.key in self.messages}
        self.messages |= {t.key: (child_id, t) for t in tellings}
        return self.change({child_id, *before})

    def of(self, child_id: UUID) -> list[Telling]:
        return [telling for owner, telling in self.messages.values() if owner == child_id]

    def change(self, concerned: Iterable[UUID] | None = None) -> Change:
        """Fold the messages of the children concerned (of all, if none is named) and store the outcome."""
        everybody = {child_id for child_id, _ in self.messages.values()}
        children = everybody if concerned is None else set(concerned)
        rows = [row for row in self.episodes.values() if row.child_id in children]
        interviews = [i for i in self.interviews.values() if i.child_id in children]
        messages = by_child(owned for owned in self.messages.values() if owned[0] in children)
        own = {row.remembered.id for row in rows} | {i.id for i in interviews}
        elsewhere = (self.episodes.keys() | self.interviews.keys()) - own
        changed = change(messages, rows, interviews, self.policy, AUTHORITY, elsewhere=elsewhere)
        assert elsewhere.isdisjoint({one.id for one in changed.placed} | {i.id for i in changed.interviews})
        self._save(changed, children)
        return changed

    def act(self, interview: Interview) -> None:
        """Record what people did to an interview."""
        self.interviews[interview.id] = interview

    def live(self, episode_id: UUID) -> list[Interview]:
        return [i for i in self.interviews.values() if i.episode_id == episode_id and i.stage != "voided"]

    def _save(self, changed: Change, children: set[UUID]) -> None:
        self.placed = {id_: one for id_, one in self.placed.items() if one.child_id not in children}
        self.placed |= {one.id: one for one in changed.placed}
        self.episodes |= {one.id: self._row(one) for one in changed.new_episodes}
        for id_, by in changed.superseded_by.items():
            assert by is None or by in self.placed
            row = self.episodes[id_]
            self.episodes[id_] = replace(row, remembered=replace(row.remembered, superseded=True))
        self.interviews |= {interview.id: interview for interview in changed.new_interviews}
        assert all(self.interviews[interview.id] == interview for interview in changed.interviews)

    def _row(self, one: Placed) -> EpisodeRow:
        stored = self.episodes.get(one.id)
        number = stored.remembered.number if stored else len(self.episodes) + 1
        remembered = Remembered(one.id, number, False, frozenset(one.episode.notifications))
        return EpisodeRow(remembered, one.child_id, facts_of(one.episode), columns_of(one.episode))


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Return, step by step, some messages and whose they are said to be; they may be said to move later."""
    tellings = draw(tellings_of_one_child)
    chosen = [
        (child_id, tuple(t for place, t in enumerate(tellings) if bits >> place & 1))
        for child_id, bits in draw(MOVES)
    ]
    return [*chosen, (draw(st.sampled_from([AMARA, LEO])), tellings)][: len(chosen) + draw(st.integers(0, 1))]


def check_interviews(file: Casefile) -> None:
    """Each clock has one live interview, due when it says; without a clock only what is settled lives."""
    for id_, one in file.placed.items():
        clock, live = one.episode.clock, file.live(id_)
        assert len(live) == 1 if clock else all(i.stage in SETTLED for i in live)
        assert all(i.child_id == one.child_id for i in live)
        if clock and live[0].stage not in SETTLED:
            due_at = interview_due_at(clock.starts_at, file.policy.interview.within)
            told = (live[0].clock_started_at, live[0].due_at, live[0].provisional_due)
            assert told == (clock.starts_at, due_at, one.episode.provisional_due)
    living = Counter(i.episode_id for i in file.interviews.values() if i.stage is not Stage.VOIDED)
    assert max(living.values(), default=0) <= 1
    homeless = [i for i in file.interviews.values() if i.episode_id not in file.placed]
    assert all(i.stage in SETTLED for i in homeless)
