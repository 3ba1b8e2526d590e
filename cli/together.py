"""Settings that mean something only together."""

from pydantic_settings import BaseSettings


def all_or_none(settings: BaseSettings, *needed: str) -> None:
    """Refuse settings of which some are given and some are not.

    Raises:
        ValueError: the first that is given, a bar, and what it needs beside it.
    """
    lacking = [name for name in needed if getattr(settings, name) is None]
    if 0 < len(lacking) < len(needed):
        given = next(name for name in needed if name not in lacking)
        names = " and ".join(f"HOMEWARD_{name.upper()}" for name in lacking)
        raise ValueError(f"{given}|needs {names} beside it: give all or none")
