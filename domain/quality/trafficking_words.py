"""Trafficking, radicalisation, and the signs that go with all exploitation, as data."""

from typing import Final

from domain.quality.exploitation_words import EXPLOITATION_ANSWERS, Topic
from domain.quality.text import lines
from schemas.record import IndicatorKind

TRAFFICKING: Final = Topic(
    "trafficking or forced marriage",
    lines(
        r"""
        traffick\w*
        modern slavery
        forced (?:marriage|labour)
        (?:made|make|making|forced?|forcing|wants? (?:me|her|him)|have|has
            |going) (?:\w+ ){0,2}(?:to )?(?:marry (?:him|her|my|a|someone|the)|get married to)
        (?:took|taken|takes|has|kept|keeps|got) (?:my|her|his|their) passport
        fgm
        (?:got|get|getting|been|was) engaged (?:in|by|over|on|without)(?!\w)
        nikah
        (?:tak(?:e|ing)|send(?:ing)?|fly(?:ing)?) (?:me|us|her|him) (?:back )?(?:to|home
            |over) (?:\w+ ){0,3}to (?:be
            |get )?(?:marry|married)
        (?:have|has|had|made (?:me|her|him)) (?:to )?work (?:\w+ ){0,5}(?:debt|for nothing|unpaid|without pay)
        rishta
        forced (?:engagement|wedding)
        (?:car wash|nail bar) (?:\w+ ){0,4}(?:not paid|no pay|without pay|to pay)
        """
    ),
    lines(
        EXPLOITATION_ANSWERS
        + r"""
        passport
        marri\w*
        marry
        forced
        fmpo
        protection order
        fgm
        fmu
        engage(?:d|ment)
        wedding
        traffick\w*
        modern slavery
        ictg
        guardian
        """
    ),
    frozenset({IndicatorKind.TRAFFICKING}),
)

RADICAL: Final = Topic(
    "radicalisation",
    lines(
        r"""
        radicali[sz]\w*
        extremis\w*
        """
    ),
    lines(
        r"""
        prevent
        channel
        radicali[sz]\w*
        extremis\w*
        police
        """
    ),
    frozenset({IndicatorKind.RADICALISATION}),
)

SIGNS: Final = Topic(
    "exploitation",
    lines("exploit(?:ed|ing|s)"),
    lines(
        EXPLOITATION_ANSWERS
        + r"""
        phones?
        money
        cash
        gifts?
        trainers
        older
        train
        tickets?
        """
    ),
    frozenset(
        {
            IndicatorKind.UNEXPLAINED_MONEY,
            IndicatorKind.SECOND_PHONE,
            IndicatorKind.TRAIN_TICKETS,
            IndicatorKind.OLDER_ASSOCIATES,
            IndicatorKind.GIFTS,
        }
    ),
)
