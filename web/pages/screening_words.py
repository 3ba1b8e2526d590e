"""What screeners see in words: fields, what would change, and what was decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from casework.deciding import Picture, Preview
from casework.views.evidence import value_of
from store.views.decisions import Made
from web.pages.terms import full_name
from web.pages.times import count, day

FIELDS = {
    "family_name": "Family name",
    "given_names": "Given names",
    "date_of_birth": "Date of birth",
    "home": "Home",
    "authority_child_id": "Number here",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
}
DECIDED = {
    "link": "Linked to a known child",
    "new": "A child of its own",
    "merge": "Two children made one",
    "split": "Notifications given to another child",
    "keep": "Right as it is",
    "undo": "Decision undone",
}


def named(facts: Mapping[str, Any]) -> str:
    """Return a child's name with its number here, so that two of one name are told apart."""
    number = facts.get("authority_child_id")
    return f"{full_name(facts)} ({number})" if number else full_name(facts)


def changes(preview: Preview) -> list[tuple[str, Picture | None, Picture]]:
    """Return each child whom a decision changes: its names, how it is now, how it would be."""
    before = {one.child_id: one for one in preview.before}
    rows = [(_names(one, before.get(one.child_id)), before.get(one.child_id), one) for one in preview.after]
    return [row for row in rows if row[1] is None or _essence(row[1]) != _essence(row[2])]


def in_words(picture: Picture | None) -> str:
    """Return what there is of a child, without its deadlines."""
    if picture is None or (picture.notifications == 0 and not picture.absorbed_by):
        return "Nothing was told of this child"
    if picture.notifications == 0:
        return "All that was told is the other child’s"
    told = count(picture.notifications, "notification")
    return f"{told}, {count(len(picture.episodes), 'missing episode')}"


def children_of(made: Made) -> Sequence[UUID]:
    """Return the children to name beside a decision: whom it is about first."""
    about = [UUID(made.body[name]) for name in ("child", "other") if made.body.get(name)]
    return about or list(made.child_ids)


def _names(one: Picture, was: Picture | None) -> str:
    """Return what a child is called now; and what afterwards, if what is told latest is of another name."""
    now, then = (named(each.facts) if each and each.facts else "" for each in (was, one))
    return f"{now}, afterwards {then}" if now and then and now != then else now or then or named({})


def _essence(picture: Picture) -> tuple[object, ...]:
    episodes = [(one.started_at, one.returned_at, one.status) for one in picture.episodes]
    return (picture.notifications, picture.absorbed_by, episodes, list(picture.due_at))


def told_of(facts: Mapping[str, Any], field: str) -> str | None:
    """Return one field of a child's facts in words."""
    told = value_of(facts, field)
    if known_as := facts.get("also_known_as") if field == "given_names" else None:
        return f"{told or ''} (known as {', '.join(known_as)})".strip()
    return day(date.fromisoformat(told)) if told and field == "date_of_birth" else told
