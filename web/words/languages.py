"""Which languages children's pages are in, and how a page says its words and days in one of them.

English is what stands in the templates. Another language is one line here, and one file,
`web/locale/CODE/LC_MESSAGES/homeward.po`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LONDON: Final = ZoneInfo("Europe/London")
LOCALE: Final = Path(__file__).parents[1] / "locale"
DOMAIN: Final = "homeward"
TEMPLATES: Final = ("childs_frame.html", "child/plan.html", "offer/*.html")
"""Where the words of children's pages stand, under `web/templates`."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `name` is its own name for itself; `spoken` what the directory of staff calls it."""

    code: str
    name: str
    spoken: str
    locale: str
    right_to_left: bool = False
    small_days: bool = False
    """Whether the name of a day begins with a small letter within a sentence."""

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"

    def day(self, on: date) -> str:
        """Return a day as `28 March 2026`."""
        return format_date(on, "d MMMM y", locale=self.locale)

    def weekday(self, at: datetime) -> str:
        """Return the day of an instant, in London, as `Saturday 28 March`, for within a sentence."""
        said = format_date(at.astimezone(LONDON).date(), "EEEE d MMMM", locale=self.locale)
        return said[0].lower() + said[1:] if self.small_days else said

    def tongues(self, spoken: Iterable[str]) -> str:
        """Return languages, as the directory of staff names them, as this one does."""
        names = Locale.parse(self.locale).languages
        comma = "، " if self.right_to_left else ", "
        own = _LACKING.get(self.code, {})
        return comma.join(
            own.get(each.casefold()) or names.get(_code_of(each)) or each.title() for each in spoken
        )


_LACKING: Final = {
    "cy": {
        "british sign language": "Iaith Arwyddion Prydain",
        "bsl": "Iaith Arwyddion Prydain",
        "sorani": "Cwrdeg Sorani",
    },
    "ar": {
        "british sign language": "لغة الإشارة البريطانية",
        "bsl": "لغة الإشارة البريطانية",
        "sorani": "الكردية السورانية",
        "romani": "الرومانية الغجرية",
    },
}
"""Languages that the names of the Unicode consortium lack, by their English name."""

ENGLISH: Final = Language("en", "English", "english", "en_GB")
LANGUAGES: Final = (
    ENGLISH,
    Language("cy", "Cymraeg", "welsh", "cy", small_days=True),
    Language("ar", "العربية", "arabic", "ar", right_to_left=True),
)


def language_of(*codes: str | None) -> Language:
    """Return the first of these that children's pages are in; English where none is."""
    known = {language.code: language for language in LANGUAGES}
    return next((known[code] for code in codes if code in known), ENGLISH)


def wanted_by(header: str | None) -> list[str]:
    """Return the codes of the languages that a browser asks for (`Accept-Language`), the first first."""
    return [each.strip()[:2].lower() for each in (header or "").split(",")]


@lru_cache
def _code_of(spoken: str) -> str:
    """Return the code of a language by its name in English; none where it is not known."""
    names = Locale.parse(ENGLISH.locale).languages
    return next((code for code, name in names.items() if name.casefold() == spoken.casefold()), "")


@lru_cache
def translations(language: Language) -> NullTranslations:
    """Return what gettext reads: made of the language's own file, once."""
    if language is ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with (LOCALE / language.code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.locale))
    compiled.seek(0)
    return GNUTranslations(compiled)
