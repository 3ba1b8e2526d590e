"""The plans that the peer keeps: one JSON document per child, with versions, keys, and people at work."""

import copy
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answer:
    """What the peer answers."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """One child's plan, as it is and as it was one version ago."""

    document: dict[str, Any]
    version: int = 1
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'"{self.document["id"]}-{self.version}"'

    def change(self, document: dict[str, Any]) -> None:
        self.before, self.document = self.document, document
        self.version += 1


@dataclass(slots=True)
class Plans:
    """Every plan by its address. Plans are there before anybody asks: a child known here has one."""

    plans: dict[str, Plan] = field(default_factory=dict)
    by_person: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, tuple[str, Answer | None]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    replayed: int = 0
    refused: int = 0

    def plan(self, path: str) -> Plan:
        if path not in self.plans:
            name = path.split("/")[2]
            self.plans[path] = Plan(
                {"id": f"P-{name}", "coordinator": "D. Whitlock", "notes": [], "actions": []}
            )
        return self.plans[path]

    def read(self, path: str) -> Answer:
        if path in self.absent:
            return Answer(404, {"title": "no such child"})
        plan = self.plan(path)
        return Answer(200, plan.document, {} if path in self.silent else {"ETag": plan.etag})

    def begin(self, path: str, key: str, body: bytes) -> Answer | None:
        """Return what a key was answered with before, or that it is under way; None for a new one."""
        print_ = hashlib.sha256(path.encode() + b"\n" + body).hexdigest()
        if key in self.keys:
            before, answer = self.keys[key]
            if before != print_:
                return Answer(422, {"title": "the key was used for another request"})
            self.replayed += answer is not None
            return answer or Answer(409, {"title": "the same request is under way"})
        self.keys[key] = (print_, None)
        return None

    def settle(self, key: str, answer: Answer) -> None:
        """Keep an answer for whoever sends the same again, also a refusal; what was not done may be tried."""
        if answer.status in {200, 412}:
            self.keys[key] = (self.keys[key][0], answer)
        else:
            self.forget(key)

    def forget(self, key: str) -> None:
        self.keys.pop(key, None)

    def write(self, method: str, path: str, condition: str, body: bytes) -> Answer:
        """Change a plan, if nobody else did since it was read."""
        plan = self.plan(path)
        if condition != plan.etag:
            self.refused += 1
            return Answer(412, {"title": f"the plan is at {plan.etag}"})
        told = json.loads(body)
        plan.change({**plan.document, **told} if method == "PATCH" else told)
        return Answer(200, plan.document, {"ETag": plan.etag})

    def edited_by_a_person(self, path: str) -> None:
        """Let a person change another field, and another action, of a plan."""
        plan = self.plan(path)
        document = copy.deepcopy(plan.document)
        note = f"note {len(document['notes']) + 1} of D. Whitlock"
        document["notes"].append(note)
        document["actions"].append({"title": note, "addedBy": "D. Whitlock"})
        self.by_person.setdefault(path, []).append(note)
        plan.change(document)

    def overwritten(self, path: str) -> None:
        """Put the version before back, as from somebody's old copy."""
        plan = self.plan(path)
        plan.change(copy.deepcopy(plan.before))
