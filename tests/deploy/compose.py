"""`docker-compose.yml` and `deploy/Containerfile` as an engine reads them."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
COMPOSE: Final[Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS: Final = "homeward:"


def _instructions() -> list[tuple[str, str]]:
    """Return each instruction of the image's last stage with what follows it."""
    text = re.sub(r"^#.*\n", "", (ROOT / "deploy/Containerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    split = [(word, " ".join(rest)) for word, *rest in (line.split() for line in lines if line)]
    return split[max(place for place, (word, _) in enumerate(split) if word == "FROM") :]


def image(instruction: str) -> str:
    """Return what the image says by an instruction: `USER`, `ENTRYPOINT`, …"""
    return dict(_instructions())[instruction]


def image_environment() -> dict[str, str]:
    """Return the image's variables, but for PATH: the programs are elsewhere in a test."""
    pairs = (pair.partition("=") for pair in shlex.split(image("ENV")))
    return {name: value for name, _, value in pairs if name != "PATH"}


def chosen(text: object) -> str:
    """Return a value where no variable was set: `${NAME:-default}` is the default, `${NAME:+x}` is not."""
    return re.sub(r"\$\{\w+:(?:-([^}]*)|\+[^}]*)\}", lambda found: found[1] or "", str(text))


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the file."""

    name: str
    told: Mapping[str, Any]

    @property
    def is_ours(self) -> bool:
        """Whether it runs from our image, as Prefect's server does, too."""
        return str(self.told["image"]).startswith(OURS)

    @property
    def is_chosen(self) -> bool:
        """Whether it starts only where its profile is asked for."""
        return "profiles" in self.told

    @property
    def goes_on(self) -> bool:
        """Whether it runs until it is stopped, not once."""
        return bool(self.told["restart"] != "no")

    @property
    def environment(self) -> dict[str, str]:
        return {name: chosen(value) for name, value in self.told["environment"].items()}

    @property
    def command(self) -> list[str]:
        """The whole command line, for a service of ours."""
        own = self.told.get("entrypoint") or shlex.split(image("ENTRYPOINT").strip("[]").replace(",", " "))
        return [*own, *self.told["command"]]

    @property
    def check(self) -> list[str]:
        """The command line that says by its exit code whether it is healthy."""
        how, *command = self.told["healthcheck"]["test"]
        assert how == "CMD"
        return list(map(str, command))

    @property
    def port(self) -> str:
        """The port that its health is asked at, for a service of ours."""
        return self.check[-2]

    @property
    def copies(self) -> int:
        return int(self.told.get("deploy", {}).get("replicas", 1))

    @property
    def after(self) -> Mapping[str, str]:
        """What has to be so before it starts: a condition for each of some services."""
        return {name: each["condition"] for name, each in self.told.get("depends_on", {}).items()}


SERVICES: Final = {name: Service(name, told) for name, told in COMPOSE["services"].items()}
