"""Whether a mail comes from whom it says, by what our own mail server found.

Source: RFC 8601 (Authentication-Results); only the header of the server that the format names is believed.
SPF and DKIM pass for whoever sent or signed: they vouch only where that is the domain that people see.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from connectors.documents.parts import Mail
from schemas.formats_policy import MailFormat, Proof

RESULT: Final = re.compile(
    r"\s*(?P<proof>spf|dkim|dmarc)\s*(?:/\s*\d+\s*)?=\s*(?P<result>\w+)", re.IGNORECASE
)
TOLD: Final = re.compile(r"\b(?P<name>[a-z]+\.[a-z]+)\s*=\s*(?P<value>\S+)", re.IGNORECASE)
EXCHANGE_ONLINE: Final = "exchange-online"
WITHIN_QUOTES: Final = re.compile(r"[\w.@+-]")
IDENTITIES: Final[Mapping[Proof, tuple[str, ...]]] = {
    Proof.SPF: ("smtp.mailfrom", "smtp.helo"),
    Proof.DKIM: ("header.d", "header.i"),
    Proof.DMARC: ("header.from",),
}
"""Where each proof says for which domain it holds; DMARC without a word holds for the one that people see."""
LABELS_OF_A_DOMAIN: Final = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What was found by one proof, and for which domain."""

    proof: Proof
    result: str
    domain: str


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
    results = _found_by(form.vouched_by, mail)
    if results is None:
        return (
            f"{form.vouched_by} says nothing of who sent it: it may not be from {mail.sender or 'its sender'}"
        )
    return _judged(results, mail, form)


def _found_by(server: str, mail: Mail) -> list[Result] | None:
    """Return what our mail server found; None where it says nothing.

    Exchange Online gives no name of itself: it writes the topmost header, above all that came with the mail.
    """
    if server.casefold() == EXCHANGE_ONLINE:
        statements = _plain("".join(mail.authentication[:1])).split(";")
        return _read(statements) if RESULT.match(statements[0]) else None
    for told in mail.authentication:
        named, *statements = _plain(told).split(";")
        if named.split()[:1] and named.split()[0].casefold() == server.casefold():
            return _read(statements)
    return None


def _read(statements: Iterable[str]) -> list[Result]:
    return [found for each in statements for found in _result(each)]


def _judged(results: list[Result], mail: Mail, form: MailFormat) -> str | None:
    found = {proof: [each for each in results if each.proof is proof] for proof in form.proofs}
    failed = [proof for proof, of in found.items() if not any(each.result == "pass" for each in of)]
    if failed:
        told = ", ".join(f"{one.value}={found[one][0].result if found[one] else 'none'}" for one in failed)
        return f"{form.vouched_by} does not vouch for {mail.sender}: {told}"
    domain = mail.sender.rpartition("@")[2].casefold()
    for proof, of in found.items():
        passed = [each.domain for each in of if each.result == "pass"]
        if not any(_is_for(proof, each, domain) for each in passed):
            other = f"{form.vouched_by} vouches for {passed[0] or 'no domain that it names'} ({proof.value})"
            return f"{other}, but it says that it is from {mail.sender}"
    return None


def _is_for(proof: Proof, told: str, domain: str) -> bool:
    if proof is Proof.DMARC:
        return told in {"", domain}
    return told == domain or _is_under(told, domain) or _is_under(domain, told)


def _is_under(lower: str, upper: str) -> bool:
    return upper.count(".") >= LABELS_OF_A_DOMAIN - 1 and lower.endswith(f".{upper}")


def _result(statement: str) -> Iterator[Result]:
    """Yield what a statement begins with; whatever else it says may be words of the sender."""
    if match := RESULT.match(statement):
        proof = Proof(match["proof"].lower())
        told = {one["name"].lower(): one["value"].casefold() for one in reversed([*TOLD.finditer(statement)])}
        identity = next((told[name] for name in IDENTITIES[proof] if name in told), "")
        yield Result(proof, match["result"].lower(), identity.rpartition("@")[2])


def _plain(header: str) -> str:
    """Return a header without comments; in quotes, which hold a sender's words, nothing parts or equals."""
    plain: list[str] = []
    depth, quoted, characters = 0, False, iter(header)
    for one in characters:
        if one == "\\":
            next(characters, "")
        elif one == '"' and not depth:
            quoted = not quoted
        elif quoted:
            plain.append(one if WITHIN_QUOTES.match(one) else "")
        elif one in "()":
            depth = max(0, depth + (1 if one == "(" else -1))
        elif not depth:
            plain.append(one)
    return "".join(plain)
