"""What makes a mail one that is refused at the door: too large, or a zip bomb attached to it."""

from collections.abc import Iterator
from email.message import EmailMessage

from connectors.documents.archives import Refused, TooLarge, kind_of
from connectors.documents.limits import MOST_BYTES, MOST_PARTS
from connectors.documents.mail_heads import parsed
from connectors.documents.mails import content_of

TOO_LARGE = f"is larger than {MOST_BYTES // 1_000_000} MB"
ZIPPED = b"PK\x03\x04"


def why_refused(content: bytes) -> str | None:
    """Return why a mail is refused; None where it is taken, whatever else is wrong with it."""
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    if ZIPPED[:2] not in content and b"base64" not in content.lower():
        return None
    message = parsed(content)
    return next(_bombs(message), None) if message else None


def _bombs(message: EmailMessage) -> Iterator[str]:
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return
        attached = b"" if part.is_multipart() else content_of(part)
        if attached.startswith(ZIPPED):
            try:
                kind_of(attached)
            except TooLarge as bomb:
                yield f"has an attachment that {bomb}"
            except Refused:
                pass  # damaged or encrypted: a fault of its content, which a person sees
