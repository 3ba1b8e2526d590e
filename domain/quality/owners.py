"""Whether an outcome's owner is one person, by name."""

import re
from typing import Final

from domain.quality.people_words import BODIES, CROWDS, POSTS
from domain.quality.text import plain, stem, stems, words

SEPARATOR: Final = re.compile(
    r"[,;:()/&+\[\]|]|\s[-–—]+\s|(?<!\w)(?:and|at|from|of|with|for|in|to|as|on behalf of|c/o)(?!\w)",
    re.IGNORECASE,
)


def names_somebody(owner: str, child: frozenset[str] = frozenset()) -> bool:
    """Whether an owner is one person, by name; a relative is one by the word alone.

    `child` are stems of the child's names: `everyone around Leo` does not name Leo.
    """
    written = plain(owner)
    of_child = CROWDS.search(written) is not None or "'s " in written
    return any(_is_name(part, child if of_child else frozenset()) for part in SEPARATOR.split(written))


def names_only_posts(owner: str, child: frozenset[str]) -> bool:
    """Whether every word is of a post, a body or a crowd, the child's name aside: `everyone around Leo`."""
    return all(_is_post(word) or stem(word) in child for word in words(plain(owner)))


def owner_stems(owner: str) -> list[str]:
    """Return the stems of the owner's own name: what stands before the post or the body."""
    return stems(SEPARATOR.split(plain(owner))[0])


def _is_name(part: str, child: frozenset[str]) -> bool:
    if all(_is_post(word) or stem(word) in child for word in words(part)):
        return False
    if body := BODIES.search(part):
        return not all(map(_is_post, words(part[body.end() :])))
    return True


def _is_post(word: str) -> bool:
    return word in POSTS or word.removesuffix("s") in POSTS
