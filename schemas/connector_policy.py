"""How an outcome is spelt in the case-management system: data, so that no system is built into the code.

A template is text with names in braces, such as `{what}` or `Interview {interview_id}`. One that is a single
name gives the value as it is (a number, nothing); any other gives text.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from schemas.plan_update import OF_OUTCOME, OF_UPDATE
from schemas.section import Section

REFERENCE: Final = "{reference}"
ENDLESS = re.compile(r"(^|/)\.{1,2}(/|$)")


class Target(StrEnum):
    """Where approved outcomes go."""

    REST = "rest"
    FILES = "files"


def names_in(template: str) -> tuple[str, ...]:
    """Return the names in a template, in order.

    Raises:
        ValueError: a brace has no partner.
    """
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _check(template: str, known: tuple[str, ...]) -> str:
    for _, name, form, conversion in Formatter().parse(template):
        if name is not None and (name not in known or form or conversion):
            raise ValueError(f"names {{{name}}}, which is not known here: use one of {', '.join(known)}")
    return template


def _of_outcome(template: str) -> str:
    return _check(template, (*OF_UPDATE, *OF_OUTCOME))


def _path(template: str) -> str:
    _check(template, OF_UPDATE)
    if not template.startswith("/") or ENDLESS.search(template) or re.search(r"[?#\s]", template):
        raise ValueError("must be a path that begins with / and has no ?, #, blank or ..")
    if not {"authority_child_id", "child_id"}.intersection(names_in(template)):
        raise ValueError("must say whose plan it is: put {authority_child_id} into it")
    return template


Template = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_of_outcome)]
PathTemplate = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_path)]
Place = Annotated[str, StringConstraints(pattern=r"^[\w@$-]+(\.[\w@$-]+)*$", max_length=200)]
"""Where something stands in JSON: names of fields with dots between them."""


class RestPolicy(Section):
    """The other system's plan of a child: one JSON document, with a list that holds our actions."""

    path: PathTemplate = "/children/{authority_child_id}/plan"
    """The document's address, after the base URL."""
    method: Literal["PUT", "PATCH"] = "PUT"
    """How it is changed: as a whole, or by a JSON Merge Patch (RFC 7396) of the list alone."""
    id: Place = "id"
    """Where its own id stands in it."""
    actions: Place = "actions"
    """Where the list stands in it."""
    action: Annotated[Mapping[Place, Template], Field(min_length=1)] = {
        "reference": REFERENCE,
        "title": "{what}",
        "reason": "{why}",
        "childSaid": "{child_said}",
        "owner": "{owner}",
        "dueOn": "{due_on}",
        "measure": "{measure}",
        "interview": "{interview_id}",
        "decision": "{decision}",
    }
    """What one action in the list has: its fields, and what of ours each is made of."""

    @property
    def reference(self) -> str:
        """Return the field by which one of our actions is found again."""
        return next(place for place, template in self.action.items() if template == REFERENCE)

    @model_validator(mode="after")
    def _found_again(self) -> Self:
        if [*self.action.values()].count(REFERENCE) != 1:
            raise ValueError(f"needs exactly one field that is {REFERENCE}: by it an action is found again")
        return self

    @model_validator(mode="after")
    def _one_value_per_place(self) -> Self:
        for place in self.action:
            if any(other.startswith(f"{place}.") for other in self.action):
                raise ValueError(f"has {place} as a value and as a group of fields: choose one")
        return self


class ConnectorPolicy(Section):
    """Where approved outcomes go, and how they are spelt there."""

    targets: tuple[Target, ...] = ()
    """None: they stay in Homeward's own plan."""
    rest: RestPolicy = RestPolicy()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.targets)) < len(self.targets):
            raise ValueError("names a target twice: name each once")
        return self
