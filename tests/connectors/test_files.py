"""The file connector: whole files, once, that say everything and can be printed."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from connectors.case_management import Kept, NotNow
from connectors.files import Files
from connectors.printed import printed
from schemas.plan import Passage, PlannedOutcome, When
from tests.connectors.updates import OUTCOME, update

ODD = PlannedOutcome(
    what="<script>alert(1)</script> & Zoë O'Brien 🙂",
    owner="مريم حداد",
    words=(Passage(when=When.DURING, text='I said "no" </blockquote>\nand left', because=()),),
)


def names_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


class Texts(HTMLParser):
    """Every text of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


async def test_an_update_is_one_json_and_one_page_named_by_its_key(tmp_path: Path) -> None:
    told = update()
    await Files(tmp_path / "new" / "updates").deliver(told)
    assert names_in(tmp_path / "new" / "updates") == [f"{told.key}.html", f"{told.key}.json"]
    content = json.loads((tmp_path / "new" / "updates" / f"{told.key}.json").read_text())
    assert content["outcomes"][0]["outcome"]["due_on"] == "2026-04-11"


async def test_the_same_update_again_is_the_same_file(tmp_path: Path) -> None:
    told = update()
    await Files(tmp_path).deliver(told)
    before = [(tmp_path / name).read_bytes() for name in names_in(tmp_path)]
    await Files(tmp_path).deliver(told)
    assert [(tmp_path / name).read_bytes() for name in names_in(tmp_path)] == before


@pytest.mark.parametrize(("content", "kept"), [("{}", Kept.OTHERWISE), (None, Kept.SAME)])
async def test_a_file_that_was_changed_is_told_and_one_that_was_taken_is_not_missed(
    content: str | None, kept: Kept, tmp_path: Path
) -> None:
    told = update()
    files = Files(tmp_path)
    await files.deliver(told)
    assert (await files.read_back(told)).kept is Kept.SAME
    path = tmp_path / f"{told.key}.json"
    path.unlink() if content is None else path.write_text(content)
    assert (await files.read_back(told)).kept is kept


async def test_a_directory_that_cannot_be_is_not_now(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotNow, match=r"cannot be written to \(File exists\)"):
        await Files(tmp_path / "file").deliver(update())
    with pytest.raises(NotNow, match=r"cannot be read \(Not a directory\)"):
        await Files(tmp_path / "file").read_back(update())


async def test_nothing_half_written_stays_when_it_fails(tmp_path: Path) -> None:
    told = update()
    (tmp_path / f"{told.key}.json").mkdir()
    with pytest.raises(NotNow):
        await Files(tmp_path).deliver(told)
    assert names_in(tmp_path) == [f"{told.key}.html", f"{told.key}.json"]


def test_whatever_is_typed_stays_text_and_finds_its_own_direction() -> None:
    page = Texts(printed(update(ODD)))
    assert "script" not in page.tags
    assert {ODD.what, ODD.owner, ODD.words[0].text} <= set(page.texts)
    assert 'dir="auto">مريم حداد' in printed(update(ODD))


def test_the_page_says_who_does_what_by_when_and_what_the_child_said() -> None:
    texts = Texts(printed(update(OUTCOME, authority_child_id=None))).texts
    assert {"11/04/2026", OUTCOME.owner, OUTCOME.measure, OUTCOME.words[0].text} <= set(texts)
    assert "not known yet" in texts
