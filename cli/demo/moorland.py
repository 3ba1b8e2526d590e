"""Moorland exports a JSON:API document for each telling; the officer's form stands in it as text."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cli.demo.desk import Told
from cli.demo.writing import Facts, Sent
from schemas.words import Kind

KINDS: Final = (Kind.REPORTED, Kind.RETURNED)


def documents(told: Sequence[Told]) -> Iterator[Sent]:
    """Yield a document for each telling."""
    exported = [one for one in told if Facts(one).kind in KINDS]
    for number, one in enumerate(exported, 1):
        text = json.dumps(document_of(one), indent=2, ensure_ascii=False)
        yield Sent(f"moorland-{one.at:%Y-%m-%d}-{number}.json", text.encode())


def document_of(told: Told) -> dict[str, Any]:
    """Return a telling as a document."""
    facts = Facts(told)
    attributes = {
        "incidentNumber": facts.reference,
        "eventKind": facts.word("type"),
        "createdAt": facts.told_at.isoformat(),
        "eventAt": facts.occurred_at.isoformat(),
        **(_reported(facts) if facts.kind is Kind.REPORTED else _returned(facts)),
        "persons": [
            {
                "familyName": facts.of("child.family_name"),
                "givenName": facts.of("child.given_names"),
                "birthDate": facts.of("child.date_of_birth"),
            }
        ],
    }
    resource = {"type": "missing-incident", "id": str(told.event["id"]), "attributes": attributes}
    return {"jsonapi": {"version": "1.1"}, "data": resource}


def _reported(facts: Facts) -> dict[str, str]:
    form = {
        "Last seen": f"{facts.last_seen_at:%d/%m/%Y %H:%M}",
        "Last seen at": facts.of("missing.last_seen_place"),
        "Missing from": facts.word("missing.missing_from"),
        "Circumstances": facts.of("missing.circumstances"),
    }
    return {
        "category": facts.word("missing.category"),
        "riskGrade": facts.word("missing.risk_level"),
        "formText": "MISSING PERSON FORM\n" + "".join(f"{label}: {text}\n" for label, text in form.items()),
    }


def _returned(facts: Facts) -> dict[str, str]:
    return {"returnedTo": facts.word("returned.returned_to")}
