"""`homeward db`: bring a database of your own up to date."""

import typer

from cli.database import database, place_of
from cli.errors import Stop
from cli.group import group
from cli.settings import read_settings
from store.migrate import newest_revision, upgrade

command = group("Bring a database of your own up to date. The embedded one is, whenever it is started.")


@command.command("upgrade")
def upgrade_() -> None:
    """Run every migration that has not run yet.

    Needs HOMEWARD_OWNER_DATABASE_URL: the address of the database as the role that owns its tables.

    \b
    Example:
      HOMEWARD_OWNER_DATABASE_URL_FILE=/run/secrets/owner homeward db upgrade
    """
    settings = read_settings()
    if settings.database_url is None:
        with database(settings) as ready:
            typer.echo(f"The database {place_of(ready.url)} is at revision {newest_revision()}.")
        return
    if settings.owner_database_url is None:
        raise Stop("HOMEWARD_OWNER_DATABASE_URL is lacking: give the address of the tables' owner")
    url = settings.owner_database_url.get_secret_value()
    upgrade(url)
    typer.echo(f"The database {place_of(url)} is at revision {newest_revision()}.")
