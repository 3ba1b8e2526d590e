"""Five thousand hostile strings in the fields of every form: no fault, no markup, nothing cut off silently.

What is sent, to each form of each page (the forms are read from the pages themselves):

- ten strings, spread over the families, in every line and text field, another one in each field;
- the same in what no person can type: hidden fields, choices, ticks, buttons;
- in the fields for free text of the forms that people write most in, all 5,000, a hundred to a value, while
  the dates and choices beside them are such that the form may be taken. The ten strings of 100,000
  characters go one by one.

So each of the 5,000 is met by each of those fields, and each other field meets a sample. With
`pytest --every-string` every field of every form that can be typed into meets all of them, days, files and
filters too: that takes a quarter of an hour or more, and is run when forms or their reading change. Forms
that only filter are sent without the long ones, which no address holds.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient, Response

from schemas.access import EVERYBODY
from tests.postgres import Database, connect
from tests.web.areas import AREAS
from tests.web.conftest import Desk
from tests.web.forms_shown import Shown, ShownForm, leads_to_code, parts_of_templates
from tests.web.hostile_plans import Plan, plans, written
from tests.web.reader import BROWSER
from web import access
from web.guard.forms import FIELD as TOKEN
from web.site import Persona, Site

ANSWERS: Final = frozenset({200, 204, 303, 400, 403, 404, 409, 413, 422, 429})
NOT_KEPT: Final = frozenset({"owner", "code", "decision"})
"""What counts for one of the choices above it alone, and what only leads to a page."""
SHOWN_ONCE: Final = "/admin/tokens"
"""What was taken is told on the page itself, which holds an empty form."""
NO_FORM_OF_ITS_OWN: Final = frozenset(
    {
        "POST /session/stay",
        "POST /interviews/{interview_id}/record/{section_name}/keep",
        "POST /interviews/{interview_id}/record/versions/{no}",  # nothing can be typed there
    }
)
"""Sent by scripts: the one without a field, the other with those of the form of its section."""


@pytest.fixture
def site(site: Site) -> Site:
    """Somebody who sends thousands of forms a minute is let."""
    return replace(site, pages_per_minute=10**9, personas=(Persona("ewa", "Ewa", EVERYBODY),))


@dataclass(slots=True)
class Attack:
    """One browser, and all that it sent and was answered."""

    desk: Desk
    client: AsyncClient
    vocabulary: set[tuple[str, str]]
    complaints: list[str] = field(default_factory=list)
    kept: list[tuple[str, str, str]] = field(default_factory=list)
    """What was taken: where, which field, and what it held."""
    keys: set[tuple[str, str]] = field(default_factory=set)

    async def open(self, address: str) -> Shown | None:
        """Open a page; nothing where it is none."""
        self._another_minute()
        answer = await self.client.get(address)
        self.judge(answer, f"GET {address}")
        return Shown(answer.text, address) if _is_page(answer) and answer.status_code < 300 else None

    async def send(self, form: ShownForm, typed: Mapping[str, str]) -> Response:
        """Send a form as a browser does."""
        self._another_minute()
        if form.method == "get":
            return await self.client.get(form.action, params=dict(typed))
        if form.multipart:
            return await self.client.post(form.action, files=_parts(form, typed), headers=BROWSER)
        return await self.client.post(form.action, data=dict(typed), headers=BROWSER)

    def judge(self, answer: Response, where: str) -> Shown | None:
        """Complain of what should not be; return the page."""
        if answer.status_code not in ANSWERS:
            self.complaints.append(f"{where}: {answer.status_code}")
        if not _is_page(answer):
            return None
        shown = Shown(answer.text, urlsplit(str(answer.url)).path)
        for part in shown.parts - self.vocabulary:
            self.complaints.append(f"{where}: the page has {part}, which no page of ours has")
        if shown.code:
            self.complaints.append(f"{where}: the page holds code: {shown.code[0][:80]}")
        for link in leads_to_code(shown.links):
            self.complaints.append(f"{where}: the page leads to {link[:80]}")
        return shown

    def took(self, where: str, form: ShownForm, sent: Mapping[str, str]) -> None:
        """Note what was taken; the same key again only repeats what was done before."""
        key = sent.get("key", "")
        if not key or (where, key) not in self.keys:
            gone = _removed(sent)
            self.kept += [
                (where, name, sent[name])
                for name in written(form)
                if name in sent and not (gone and name.startswith(gone))
            ]
        self.keys.add((where, key))

    def _another_minute(self) -> None:
        """Begin anew to count what is limited by the minute."""
        state = self.desk.app.state.homeward
        self.desk.app.state.homeward = replace(state, rates=type(state.rates)(10**6, 10**6, 10**9))


def _removed(sent: Mapping[str, str]) -> str:
    """Return how the fields of the entry begin that the button pressed takes out; nothing for any other."""
    act, _, entry = sent.get("do", "").partition(":")
    return f"{entry.replace(':', '-')}-" if act == "remove" else ""


def _is_page(answer: Response) -> bool:
    kind: str = answer.headers.get("content-type", "")
    return kind.startswith("text/html")


def _parts(form: ShownForm, typed: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Return a form's parts: a file is called what it holds."""
    kinds = {name: each.kind for name, each in form.fields.items()}
    return [
        (name, (text[:200], text.encode()) if kinds.get(name) == "file" else (None, text.encode()))
        for name, text in typed.items()
    ]


