"""How the lists of children still missing that forces send are read, and compared with what is known here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from schemas.formats_policy import ForceFormat, Layout, MailFormat, MomentPattern, Pattern, Words
from schemas.section import Section

DAY: Final = timedelta(days=1)
Column = Literal["reference", "family_name", "given_names", "date_of_birth", "missing_since", "authority"]


def _known(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"{zone} is no time zone that is known here: such as Europe/London") from error
    return zone


class ListFormat(Section):
    """How one force writes its list. A column that is not named here is called as we call it."""

    source: Annotated[str, Field(pattern=r"^urn:police:\S+$", max_length=200)]
    """The force, as in a notification's `source`."""
    mail: MailFormat = MailFormat()
    """From whom it comes by mail; without senders no mail is a list."""
    columns: Mapping[Column, Annotated[tuple[Words, ...], Field(min_length=1)]] = {}
    """What the force calls each column; several names where it changes."""
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    """What parts cells, where it cannot be seen."""
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1", "utf-16"] | None = None
    zone: Annotated[str, AfterValidator(_known)] = "Europe/London"
    """The zone of times that have no offset."""
    days: tuple[Pattern, ...] = ("%d/%m/%Y",)
    """How days are written. Days such as 2026-03-28 are always understood."""
    moments: tuple[MomentPattern, ...] = ("%d/%m/%Y %H:%M",)
    """How times are written. Instants such as 2026-03-28T22:41:00+00:00 are always understood."""

    @property
    def written(self) -> ForceFormat:
        """Return how days and times are written, as a format of notifications says it."""
        return ForceFormat(
            name="list of missing children",
            source=self.source,
            layout=Layout.ROWS,
            zone=self.zone,
            days=self.days,
            moments=self.moments,
            fields={"subject": ("reference",), "occurred_at": ("missing_since",)},
            fixed={"type": "reported"},
        )


class PoliceListsPolicy(Section):
    """How the lists of missing children that forces send are read, and compared with what is known here."""

    formats: tuple[ListFormat, ...] = ()
    """A force without one is read by plain columns."""
    expected_within: Annotated[timedelta, Field(ge=timedelta(hours=1), le=31 * DAY)] = timedelta(hours=30)
    """How long after one list the next has come at the latest; without it managers are told."""
    lags: Annotated[timedelta, Field(ge=timedelta(0), le=DAY)] = timedelta(hours=1)
    """How far a list may be behind: what began or ended here so shortly before it is no difference."""

    def format_of(self, source: str) -> ListFormat:
        """Return how a force writes its list."""
        return next((one for one in self.formats if one.source == source), None) or ListFormat(source=source)
