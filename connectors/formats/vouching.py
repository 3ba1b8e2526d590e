"""Whether a mail comes from whom it says, by what our own mail server found.

Source: RFC 8601 (Authentication-Results); only the header of the server that the format names is believed.
"""

import re
from typing import Final

from connectors.documents.parts import Mail
from schemas.formats_policy import MailFormat

RESULT: Final = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)", re.IGNORECASE)
COMMENT: Final = re.compile(r"\([^()]*\)")
FROM: Final = re.compile(r"\bheader\.from\s*=\s*\"?(?P<domain>[^\s;\"]+)", re.IGNORECASE)


def is_listed(mail: Mail, form: MailFormat) -> bool:
    """Tell whether the format's force sends from this address; one that lists none takes any."""
    sender = mail.sender.casefold()
    return not form.senders or any(
        sender == one or (one.startswith("@") and sender.endswith(one)) for one in form.senders
    )


def why_not_vouched(mail: Mail, form: MailFormat) -> str | None:
    """Return why a mail may be from somebody else; None where it is vouched for, or need not be."""
    if form.vouched_by is None:
        return None
    for told in mail.authentication:
        server, _, results = COMMENT.sub("", told).partition(";")
        if server.split()[:1] and server.split()[0].casefold() == form.vouched_by.casefold():
            return _judged(results, mail, form)
    return f"{form.vouched_by} says nothing of who sent it: it may not be from {mail.sender or 'its sender'}"


def _judged(results: str, mail: Mail, form: MailFormat) -> str | None:
    told: dict[str, str] = {}
    for proof, result in RESULT.findall(results):
        told.setdefault(proof.lower(), result.lower())
    failed = [proof.value for proof in form.proofs if told.get(proof.value) != "pass"]
    if failed:
        found = ", ".join(f"{proof}={told.get(proof, 'none')}" for proof in failed)
        return f"{form.vouched_by} does not vouch for {mail.sender}: {found}"
    domain = mail.sender.rpartition("@")[2].casefold()
    vouched = FROM.search(results)
    if vouched and vouched["domain"].casefold().rpartition("@")[2] != domain:
        return f"{form.vouched_by} vouches for {vouched['domain']}, but it says that it is from {mail.sender}"
    return None
