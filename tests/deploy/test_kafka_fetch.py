"""What `deploy/kafka/run` needs: Java, and the jars that Maven fetches once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kafka import RUN

INSTALL = ": apt-get install openjdk-17-jre-headless maven\n"
OLD_JAVA = """
import sys
sys.stderr.write('openjdk version "11.0.25" 2024-10-15')
"""
MAVEN = """
import pathlib, sys, time
into, = (each.partition("=")[2] for each in sys.argv if each.startswith("-DoutputDirectory="))
pathlib.Path(into).mkdir()
with open(__file__ + ".calls", "a") as calls:
    calls.write("called\\n")
"""
SLOW_MAVEN = f"{MAVEN}time.sleep(0.5)"
FAILING_MAVEN = f"{MAVEN}sys.exit('no such artefact')"


class Machine:
    """A machine that has only the programs that it is given, and no jars yet."""

    def __init__(self, directory: Path) -> None:
        self.programs = directory / "bin"
        self.jars = directory / "jars"
        self.programs.mkdir()

    def has(self, name: str, script: str) -> None:
        program = self.programs / name
        program.write_text(f"#!{sys.executable}{script}")
        program.chmod(0o755)

    def has_java(self) -> None:
        java = shutil.which("java")
        assert java
        (self.programs / "java").symlink_to(java)

    def fetching(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, RUN, "--fetch"],
            env={"PATH": str(self.programs), "HOMEWARD_KAFKA_LIB": str(self.jars)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def fetch(self) -> tuple[int, str]:
        """Return the exit code of `deploy/kafka/run --fetch`, and what it said."""
        fetching = self.fetching()
        _, said = fetching.communicate(timeout=60)
        return fetching.returncode, said

    @property
    def calls_of_maven(self) -> int:
        return (self.programs / "mvn.calls").read_text().count("called\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_without_java_is_told_what_to_install(machine: Machine) -> None:
    assert machine.fetch() == (1, f"deploy/kafka/run: Kafka needs Java 17 or newer{INSTALL}")


def test_an_old_java_is_told_of(machine: Machine) -> None:
    machine.has("java", OLD_JAVA)
    java = machine.programs / "java"
    assert machine.fetch() == (1, f"deploy/kafka/run: Kafka needs Java 17 or newer, {java} is 11{INSTALL}")


def test_a_machine_without_maven_is_told_what_to_install(machine: Machine) -> None:
    machine.has_java()
    assert machine.fetch() == (1, f"deploy/kafka/run: Maven is needed once, to fetch Kafka{INSTALL}")


def test_two_at_once_fetch_once(machine: Machine) -> None:
    machine.has_java()
    machine.has("mvn", SLOW_MAVEN)
    both = machine.fetching(), machine.fetching()
    said = [each.communicate(timeout=60)[1] for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    assert machine.calls_of_maven == 1


def test_a_fetch_that_failed_is_told_and_tried_again(machine: Machine) -> None:
    machine.has_java()
    machine.has("mvn", FAILING_MAVEN)
    code, said = machine.fetch()
    assert (code, said.splitlines()[-1]) == (
        1,
        f"deploy/kafka/run: Maven could not fetch Kafka: {machine.jars}/fetch.log says why",
    )
    machine.has("mvn", MAVEN)
    assert machine.fetch()[0] == 0
    assert machine.calls_of_maven == 2


def test_what_is_there_is_not_fetched_again(machine: Machine) -> None:
    machine.has_java()
    machine.has("mvn", MAVEN)
    machine.fetch()
    assert machine.fetch() == (0, "")
