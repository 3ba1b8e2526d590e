"""Which child it is, where no number says so: likely candidates by key, then weights field by field."""

from domain.matching.blocking import blocks
from domain.matching.choosing import Among, Chosen, Unsure, among, choose
from domain.matching.index import Index
from domain.matching.likelihood import Likelihood, likelihood
from domain.matching.scoring import Bar, Compared, Score, Verdict, levels_of, score, verdict

__all__ = [
    "Among",
    "Bar",
    "Chosen",
    "Compared",
    "Index",
    "Likelihood",
    "Score",
    "Unsure",
    "Verdict",
    "among",
    "blocks",
    "choose",
    "levels_of",
    "likelihood",
    "score",
    "verdict",
]
