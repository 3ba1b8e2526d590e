"""`homeward matching`: weights from a labelled file, and two descriptions beside each other."""

import tomllib
from pathlib import Path

import pytest

from cli.main import run
from schemas.matching_policy import MatchingPolicy
from tests.unit.test_matching_learning import told_twice

HEADER = "child,family_name,given_names,also_known_as,date_of_birth,postcode,address\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("domain.matching.learning.RANDOM_PAIRS", 1000)
    return tmp_path / "told.csv"


def test_what_is_learnt_is_a_policy_section(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        f"{e.entity},{e.identity.family_name},{e.identity.given_names[0]},,{e.identity.date_of_birth},"
        f"{e.identity.postcode},\n"
        for e in told_twice()
    )
    file.write_text(HEADER + "".join(rows), encoding="utf-8-sig")
    assert run(["matching", "learn", str(file)]) == 0
    said = capsys.readouterr().out
    assert "# on the other half:" in said
    learnt = MatchingPolicy.model_validate(tomllib.loads(said)["matching"])
    assert learnt.given_names.same.u == pytest.approx(0.1, abs=0.05)


def test_two_descriptions_are_explained(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        HEADER + "1,Khan,Amira,,2011-07-02,NG7 1AA,\n2,Khan,Amina,Mina;Mi,2011-07-02,NG7 1AA,1 A\n"
    )
    assert run(["matching", "explain", str(file)]) == 0
    said = capsys.readouterr().out
    assert "given_names         typing_error" in said
    assert "not joined without a person, because of: given_names" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "1,Khan,Amira,,2011-07-02,,\n", "two rows are compared"),
        (HEADER + "1,Khan,Amira,,2 July,,\n", "write days as 2011-07-02"),
    ],
)
def test_what_cannot_be_compared_is_told(
    file: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    file.write_text(text)
    assert run(["matching", "explain", str(file)]) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_teaches_nothing_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("family_name\nKhan\n")
    assert run(["matching", "learn", str(file)]) == 1
    file.write_text(HEADER + "1,Khan,Amira,,2011-07-02,,\n")
    assert run(["matching", "learn", str(file)]) == 1
    file.write_bytes(HEADER.encode() + b"1,M\xfcller,Zo\xeb,,2011-07-02,,\n")
    assert run(["matching", "learn", str(file)]) == 1
    lacking, few, bytes_ = capsys.readouterr().err.splitlines()
    assert "no column child" in lacking
    assert "described twice" in few
    assert "is not UTF-8" in bytes_
