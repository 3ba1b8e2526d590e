"""Bytes into text: by the byte order mark, else strictly UTF-8, else as it is said, else Windows-1252."""

import codecs
from dataclasses import dataclass
from typing import Final

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN: Final = frozenset({"ascii", "utf-8", "iso8859-1", "cp1252"})
"""Names that senders give to what is UTF-8 or Windows-1252 in truth."""
FAMILIES: Final = ("utf-", "iso8859", "cp", "koi8", "mac", "big5", "gb", "shift_jis", "euc_", "iso2022")
"""Python has more codecs than character sets: the others are not for text, or slow on purpose-made input."""
SAMPLE: Final = 4_000
MANY_ZEROS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what is doubtful about how it was decoded."""

    text: str
    doubt: str | None = None


def decode(content: bytes, said: str | None = None) -> Decoded:
    """Return the text of a file; `said` is the character set that its sender or its format names."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return _strictly(content, name) or Decoded(
                content.decode(name, "replace"), f"is not whole {name.upper()}: save it again as UTF-8"
            )
    for each in _candidates(content, _known(said)):
        if decoded := _strictly(content, each):
            return decoded
    return Decoded(
        content.decode("latin-1"),
        "is neither UTF-8 nor Windows-1252: save it again as UTF-8, or name its encoding",
    )


def is_binary(text: str) -> bool:
    """Tell whether this is no text at all."""
    sample = text[:SAMPLE]
    controls = sum(one < " " and one not in "\t\n\r\f\v\x1a\x1b" for one in sample)
    return "\0" in sample or controls * 20 > len(sample)


def _candidates(content: bytes, name: str | None) -> tuple[str, ...]:
    if zeros := _sixteen_bits(content):
        return (zeros,)
    if name is None or name in WESTERN:
        return "utf-8", "cp1252"
    return name, "utf-8", "cp1252"


def _known(said: str | None) -> str | None:
    try:
        name = codecs.lookup((said or "").strip()).name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(FAMILIES) or name == "ascii" else None


def _strictly(content: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(content.decode(name))
    except (UnicodeError, LookupError):
        return None


def _sixteen_bits(content: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every other byte of English text is a zero."""
    sample = content[:SAMPLE]
    if not sample or len(content) % 2:
        return None
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if high > MANY_ZEROS * len(sample) and not low:
        return "utf-16-le"
    return "utf-16-be" if low > MANY_ZEROS * len(sample) and not high else None
