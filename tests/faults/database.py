"""A PostgreSQL that is restarted."""

from pathlib import Path

from store.embedded import binaries, place


def restart(home: Path) -> None:
    """Restart PostgreSQL as an operator does who is in a hurry: whoever is connected is thrown out."""
    where = place.settle(home)
    programs, _ = binaries.locate(None, where)
    status, said = binaries.run(
        *(programs / "pg_ctl", "restart", "--pgdata=data", "--mode=fast", "--wait", "--silent"),
        f"--log={where.log.name}",
        account=where.account,
        cwd=where.directory,
    )
    assert status == 0, said
