"""Text that stands in a page's address."""

from typing import Annotated

from pydantic import AfterValidator, Field


def _as_kept(text: str) -> str:
    """Return text without what no database keeps: nothing has it, and nothing is found by it."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


Text = Annotated[str, Field(max_length=200), AfterValidator(_as_kept)]
"""A short text, empty where nothing is asked."""
