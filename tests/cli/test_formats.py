"""What forces send, tried and taken in: the examples whole, what is doubtful as a task for a person."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.telling import MessageKey
from store import originals
from store.database import Store
from tests.cli.console import Said
from tests.messages import NOTTINGHAM
from tests.unit.forces import FORCES, event, row

Homeward = Callable[..., Said]
WESTMERE = "urn:police:westmere"


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return settings | {"HOMEWARD_POLICY": str(FORCES / "policy.toml")}


def test_all_forces_of_the_examples_are_taken_in_and_twice_are_duplicates(homeward: Homeward) -> None:
    assert homeward("ingest", FORCES) == Said(0, "accepted 19, duplicate 1, rejected 0\n", "")
    assert homeward("ingest", FORCES).last_line == "accepted 0, duplicate 20, rejected 0"


def test_a_try_tells_field_by_field_and_stores_nothing(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(row(Risk="VERY HIGH"))
    said = homeward("formats", "try", "list.csv", "--force", WESTMERE, "--policy", FORCES / "policy.toml")
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in said.out.splitlines()}
    assert said.code == 1
    assert lines["subject"] == "subject WM-1 line 2, Log No WM-1"
    assert lines["data.missing.risk_level"].startswith(
        "data.missing.risk_level VERY HIGH line 2, Risk NOT UNDERSTOOD: is no word that the format knows"
    )
    assert json.loads(said.out[said.out.index("{") : said.out.rindex("}") + 1])["subject"] == "WM-1"
    assert not (tmp_path / "home").exists()
    assert homeward("letters", "list").out == ""


def test_a_long_cell_of_a_try_goes_on_below_itself_and_moves_no_column(
    homeward: Homeward, tmp_path: Path
) -> None:
    place = "Behind the old bus station on the corner of Market Street"
    (tmp_path / "list.csv").write_bytes(row(Place_Last_Seen=place))
    lines = homeward("formats", "try", "list.csv", "--force", WESTMERE).out.splitlines()
    head = next(line for line in lines if line.startswith("our field"))
    at = next(no for no, line in enumerate(lines) if line.startswith("data.missing.last_seen_place"))
    assert lines[at].index("line 2, Place Last Seen") == head.index("from where")
    assert lines[at].index(place) == head.index("understood as")
    assert lines[at + 1].strip() == "corner of Market Street"


def test_a_try_of_what_is_understood_ends_well(homeward: Homeward) -> None:
    said = homeward(
        "formats", "try", FORCES / "moorland/incident-created.json", "--force", "urn:police:moorland"
    )
    assert (said.code, said.last_line) == (0, "understood 1, not understood 0: nothing is left open")


def test_a_try_without_a_format_of_the_force_says_so(homeward: Homeward) -> None:
    said = homeward("formats", "try", FORCES / "policy.toml", "--force", "urn:police:nowhere")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "no format of urn:police:nowhere" in said.err


def test_the_formats_are_listed(homeward: Homeward) -> None:
    assert (
        homeward("formats", "list").out.splitlines()[0].startswith(f"{WESTMERE}  Westmere morning list  rows")
    )


async def test_a_draft_waits_with_its_original_until_a_person_fills_it(
    homeward: Homeward, tmp_path: Path, store: Store
) -> None:
    content = row(Risk="VERY HIGH")
    (tmp_path / "list.csv").write_bytes(content)
    said = homeward("ingest", "list.csv")
    assert (said.code, said.last_line) == (1, "accepted 0, duplicate 0, rejected 1")
    assert said.err.startswith("list.csv:line 2: data.missing.risk_level: is no word that the format knows")
    letter = homeward("letters", "list").out.split()[0]
    assert "this is a draft with holes" in homeward("letters", "replay", letter).err
    draft = homeward("letters", "show", letter, "--raw").out
    (tmp_path / "filled.json").write_text(draft.replace("VERY HIGH", "high"))
    homeward("letters", "mend", letter, "--file", "filled.json")
    assert homeward("letters", "replay", letter).out == "The letter is settled: accepted.\n"
    assert homeward("ingest", "list.csv").last_line == "accepted 0, duplicate 1, rejected 0"
    async with store.transaction(NOTTINGHAM) as tx:
        row_ = await tx.first("SELECT original, place FROM letters")
        assert row_ is not None
        kept = await originals.find(tx, bytes(row_.original))
    assert (row_.place, kept and kept.content) == ("line 2", content)


def test_a_filled_moment_is_enough_where_the_format_knows_no_time_of_telling(
    homeward: Homeward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = (FORCES / "policy.toml").read_text().replace('time = ["Last Updated"]\n', "")
    (tmp_path / "no-time.toml").write_text(policy)
    monkeypatch.setenv("HOMEWARD_POLICY", str(tmp_path / "no-time.toml"))
    (tmp_path / "list.csv").write_bytes(row(Date_Last_Seen="29/03/2026", Time_Last_Seen="01:30"))
    assert "time: " not in homeward("ingest", "list.csv").err
    letter = homeward("letters", "list").out.split()[0]
    draft = homeward("letters", "show", letter, "--raw").out
    (tmp_path / "filled.json").write_text(draft.replace("29/03/2026 01:30", "2026-03-29T00:30:00+00:00"))
    said = homeward("letters", "mend", letter, "--file", "filled.json")
    assert (said.err, "now run homeward letters replay" in said.out) == ("", True)
    assert homeward("letters", "replay", letter).out == "The letter is settled: accepted.\n"


async def test_a_better_format_settles_the_draft_and_every_origin_is_known(
    homeward: Homeward, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = (FORCES / "policy.toml").read_text()
    (tmp_path / "narrow.toml").write_text(policy.replace('"MED" = "medium"\n', ""))
    (tmp_path / "monday.csv").write_bytes(row())
    (tmp_path / "tuesday.csv").write_bytes(row() + b"\r\n")
    monkeypatch.setenv("HOMEWARD_POLICY", str(tmp_path / "narrow.toml"))
    assert homeward("ingest", "monday.csv").last_line == "accepted 0, duplicate 0, rejected 1"
    monkeypatch.setenv("HOMEWARD_POLICY", str(FORCES / "policy.toml"))
    assert homeward("ingest", "monday.csv", "tuesday.csv").last_line == "accepted 1, duplicate 1, rejected 0"
    assert homeward("letters", "list").out == ""
    async with store.transaction(NOTTINGHAM) as tx:
        found = await originals.of_message(tx, MessageKey(WESTMERE, event(row())["id"]))
    assert [origin.place for origin in found] == ["line 2", "line 2"]


def test_a_file_that_no_format_knows_is_kept_for_a_screener(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_bytes(b"Name;Colour\r\nWard;red\r\n")
    assert homeward("ingest", "other.csv").last_line == "accepted 0, duplicate 0, rejected 1"
    assert "has no format that the policy knows" in homeward("letters", "list").out


def test_without_a_format_a_folder_of_forces_says_how_to_have_it_read(
    homeward: Homeward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOMEWARD_POLICY")
    said = homeward("ingest", FORCES)
    assert (said.code, said.last_line) == (2, "accepted 0, duplicate 0, rejected 0")
    assert "specversion" not in said.err
    told = [line for line in said.err.splitlines() if ".json: " in line]
    assert len(told) == 2
    assert all("no format in the policy reads it" in line for line in told)
    assert all(line.endswith("name a policy that has it in HOMEWARD_POLICY") for line in told)
    assert homeward("letters", "list").out == ""


def test_json_that_is_no_event_and_that_no_format_knows_is_kept_for_a_screener(
    homeward: Homeward, tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text('{"data": {"attributes": {"number": "7"}}}')
    said = homeward("ingest", "other.json")
    assert said.last_line == "accepted 0, duplicate 0, rejected 1"
    assert said.err.startswith("other.json: has no format that the policy knows")


def test_a_file_that_cannot_be_opened_is_told_once_and_why(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    why = "is of an old Office or Outlook: save it as .xlsx, .docx or .eml and send that"
    said = homeward("ingest", "list.xlsx")
    assert said.err.splitlines()[0] == f"list.xlsx: {why}"
    assert "has no format" not in said.err
    tried = homeward("formats", "try", "list.xlsx", "--force", WESTMERE)
    assert tried.out.splitlines()[1:4] == ["", "the whole document", f"NOT UNDERSTOOD: {why}"]
    assert "{" not in tried.out


def test_a_json_file_of_our_own_events_is_read_as_before(homeward: Homeward) -> None:
    ours = FORCES.parent / "an-ordinary-absence.json"
    assert homeward("ingest", ours).last_line == "accepted 4, duplicate 0, rejected 0"
