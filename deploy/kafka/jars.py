"""Java, and the jars of Apache Kafka, which Maven fetches once.

They are kept in `lib-VERSION` in HOMEWARD_KAFKA_LIB (else `var/kafka`), together with the pom.xml that asked
for them: it goes in last, so that a directory without it, or with another one, is not complete.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from errors import OneBoxError
from locks import locked
from processes import run_to_end

POM: Final = Path(__file__).resolve().with_name("pom.xml")
CHECKOUT: Final = POM.parents[2]
JAVA_AT_LEAST: Final = 17
FETCH_WITHIN_SECONDS: Final = 15 * 60.0
INSTALL: Final = "apt-get install openjdk-17-jre-headless maven"


def find_java() -> str:
    """Return the `java` of JAVA_HOME, else of the PATH.

    Raises:
        OneBoxError: there is none, or one that is too old.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        raise OneBoxError(f"Kafka needs Java {JAVA_AT_LEAST} or newer: {INSTALL}")
    release = _release(java)
    if release < JAVA_AT_LEAST:
        raise OneBoxError(f"Kafka needs Java {JAVA_AT_LEAST} or newer, {java} is {release}: {INSTALL}")
    return java


def _release(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603  # a fixed command
    release = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(release[1]) if release else 0


def fetched_jars() -> Path:
    """Return the directory of the jars, after fetching them if they are not there yet.

    Raises:
        OneBoxError: Maven is missing, or cannot fetch them.
    """
    kept_in = Path(os.environ.get("HOMEWARD_KAFKA_LIB") or CHECKOUT / "var/kafka").absolute()
    jars = kept_in / f"lib-{_version()}"
    if _is_complete(jars):
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise OneBoxError(f"Maven is needed once, to fetch Kafka: {INSTALL}")
    kept_in.mkdir(parents=True, exist_ok=True)
    with locked(kept_in / "fetch.lock", FETCH_WITHIN_SECONDS) as lock:
        if not _is_complete(jars):  # another process may have fetched them meanwhile
            _fetch(maven, jars, lock)
    return jars


def _version() -> str:
    version = re.search(r"<kafka\.version>(.+)</kafka\.version>", POM.read_text())
    assert version, "pom.xml names the version"
    return version[1]


def _is_complete(jars: Path) -> bool:
    mark = jars / POM.name
    return mark.is_file() and mark.read_bytes() == POM.read_bytes()


def _fetch(maven: str, jars: Path, lock: int) -> None:
    print(f"Fetching Apache Kafka into {jars}", file=sys.stderr)
    coming, log = jars.with_name(f"{jars.name}.coming"), jars.with_name("fetch.log")
    shutil.rmtree(coming, ignore_errors=True)
    command = [maven, "--quiet", "--batch-mode", "--strict-checksums", "--file", str(POM)]
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={coming}"]
    if not run_to_end([*command, *goal], jars.parent, log, lock):
        raise OneBoxError(f"Maven could not fetch Kafka: {log} says why")
    shutil.rmtree(jars, ignore_errors=True)
    shutil.copy(POM, coming)
    coming.rename(jars)
