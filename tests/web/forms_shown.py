"""The forms of a page as a browser knows them, and of which elements and attributes a page is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from re import DOTALL, sub
from typing import Final
from urllib.parse import urlsplit

import web

TEMPLATES: Final = Path(web.__file__).parent / "templates"
CHOICES: Final = frozenset({"radio", "checkbox", "select"})


@dataclass(slots=True)
class Field:
    """One field: what it is, what it holds, and for a choice what it offers."""

    name: str
    kind: str
    value: str = ""
    offers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ShownForm:
    """One form of a page."""

    method: str
    action: str
    multipart: bool
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Shown(HTMLParser):
    """A page's forms; `parts` are its elements, each with each of its attributes; `code` runs if it can."""

    def __init__(self, html: str, path: str = "") -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.links: list[str] = []
        self.parts: set[tuple[str, str]] = set()
        self.code: list[str] = []
        self._path = path
        self._open: ShownForm | None = None
        self._area: Field | None = None
        self._select: Field | None = None
        self._script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.parts |= {(tag, name) for name in has} | {(tag, "")}
        self._script = tag == "script"
        self.links += [has[name] for name in ("href", "src", "action", "formaction") if name in has]
        if tag == "form":
            action = has.get("action", "") or self._path
            self._open = ShownForm(
                has.get("method", "get").lower(), action, has.get("enctype", "").startswith("multi")
            )
            self.forms.append(self._open)
        elif self._open is not None:
            self._read(tag, has, self._open)

    def _read(self, tag: str, has: dict[str, str], form: ShownForm) -> None:
        name = has.get("name", "")
        match tag:
            case "button" if name:
                form.buttons.append((name, has.get("value", "")))
            case "input" if has.get("type") in CHOICES:
                one = form.fields.setdefault(name, Field(name, has["type"]))
                one.offers.append(has.get("value", "on"))
                one.value = one.offers[-1] if "checked" in has else one.value
            case "input" if name:
                form.fields[name] = Field(name, _kind(has), has.get("value", ""))
            case "textarea":
                self._area = form.fields[name] = Field(name, "textarea")
            case "select":
                self._select = form.fields[name] = Field(name, "select")
            case "option" if self._select is not None:
                self._select.offers.append(has.get("value", ""))
                self._select.value = has.get("value", "") if "selected" in has else self._select.value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._open = None
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        elif self._script and data.strip():
            self.code.append(data)


def _kind(has: dict[str, str]) -> str:
    kind = has.get("type", "text")
    return "number" if kind == "text" and has.get("inputmode") == "numeric" else kind


def parts_of_templates() -> set[tuple[str, str]]:
    """Return each element, with each of its attributes, that our own templates have."""
    return {part for path in TEMPLATES.rglob("*.html") for part in Shown(_plain(path)).parts}


def _plain(path: Path) -> str:
    """Return a template's own text, with all that is filled in left out."""
    return sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=DOTALL)


def leads_to_code(links: list[str]) -> Iterator[str]:
    """Yield those links that a browser would run, or that lead where no page of ours leads."""
    for link in links:
        elsewhere = link.startswith(("//", "/\\")) or "evil.example" in urlsplit(link).netloc
        if elsewhere or (link and not link.startswith(("/", "#", "?", "https://", "mailto:", "tel:"))):
            yield link
