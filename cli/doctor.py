"""`homeward doctor`: looks for what is wrong here, and says how to mend it."""

import typer

from cli.beside_checks import beside
from cli.database import with_store
from cli.database_checks import database_findings
from cli.errors import Stop, sentence_of, shown
from cli.finding import Finding, State, fail
from cli.machine_checks import machine
from cli.settings import Settings, read_settings
from store.database import Store


def command() -> None:
    """Look at Python, home, disk, policy, PostgreSQL, migrations, security, clocks, backlog and ledger; and
    at Kafka, Prefect and the mailbox where they are configured.

    Each line says ok, note or FAIL, and how to mend it. Ends with 1 if anything failed. PostgreSQL of our own
    is started for it, if it does not run.

    \b
    Example:
      homeward doctor
    """
    settings = read_settings()
    found = list(machine(settings))
    for finding in found:
        _tell(finding)
    found += _ask(settings)
    for finding in beside(settings):
        found.append(finding)
        _tell(finding)
    failed = sum(finding.state is State.FAIL for finding in found)
    if failed:
        raise Stop(f"{failed} of {len(found)} checks failed: mend what FAIL names")


def _ask(settings: Settings) -> list[Finding]:
    """Ask the database, if it answers."""
    found: list[Finding] = []

    async def work(store: Store) -> None:
        async for finding in database_findings(store, settings):
            found.append(finding)
            _tell(finding)

    try:
        with_store(settings, work)
    except Exception as error:
        problem, _, mend = sentence_of(error).rpartition(": ")
        found.append(fail("postgresql", problem or mend, mend))
        _tell(found[-1])
    return found


def _tell(finding: Finding) -> None:
    typer.echo(shown(finding))
