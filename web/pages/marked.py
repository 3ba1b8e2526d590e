"""The original as text, with the line of it marked that a message is of, where that is certain."""

import re
from dataclasses import dataclass
from typing import Final

from web.pages.bytes import readable

BEFORE: Final = 8_000
"""Characters that are shown before the line; of what stands before those only the first line."""
ROW: Final = re.compile(r"((?:line|row) [0-9]+): ", re.ASCII)
HEAD: Final = re.compile(r"\[(.*)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in three parts: before the line, the line, and after it. Without `id` all is `before`."""

    before: str
    line: str = ""
    after: str = ""
    id: str = ""


def as_text(content: bytes) -> Marked:
    """Return bytes as a person can look at them, none of them marked."""
    return Marked(readable(content))


def marked(shown: str, place: str) -> Marked:
    """Return the text of an original with the line marked that stands at a place, such as `line 11`."""
    lines = shown.split("\n")
    found = [number for number, at in enumerate(_places(lines)) if at and at == place]
    if len(found) != 1:
        return as_text(shown.encode())
    [at] = found
    before, after = "\n".join(lines[:at]), "\n".join(lines[at + 1 :])
    if len(before) > BEFORE:
        _, _, near = before[-BEFORE:].partition("\n")
        before = f"{lines[0]}\n…\n{near}"
    part = place.rpartition(", ")[2].replace(" ", "-")
    return Marked(_text(f"{before}\n"), _text(lines[at]), _text(f"\n{after}") if after else "", part)


def _places(lines: list[str]) -> list[str]:
    """Return where each line of the text stands in the document; nothing for what is no row of a table."""
    places, within = [], ""
    for line in lines:
        if head := HEAD.fullmatch(line):
            within = f"{head[1]}, "
        row = ROW.match(line)
        places.append(f"{within}{row[1]}" if row else "")
    return places


def _text(text: str) -> str:
    return readable(text.encode())
