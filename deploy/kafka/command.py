"""The command line of deploy/kafka/run."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from broker import Stop, is_alive, java_command, running, wait_until_ready
from errors import OneBoxError
from jars import CHECKOUT, fetched_jars, find_java
from locks import locked
from node import Node
from ports import LOOPBACK, choose_port
from security import Security, read_users

CLAIM_WITHIN_SECONDS: Final = 5.0  # a broker that was killed just now may still be ending


def main(arguments: Sequence[str]) -> int:
    """Run the command to its end; return its exit code."""
    chosen = _parser().parse_args(arguments)
    parent = os.getppid() if chosen.with_parent else None  # before a fetch, which it may not outlive
    try:
        java = java_command(find_java(), fetched_jars())
        if not chosen.fetch:
            _serve(chosen, java, Stop(parent))
    except (OneBoxError, OSError) as error:
        print(f"deploy/kafka/run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="deploy/kafka/run",
        description="Run one Apache Kafka broker for this machine alone, until Ctrl-C or SIGTERM.",
    )
    add = parser.add_argument
    add(
        "directory",
        nargs="?",
        type=Path,
        default=CHECKOUT / "var/kafka/data",
        help="where everything is kept",
    )
    add("--port", type=int, help="the port on 127.0.0.1; else the one of the last start, else any free one")
    add("--fetch", action="store_true", help="fetch Kafka, if it is not here yet, and end")
    add("--with-parent", action="store_true", help="stop also when the process that started this one ends")
    secure = parser.add_argument_group("over TLS, for users who sign in with SCRAM")
    secure.add_argument("--secure", action="store_true", help="needs the three options that follow")
    secure.add_argument("--certificate", type=Path, metavar="FILE", help="the broker's certificate, PEM")
    secure.add_argument("--key", type=Path, metavar="FILE", help="its private key, PEM, PKCS #8")
    secure.add_argument(
        "--user",
        action="append",
        default=[],
        metavar="NAME:PASSWORD_FILE",
        help="may be repeated; users are made by the first start in a directory",
    )
    return parser


def _serve(chosen: Namespace, java: Sequence[str], stop: Stop) -> None:
    directory = chosen.directory.absolute()
    os.umask(0o077)  # messages, keys and passwords are nobody else's
    directory.mkdir(parents=True, exist_ok=True)
    with locked(directory / "lock", CLAIM_WITHIN_SECONDS) as lock:
        node = Node(directory, choose_port(directory / "port", chosen.port), _security(chosen))
        node.configure()
        node.format(java, lock)
        with running(node, java, lock) as broker:
            if wait_until_ready(broker, node, stop):
                print(f"Kafka is ready at {LOOPBACK}:{node.port} (Ctrl-C stops it)", flush=True)
                while is_alive(broker, node, stop):
                    pass


def _security(chosen: Namespace) -> Security | None:
    given = (chosen.certificate, chosen.key, chosen.user)
    if chosen.secure != any(given) or (chosen.secure and not all(given)):
        raise OneBoxError("--secure, --certificate, --key and --user go together")
    if not chosen.secure:
        return None
    return Security(chosen.certificate, chosen.key, read_users(chosen.user))
