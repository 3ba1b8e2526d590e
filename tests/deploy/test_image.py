"""The image: everything that the product reads at run time goes in, by way of the wheel, and nothing else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.deploy.compose import ROOT, image
from tests.unit.test_house import PACKAGES, PROJECT, Pin, kept_files, pins

NOT_BUILT_FROM = {"LICENSE", "pyproject.toml", "requirements.txt"}
LOCK = (ROOT / "requirements.txt").read_text()
CONTAINERFILE = (ROOT / "deploy/Containerfile").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the wheel's files, built as the image builds it."""
    directory = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(directory)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, ROOT], check=True)
    (built,) = directory.glob("homeward-*.whl")
    return set(ZipFile(built).namelist())


def files_of(*packages: str) -> set[str]:
    names = (path.relative_to(ROOT) for path in kept_files())
    return {str(name) for name in names if name.parts[0] in packages}


def asking_for(pin: Pin) -> set[str]:
    """Return who asks for a requirement, as the lock says it."""
    entry = re.search(rf"^{re.escape(pin.line.split()[0])}.*?(?=^\w|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    assert entry
    return set(re.findall(r"^    #(?: via|  ) ([\w-]+)", entry[0], flags=re.MULTILINE))


def taken_in() -> Iterator[str]:
    """Yield what `.dockerignore` lets into the image's build."""
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            yield line.removeprefix("!")


def test_every_file_of_a_package_goes_into_the_wheel(wheel: set[str]) -> None:
    assert files_of(*PACKAGES) <= wheel


@pytest.mark.parametrize(
    "name",
    [
        "schemas/json/notification.v1.json",
        "store/migrations/versions/m0001_first_tables.sql",
        "web/static/govuk/govuk-frontend.min.css",
        "web/templates/frame.html",
    ],
)
def test_the_wheel_has_what_is_read_at_run_time(wheel: set[str], name: str) -> None:
    assert name in wheel


def test_nothing_but_packages_goes_into_the_wheel(wheel: set[str]) -> None:
    about = f"homeward-{PROJECT['project']['version']}.dist-info"
    assert {Path(name).parts[0] for name in wheel} == {*PACKAGES, about}


def test_the_build_is_given_the_packages_and_what_it_is_made_by() -> None:
    assert set(taken_in()) == {*PACKAGES, *NOT_BUILT_FROM}


def test_the_image_has_a_python_that_the_project_allows() -> None:
    (version,) = set(re.findall(r"^FROM python:([\d.]+)-slim\b", CONTAINERFILE, flags=re.MULTILINE))
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(version)


def test_what_was_only_for_the_build_goes_again() -> None:
    removed = re.findall(r"homeward/bin/python uninstall --yes (.+)$", CONTAINERFILE, flags=re.MULTILINE)
    tools = {Requirement(wish).name for wish in PROJECT["project"]["optional-dependencies"]["build"]}
    theirs = {pin.requirement.name for pin in pins("requirements.txt") if asking_for(pin) <= tools}
    assert removed == [" ".join(sorted(tools | theirs))]


def test_the_image_starts_the_program() -> None:
    assert image("ENTRYPOINT") == '["homeward"]'
