"""The command line as an operator uses it: the real console script, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOMEWARD = Path(sys.executable).with_name("homeward")
SECONDS = 300
WARNINGS = "error,ignore:read_text is deprecated,ignore:open_text is deprecated"
"""Every warning is an error, but kafka-python's at import, on Python 3.11."""


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.rstrip("\n").rpartition("\n")[2]


@dataclass(frozen=True)
class Console:
    """A shell with these settings and no others, in this directory."""

    directory: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
        return {**plain, "PYTHONWARNINGS": WARNINGS, "HOMEWARD_FLOWS": "false", **self.settings}

    def run(self, *arguments: object, stdin: bytes = b"", **settings: str) -> Said:
        """Run a command to its end."""
        done = subprocess.run(
            [HOMEWARD, *map(str, arguments)],
            cwd=self.directory,
            env={**self.environment, **settings},
            input=stdin,
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a command that goes on; what it says is in the files out and err of the directory."""
        with (self.directory / "out").open("wb") as out, (self.directory / "err").open("wb") as err:
            return subprocess.Popen(
                [HOMEWARD, *map(str, arguments)],
                cwd=self.directory,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
