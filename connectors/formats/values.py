"""What a field's text is understood as, by how the field is read."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from connectors.formats.moments import Doubt, day_in, moment_in
from connectors.formats.records import key, tidy
from schemas.formats_policy import FIELDS, OURS, ForceFormat, Reads

POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE)
TURNS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction in which what follows is read."""
UNSEEN: Final = frozenset({"Cc", "Cf"})
"""The categories of characters of which nothing is seen, as Unicode has them."""
LOST: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that was lost, here or before it came here."""
UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")
SURNAME_AND_NAMES: Final = 2


def understood(field: str, text: str, form: ForceFormat) -> Any:
    """Return the value of a field as it stands in a notification.

    Raises:
        Doubt: it is not understood with certainty.
    """
    if bad := UNKEEPABLE.search(text):
        raise Doubt(f"holds a character that cannot be kept ({_named(bad[0])}): write it anew")
    if LOST in text and FIELDS[field] is not Reads.LONG_TEXT:
        raise Doubt("holds a character that was lost on its way: write it anew")
    return READERS[FIELDS[field]](field, text, form)


def note_on(text: str) -> str | None:
    """Return what a person should know of a text that is kept as it came: what of it cannot be seen, or was
    lost.
    """
    unseen = {one for one in text if unicodedata.category(one) in UNSEEN and not one.isspace()}
    notes = list(_notes(unseen & TURNS, unseen - TURNS))
    if LOST in text:
        notes.append(f"holds {_named(LOST)}, which stands for a character that was lost on its way")
    return f"{'; '.join(notes)}: kept as it came" if notes else None


def _notes(turns: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    if named := ", ".join(sorted(map(_named, turns))):
        yield f"holds {named}, which changes the direction of reading"
    if named := ", ".join(sorted(map(_named, others))):
        yield f"holds {named}, which cannot be seen"


def plain(text: str) -> str:
    """Return a text that can be kept, what cannot replaced."""
    return UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


def _word(field: str, text: str, form: ForceFormat) -> str:
    """Return our word for the force's; our own words are understood too."""
    told = {key(theirs): ours for theirs, ours in form.words.get(field, {}).items()}
    own = {key(word.replace("_", " ")): word for word in OURS.get(field, ())}
    own |= {key(word): word for word in OURS.get(field, ())}
    known: Mapping[str, str] = own | told
    if key(text) in known:
        return known[key(text)]
    if field not in OURS and not told:
        return text
    raise Doubt(f"is no word that the format knows ({', '.join(sorted(known))})")


def _text(field: str, text: str, form: ForceFormat) -> str:
    return _word(field, tidy(text), form)


def _long_text(_field: str, text: str, _form: ForceFormat) -> str:
    return text.strip()


def _list(field: str, text: str, form: ForceFormat) -> list[str]:
    parted = re.split(f"[{re.escape(form.lists)}\n]", text)
    return [_word(field, tidy(each), form) for each in parted if each.strip()]


def _lines(_field: str, text: str, _form: ForceFormat) -> list[str]:
    return [tidy(each) for each in re.split(r"[\n,]", text) if each.strip()]


def _day(_field: str, text: str, form: ForceFormat) -> str:
    return day_in(tidy(text), form).isoformat()


def _moment(_field: str, text: str, form: ForceFormat) -> str:
    return moment_in(tidy(text), form).isoformat()


def _yes_no(field: str, text: str, form: ForceFormat) -> bool:
    return _word(field, text, form) == "yes"


def _names(_field: str, text: str, _form: ForceFormat) -> dict[str, str]:
    parts = [tidy(each) for each in text.split(",")]
    if len(parts) != SURNAME_AND_NAMES or not all(parts):
        raise Doubt("is not one family name, a comma, and given names")
    return {"family_name": parts[0], "given_names": parts[1]}


READERS: Final[Mapping[Reads, Callable[[str, str, ForceFormat], Any]]] = {
    Reads.KEY: lambda _field, text, _form: tidy(text),
    Reads.TEXT: _text,
    Reads.LONG_TEXT: _long_text,
    Reads.LIST: _list,
    Reads.LINES: _lines,
    Reads.DAY: _day,
    Reads.MOMENT: _moment,
    Reads.WORD: _word,
    Reads.YES_NO: _yes_no,
    Reads.NAMES: _names,
}


def postcode_of(lines: Sequence[str]) -> tuple[list[str], str | None]:
    """Return an address without the postcode that ends it, and that."""
    if lines and POSTCODE.fullmatch(lines[-1]):
        return list(lines[:-1]), lines[-1].upper()
    return list(lines), None
