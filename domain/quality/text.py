"""Reading prose: its words, sentences and quotations, each with where it stands.

Every function is linear in the length of a text that is `plain`, and keeps its offsets.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_SIGNS: Final = str.maketrans(
    dict.fromkeys("’‘‛ʼ′`´‚‹›", "'")
    | dict.fromkeys("“”„‟«»″❝❞「」『』＂", '"')
    | {"\u00a0": " ", "‐": "-", "‑": "-"}
)
WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_END: Final = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\s*\n\s*|(?<=[;])\s+")
_QUOTED: Final = re.compile(
    r"\"([^\"\n]{1,1500})\"|(?<![\w'])'(?=[^\s'])((?:[^'\n]|(?<=\w)'(?=\w)){1,600})'(?!\w)"
)
_BLANKS: Final = re.compile(r"\s+")
_CONTINUED: Final = re.compile(r"\n\s*(?=[|)])")
_ENDINGS: Final = ("ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
_SHORTEST_STEM: Final = 3


class Span(NamedTuple):
    """A stretch of a text, with where it begins and ends there."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Return text with one kind of apostrophe, quotation mark and hyphen, and no blanks beside blanks."""
    return _BLANKS.sub(_one_blank, text.translate(_SIGNS))


def _one_blank(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks[0] else " "


def words(text: str) -> list[str]:
    """Return the words in lower case, in order, doubles included."""
    return WORD.findall(plain(text).lower())


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences and lines of a text that are not empty."""
    start = 0
    for end in _END.finditer(text):
        yield from _span(text, start, end.start())
        start = end.end()
    yield from _span(text, start, len(text))


def quotations(text: str) -> Iterator[Span]:
    """Yield what stands in quotation marks of any kind, without the marks. `text` is `plain`."""
    for match in _QUOTED.finditer(text):
        number = 1 if match[1] is not None else 2
        yield Span(match[number], match.start(number), match.end(number))


def unquoted(text: str) -> str:
    """Return the narrator's own text: what is quoted is blanked out, and offsets stay."""
    kept, at = [], 0
    for quote in quotations(text):
        kept += [text[at : quote.start], " " * (quote.end - quote.start)]
        at = quote.end
    return "".join([*kept, text[at:]])


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its commonest endings: `arguing` and `argued` become `argu`."""
    base = word.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST_STEM and not base.endswith("ss"):
            base = base[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(base) > _SHORTEST_STEM and base[-1] == base[-2] and base[-1] not in "lsz":
        base = base[:-1]
    return base.removesuffix("e") if len(base) > _SHORTEST_STEM else base


def stems(text: str) -> list[str]:
    """Return the stems of all words, in order."""
    return [stem(word) for word in words(text)]


def stemmed(listed: str) -> frozenset[str]:
    """Return the stems of a list of words written with spaces between."""
    return frozenset(stems(listed))


def pattern(alternatives: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for whole words, each a regular expression; a space is any white space."""
    joined = "|".join(each.strip().replace(" ", r"\s+") for each in alternatives)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def lines(listed: str) -> re.Pattern[str]:
    """Return `pattern` of a table, one alternative a line; one that begins with `|` or `)` goes on."""
    return pattern(line for line in _CONTINUED.sub("", listed).splitlines() if line.strip())


def _span(text: str, start: int, end: int) -> Iterator[Span]:
    inner = text[start:end]
    if stripped := inner.strip():
        start += len(inner) - len(inner.lstrip())
        yield Span(stripped, start, start + len(stripped))
