"""Pages as a browser without scripts sees them: their words, links and forms."""

import re
from html.parser import HTMLParser

from httpx import AsyncClient, Response

BROWSER = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}


class Page(HTMLParser):
    """What stands on one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.links: list[str] = []
        self.ids: list[str] = []
        self._words: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._words)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if has.get("id"):
            self.ids.append(has["id"] or "")
        if tag == "a":
            self.links.append(has.get("href") or "")
        name = has.get("name") or ""
        if tag == "input" and (has.get("type") not in {"radio", "checkbox"} or "checked" in has):
            self.fields[name] = has.get("value") or ""
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "select":
            self._select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in has and self._select:
            self.fields[self._select] = has.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] += data
        else:
            self._words.append(data)


async def visit(client: AsyncClient, path: str, **query: str) -> Page:
    """Open a page."""
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


async def submit(client: AsyncClient, path: str, form: Page, **typed: str) -> Response:
    """Send a page's form as a browser does, with what was typed and the button that was pressed."""
    fields = form.fields | {name.replace("__", "-"): value for name, value in typed.items()}
    return await client.post(path, data=fields, headers=BROWSER)
