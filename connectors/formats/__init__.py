"""What forces send, understood by the formats that the policy gives: nothing is guessed."""

from connectors.formats.reading import path_of, skeleton
from connectors.formats.understanding import for_authority, read_as_sent, recognise, understand
from connectors.formats.vouching import is_listed, why_not_vouched

__all__ = [
    "for_authority",
    "is_listed",
    "path_of",
    "read_as_sent",
    "recognise",
    "skeleton",
    "understand",
    "why_not_vouched",
]
