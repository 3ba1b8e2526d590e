"""PostgreSQL of our own, for one machine: nothing to install, nothing to configure.

`running(home)` makes a data directory on first use, starts PostgreSQL from the binaries in a wheel (or from
any other bin directory, PostgreSQL 15 to 18), and stops it when the last command that uses `home` leaves.

- `place`: where the data is and as whom PostgreSQL runs (root must give its rights away)
- `binaries`: where the programs are and how they are run
- `claims`: who uses the server, who may start or stop it
- `postmaster`: the process that holds the data: found, judged, stopped
- `cluster`: the data directory made, the server started
- `server`: all of it together
"""

from store.embedded.errors import EmbeddedError
from store.embedded.server import Server, running

__all__ = ["EmbeddedError", "Server", "running"]
