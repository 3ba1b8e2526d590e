"""Free text as people type it, with an error that names what cannot be kept and how to mend it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

LONGEST = 20_000
"""Characters of one text: about seven printed pages."""
LONGEST_LINE = 300
_NOT_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _readable(value: str) -> str:
    """Return text in Unicode's composed form, with line ends as `\\n` and nothing that cannot be shown."""
    if match := _NOT_KEPT.search(value):
        sign = f"U+{ord(match[0]):04X}"
        raise ValueError(f"holds a character that cannot be shown ({sign}) at {match.start() + 1}: remove it")
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _filled(value: str) -> str:
    if not value:
        raise ValueError("is empty: fill it")
    return value


Prose = Annotated[str, StringConstraints(strict=True, max_length=LONGEST), AfterValidator(_readable)]
"""Any number of lines, at most 20,000 characters; may be empty while it is a draft."""
Line = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_LINE), AfterValidator(_readable)]
"""A name, a place or a phrase: at most 300 characters; may be empty while it is a draft."""


Reason = Annotated[Prose, AfterValidator(_filled)]
"""Prose that must not be empty: why."""
Words = Annotated[Line, AfterValidator(_filled)]
"""A line that must not be empty."""


class Part(BaseModel):
    """What every part of a record or command is: frozen, and strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