def test_every_form_belongs_to_an_area() -> None:
    posts = {route for route in access.TABLE.keys() | access.PUBLIC if route.startswith("POST")}
    assert posts - NO_FORM_OF_ITS_OWN == {route for area in AREAS.values() for route in area.forms}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "plan" in metafunc.fixturenames:
        planned = plans(metafunc.config.getoption("--every-string"))
        metafunc.parametrize(("name", "plan"), planned.values(), ids=planned.keys())


async def test_forms_take_anything_and_show_it_as_text(
    desk: Desk, database: Database, name: str, plan: Plan
) -> None:
    area = AREAS[name]
    pages = await area.prepare(desk)
    client = area.browser(desk, await desk.sign_in(staff_id="M-2"))
    attack = Attack(desk, client, parts_of_templates() | area.drawn)
    met: set[str] = set()
    number = count()
    for address in pages:
        shown = await attack.open(address)
        for place, form in enumerate(shown.forms if shown else ()):
            route = area.route_of(form)
            if route and (f"{route} {sorted(form.fields)}" not in met or area.each):
                met |= {route, f"{route} {sorted(form.fields)}"}
                await _attack(attack, address, place, form, list(plan(form, area, number)))
    assert not attack.complaints, "\n".join(dict.fromkeys(attack.complaints))
    assert set(area.forms) <= met, set(area.forms) - met
    lost = _lost(database, attack.kept)
    assert not lost, "\n".join(lost)


async def _attack(
    attack: Attack, address: str, place: int, form: ShownForm, plan: Sequence[Mapping[str, str]]
) -> None:
    """Send one form again and again; after it was taken, as it stands then."""
    for typed in plan:
        fixed = {name: each.value for name, each in form.fields.items() if each.kind == "hidden"}
        sent = {**fixed, **typed, **({TOKEN: fixed[TOKEN]} if TOKEN in fixed else {})}
        answer = await attack.send(form, sent)
        where = f"{form.method.upper()} {form.action}"
        shown = attack.judge(answer, where)
        taken = answer.status_code == 303 or (form.action == SHOWN_ONCE and answer.status_code == 200)
        if shown is not None and not taken:
            attack.complaints += _shown_wrongly(shown, form, sent, where)
        elif taken:
            attack.took(where, form, sent)
            form = await _again(attack, address, place, form)


async def _again(attack: Attack, address: str, place: int, form: ShownForm) -> ShownForm:
    """Return the form as the page shows it now; the old one where it shows it no more."""
    shown = await attack.open(address)
    if shown is None or len(shown.forms) <= place or shown.forms[place].action != form.action:
        return form
    return shown.forms[place]


def _shown_wrongly(shown: Shown, form: ShownForm, sent: Mapping[str, str], where: str) -> Iterator[str]:
    """Yield the fields that hold another text than was sent."""
    path = urlsplit(form.action).path
    if any(each.kind == "file" and sent.get(name) for name, each in form.fields.items()):
        return  # what is in the file stands in the place of what was typed
    for again in shown.forms:
        if urlsplit(again.action).path != path or again.method != form.method:
            continue
        if not set(written(form)) <= again.fields.keys():
            continue
        for name in written(form):
            got, was = again.fields[name].value, sent.get(name, "")
            if got and plain(got) != plain(was):
                yield f"{where}: {name} shows {got[:60]!r} for {was[:60]!r}"
            elif not got and plain(was):
                yield f"{where}: {name} shows nothing for {was[:60]!r}"


def plain(text: str) -> str:
    """Return text as it may be kept: composed, without blanks around it, with one kind of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return unicodedata.normalize("NFC", lines).strip()


def _lost(database: Database, kept: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return what was taken, but does not stand in the database whole."""
    with connect(database.superuser_url) as asking:
        names = asking.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        ).fetchall()
        whole = {
            plain(text)
            for (name,) in names
            for (row,) in asking.execute(f'SELECT to_jsonb(t) FROM "{name}" t').fetchall()
            for text in _texts(row)
        }
    return [
        f"{where}: {name} was taken, but {text[:60]!r} is not kept"
        for where, name, text in dict.fromkeys(kept)
        if plain(text) and plain(text) not in whole and name not in NOT_KEPT
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
        if value.startswith("\\x") and len(value) > 8:
            yield from _of_bytes(value)


def _of_bytes(value: str) -> Iterator[str]:
    try:
        yield from _texts(json.loads(bytes.fromhex(value[2:])))
    except (ValueError, RecursionError):
        return
