"""Bytes as a person can look at them."""

MOST_SHOWN = 20_000
PER_LINE = 16


def readable(content: bytes) -> str:
    """Return bytes as text where they are UTF-8, else as a listing in hexadecimal; the beginning of many."""
    shown = content[:MOST_SHOWN]
    text = _text(shown, cut=len(content) > MOST_SHOWN)
    rest = len(content) - len(shown)
    return (_listing(shown) if text is None else text) + (f"\n… and {rest:,} bytes more" if rest else "")


def _text(content: bytes, *, cut: bool) -> str | None:
    """Return text, with control characters shown; None if it is not UTF-8, but for a last one cut through."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        if not cut or error.start < len(content) - 3:
            return None
        text = content[: error.start].decode()
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"  # noqa: PLR2004


def _listing(content: bytes) -> str:
    lines = (content[at : at + PER_LINE] for at in range(0, len(content), PER_LINE))
    return "\n".join(
        f"{number * PER_LINE:08x}  {line.hex(' '):<{PER_LINE * 3}} {_ascii(line)}"
        for number, line in enumerate(lines)
    )


def _ascii(line: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in line)  # noqa: PLR2004
