"""PDFs that hold text: the lines of each page, and what was typed into a form's fields."""

import io
import logging
import warnings
from typing import Final

from pypdf import PasswordType, PdfReader

from connectors.documents.found import Found, within
from connectors.documents.limits import MOST_PAGES

ENCRYPTED: Final = "is encrypted: send it without a password, by a way that is itself secure"


def read_pdf(content: bytes, place: str, found: Found) -> None:
    """Read every page.

    Raises:
        Exception: whatever a damaged file makes the library do.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would log what it finds
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            found.fault(place, ENCRYPTED)
            return
        _pages(reader, place, found)


def _pages(reader: PdfReader, place: str, found: Found) -> None:
    fields = {name: value for name, value in reader.get_form_text_fields().items() if value}
    blank: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES:
            found.fault(place, f"has more than {MOST_PAGES} pages: the rest was left out; send it in parts")
            break
        text = page.extract_text()
        found.text(within(place, f"page {number}"), text)
        if not text.strip():
            blank.append(number)
    found.text(within(place, "form"), "\n".join(f"{name}: {value}" for name, value in fields.items()))
    if blank and not fields:
        pages = ", ".join(map(str, blank[:20]))
        found.fault(
            within(place, f"page {pages}"),
            "has no text that can be read, as when scanned: read it yourself, or ask for a PDF with text",
        )
