"""The house rules that no other tool holds: what is written down twice must say the same."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = ("requirements.txt", "requirements-dev.txt")
TARGETS = ("setup", "run", "test", "check", "bench", "lock", "assets", "schemas", "clean")
GOVUK = ROOT / "web/static/govuk"

ADDRESS_OF_A_DOWNLOAD = re.compile(r"https?://[^\s\"<>]+\.(whl|tar\.gz|tgz|jar|deb|crate|pom)\b")
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|root|Users|home/\w+)/")


class Pin(NamedTuple):
    """One locked requirement: a release, where it applies, and what its files must hash to."""

    line: str
    hashes: list[str]

    @property
    def requirement(self) -> Requirement:
        return Requirement(self.line)


def pins(lock: str) -> Iterator[Pin]:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    for entry in text.replace("\\\n", " ").splitlines():
        line, *hashes = re.split(r"\s+--hash=", entry.strip())
        yield Pin(line, hashes)


def kept_files() -> list[Path]:
    """Return the files that are tracked, or would be: all that are not ignored."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in kept_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def make(*arguments: str) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=outside, capture_output=True, check=True, text=True
    ).stdout


def forbidden_to(package: str) -> set[str]:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    return {
        name
        for contract in contracts
        if package in contract["source_modules"]
        for name in contract["forbidden_modules"]
    }


def arrows_in_the_guide() -> dict[str, str]:
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    return dict(re.findall(r"^\| `(\w+)/` \|.*\| ([^|]+) \|$", guide, flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_requirement_is_one_release_and_its_hashes(lock: str) -> None:
    loose = [
        pin.line
        for pin in pins(lock)
        if not re.match(r"[\w.-]+==[\w.]+( ; .+)?$", pin.line)
        or not pin.hashes
        or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in pin.hashes)
    ]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_requirements_file_names_no_address_and_says_how_it_was_made(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "make lock" in text.partition("==")[0]


def test_what_the_project_asks_for_is_locked_at_a_version_that_it_allows() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    asked = {
        "requirements.txt": PROJECT["project"]["dependencies"] + extras["build"],
        "requirements-dev.txt": PROJECT["project"]["dependencies"] + extras["build"] + extras["dev"],
    }
    unmet = [
        f"{lock}: {wanted}"
        for lock, wishes in asked.items()
        for wanted in map(Requirement, wishes)
        if not any(
            pin.requirement.name == wanted.name
            and all(wanted.specifier.contains(exact.version) for exact in pin.requirement.specifier)
            for pin in pins(lock)
        )
    ]
    assert unmet == []


def test_the_tests_run_on_the_releases_that_the_product_runs_on() -> None:
    assert {pin.line for pin in pins("requirements.txt")} <= {
        pin.line for pin in pins("requirements-dev.txt")
    }


def test_what_builds_the_project_is_locked_with_it() -> None:
    assert sorted(PROJECT["build-system"]["requires"]) == PROJECT["project"]["optional-dependencies"]["build"]


def test_no_file_gives_the_address_of_a_download() -> None:
    assert lines_that_match(ADDRESS_OF_A_DOWNLOAD) == []


def test_no_file_gives_a_path_of_one_machine() -> None:
    assert lines_that_match(PATH_OF_A_MACHINE) == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_stands_in_the_makefile_and_in_its_help(target: str) -> None:
    make("--dry-run", target)
    assert re.search(rf"^{target}\s+\w", make("help"), flags=re.MULTILINE)


def test_every_package_of_ours_goes_into_the_wheel() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found - {"tests", "bench"} == set(PACKAGES)


def test_types_and_imports_are_checked_in_every_package() -> None:
    assert PROJECT["tool"]["importlinter"]["root_packages"] == PACKAGES
    assert PROJECT["tool"]["mypy"]["packages"] == [*PACKAGES, "tests", "bench"]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_guide_and_the_import_linter_draw_the_same_arrows(package: str) -> None:
    allowed = [name for name in PACKAGES if name not in {package, *forbidden_to(package)}]
    stated = arrows_in_the_guide()[package]
    named = {"nothing of ours": [], "everything": allowed}.get(stated, stated.split(", "))
    assert sorted(named) == sorted(allowed)


def test_govuk_frontend_is_the_version_that_its_script_fetches() -> None:
    version = re.search(r"^version=(.+)$", (ROOT / "deploy/assets/fetch").read_text(), flags=re.MULTILINE)
    assert version
    assert f'--govuk-frontend-version:"{version[1]}"' in (GOVUK / "govuk-frontend.min.css").read_text()


def test_govuk_frontend_brings_neither_typeface_nor_crown_nor_images() -> None:
    styles = (GOVUK / "govuk-frontend.min.css").read_text()
    assert re.findall(r"@font-face|GDS Transport|url\(|crown|crest", styles) == []
    assert {path.name for path in GOVUK.iterdir()} == {
        "LICENSE.txt",
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
    }
