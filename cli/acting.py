"""Who gives a command, when it is given, and for which authority."""

import getpass
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from cli.errors import Stop


def person() -> str:
    """Return who acts, for the ledger: whoever may use this machine sees restricted children too."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return f"system:cli:{name}"


def now_utc() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def one_of(authorities: Sequence[str], chosen: str | None) -> str:
    """Return the chosen authority; without a choice, the only one served here.

    Raises:
        Stop: it is not served here, or several are.
    """
    if chosen is None and len(authorities) == 1:
        return authorities[0]
    if chosen is None:
        raise Stop(f"several authorities are served here: choose --authority {' or '.join(authorities)}", 2)
    if chosen not in authorities:
        served = ", ".join(authorities)
        raise Stop(f"{chosen} is not served here: use one of {served}, or add it to HOMEWARD_AUTHORITIES")
    return chosen
