"""`homeward mailbox`: notifications from the mail that forces send."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Annotated

import typer

from casework.measures import Measures
from cli.as_sent import formats_in_force
from cli.carrying import carry_what_waits
from cli.channels import channels_of
from cli.database import database, opened
from cli.errors import Stop
from cli.going_on import ProbePort, until_signalled
from cli.logs import log_from
from cli.mail_intake import Formats, MailIntake
from cli.mailbox_where import where_of
from cli.mailed_lists import ListIntake
from cli.probes import answering, probes
from cli.settings import Settings, read_settings
from connectors.mailbox.imap import FAILURES, NoToken, Where
from connectors.mailbox.intake import LOOPBACK, receiving
from connectors.mailbox.taking import NotNow
from connectors.mailbox.tokens import keys_for
from connectors.mailbox.watching import Watch
from schemas.alerts_policy import Channel
from schemas.policy import Policy
from store.database import Store
from store.views import health


def command(
    smtp: Annotated[
        bool, typer.Option("--smtp", help="Take mail by SMTP on this machine instead of from a mailbox.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="Take what is there now, apply it, and end.")] = False,
    probe_port: ProbePort = None,
) -> None:
    """Take mail in as it comes, beside `homeward up`; each mail is kept before it is moved or acknowledged.

    By IMAP (HOMEWARD_MAILBOX_HOST) what was taken goes into one folder and what is refused into another. With
    --smtp a mail server on this machine hands mail over. From whom, and how it is read, is the policy's
    (formats; police_lists for lists of children still missing, which are compared). Sending or taking the
    same mail again does no harm.

    \b
    Examples:
      HOMEWARD_MAILBOX_HOST=imap.example homeward mailbox
      homeward mailbox --once
      homeward mailbox --smtp
    """
    settings = read_settings()
    log_from(settings.log_level)
    policy = settings.read_policy()
    if smtp and once:
        raise Stop("--smtp waits for what comes, and --once does not wait: use one of them", 2)
    where = None if smtp else _where(settings)
    with asyncio.Runner() as runner, database(settings) as ready:

        async def work() -> None:
            async with opened(ready) as store, keys_for(where) as keys:
                intake = _intake(settings, policy, store, "mailbox" if where else "smtp")
                watch = Watch(where, intake.take, intake.refuse, keys) if where else None
                app = probes(Measures(), partial(_ready, store, watch))
                async with answering(settings.host, probe_port, app):
                    if watch and once:
                        await _take_once(watch, settings, policy, store)
                    elif watch:
                        await until_signalled(watch.run())
                    else:
                        await _by_smtp(settings, intake)

        runner.run(work())


def _where(settings: Settings) -> Where:
    if found := where_of(settings):
        return found
    raise Stop(
        "there is no mailbox to read: set HOMEWARD_MAILBOX_HOST, _USER and _PASSWORD (or _TOKEN_URL,"
        " _CLIENT_ID and _CLIENT_SECRET), or use --smtp",
        2,
    )


def _intake(settings: Settings, policy: Policy, store: Store, via: str) -> MailIntake:
    async def formats() -> Formats:
        return await formats_in_force(store, settings.authorities, policy)

    reply = channels_of(settings).get(Channel.EMAIL.value)
    lists = ListIntake(store, settings.authorities, policy)
    return MailIntake(store, settings.authorities, formats, lists=lists, via=via, reply=reply)


async def _ready(store: Store, watch: Watch | None) -> Mapping[str, str]:
    """Return how the database and the mailbox are; without the latter mail waits there."""
    away = watch if watch and not watch.is_connected else None
    told = f"degraded: {away.trouble}: mail stays there" if away else "ok"
    return {**await health.standing(store), "mailbox": told}


async def _take_once(watch: Watch, settings: Settings, policy: Policy, store: Store) -> None:
    try:
        await watch.once()
    except NoToken as error:
        raise Stop(str(error)) from error
    except (NotNow, *FAILURES) as error:
        raise Stop(f"the mailbox cannot be read to its end ({type(error).__name__}): try it again") from error
    finally:
        await carry_what_waits(store, settings, policy)
        typer.echo(", ".join(f"{name} {watch.counts[name]}" for name in ("taken", "refused", "left")))
    if watch.counts["left"]:
        raise typer.Exit(1)


async def _by_smtp(settings: Settings, intake: MailIntake) -> None:
    async with receiving(settings.mailbox_smtp_port, intake.take_or_refuse) as port:
        typer.echo(f"Mail is taken on {LOOPBACK}:{port}")
        await until_signalled(_forever())


async def _forever() -> None:
    await asyncio.Event().wait()
