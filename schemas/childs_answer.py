"""What a child answers to the offer of an interview, by the link that somebody gave them."""

from enum import StrEnum

from schemas.prose import Line, Part, Prose
from schemas.scalars import Name


class Said(StrEnum):
    """Whether the child wants to talk."""

    YES = "yes"
    NOT_NOW = "not_now"
    NO = "no"


class How(StrEnum):
    """Where, or by which way, the child would like to talk."""

    AT_HOME = "at_home"
    AT_SCHOOL = "at_school"
    PHONE = "phone"
    ELSEWHERE = "elsewhere"


class ChildsAnswer(Part):
    """The answer, as it was sent. `person`: a member of staff, by id; all else than `said` may be left out.

    `gender` and `language` are wishes, in the words of the directory of staff; `said_in` is the language of
    the page, as its code.
    """

    said: Said
    said_in: Name
    person: Name | None = None
    somebody_else: Line = ""
    gender: Name | None = None
    language: Name | None = None
    how: How | None = None
    place: Line = ""
    when: Prose = ""
    why: Prose = ""
    also: Prose = ""
