"""`homeward tokens`: who may use the API, and what for."""

import asyncio
from typing import Annotated

import typer

from casework import tokens
from casework.tokens import Scope
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.group import group
from cli.settings import read_settings
from store.database import Store
from store.tokens import Token

command = group("Give and take away access to the API.")
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="The authority; needed where several are served.")
]


@command.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you will know the token by.")],
    scope: Annotated[
        Scope, typer.Option(help="notify: send a force's messages; read: every GET; work: commands too.")
    ],
    authority: Authority = None,
    source: Annotated[
        str | None, typer.Option(metavar="URN", help="For notify: the force, as in its messages.")
    ] = None,
) -> None:
    """Make a bearer token and print it, once, alone on stdout.

    \b
    Example:
      homeward tokens create notts --scope notify --source urn:police:nottinghamshire
    """
    settings = read_settings()
    served = settings.authorities
    code = one_of(served, authority)

    async def work(store: Store) -> str:
        return await tokens.create(
            store, code, name, scope, source, served=served, person=person(), now=now_utc()
        )

    secret = with_store(settings, work)
    typer.echo(secret)
    typer.echo("Keep it: it is not shown again. Send it in the header Authorization: Bearer …", err=True)


@command.command("list")
def list_() -> None:
    """List the tokens, revoked ones too, without their secrets.

    \b
    Example:
      homeward tokens list
    """
    settings = read_settings()

    async def work(store: Store) -> list[list[Token]]:
        return await asyncio.gather(
            *(tokens.listed(store, authority, person()) for authority in settings.authorities)
        )

    for token in (token for each in with_store(settings, work) for token in each):
        typer.echo(_line(token))


@command.command()
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name.")],
    authority: Authority = None,
) -> None:
    """Revoke a token: from now on it opens nothing.

    \b
    Example:
      homeward tokens revoke notts
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> None:
        await tokens.revoke(store, code, name, person(), now_utc())

    with_store(settings, work)
    typer.echo(f"The token {name} of {code} is revoked.")


def _line(token: Token) -> str:
    state = f"revoked {token.revoked_at:%Y-%m-%d %H:%M}" if token.revoked_at else "live"
    scope = f"{token.scope} {token.source}" if token.source else token.scope
    return f"{token.authority}  {token.name}  {scope}  created {token.created_at:%Y-%m-%d %H:%M}  {state}"
