"""A real IMAP server, Dovecot, with TLS of the test's own (Debian: apt-get install dovecot-imapd).

It needs no root; where the tests are root, it runs as nobody.
"""

import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import trustme
from imapclient import IMAPClient  # type: ignore[import-untyped]  # it ships no types

from connectors.mailbox.imap import Where
from tests.postgres import open_directory

PASSWORD: Final = "correct-horse"
READY_SECONDS: Final = 30
CONFIGURATION: Final = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
auth_failure_delay = 0
ssl = required
ssl_cert = <{home}/certificate.pem
ssl_key = <{home}/key.pem
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
BY_TOKEN: Final = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
"""
ASKING: Final = """
introspection_mode = auth
introspection_url = {issuer}/introspect
username_attribute = mailbox
active_attribute = active
active_value = true
"""


class Server:
    """Where it answers; anybody with the password has a mailbox of their own."""

    def __init__(self, home: Path, port: int, account: pwd.struct_passwd) -> None:
        self.port = port
        self.ca = home / "ca.pem"
        self._home = home
        self._account = account
        self._process = self._start()

    def restart(self) -> None:
        """Break every connection off, and be there again."""
        self.end()
        self._process = self._start()

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [_program(), "-F", "-c", str(self._home / "dovecot.conf")]
        if os.geteuid() == 0:
            uid, gid = self._account.pw_uid, self._account.pw_gid
            started = subprocess.Popen(command, user=uid, group=gid, extra_groups=[])
        else:
            started = subprocess.Popen(command)
        _await(self.port, started, self._home / "log")
        return started

    def where(self, user: str, password: str = PASSWORD) -> Where:
        return Where("localhost", user, password, port=self.port, ca=self.ca)

    @contextmanager
    def mailbox(self, user: str) -> Iterator[IMAPClient]:
        """The mailbox as a person has it open."""
        context = ssl.create_default_context(cafile=self.ca)
        with IMAPClient("localhost", port=self.port, ssl_context=context, timeout=20) as client:
            client.login(user, PASSWORD)
            yield client

    def folders(self, user: str) -> dict[str, list[bytes]]:
        """What is in each folder."""
        with self.mailbox(user) as client:
            found = {}
            for _, _, name in client.list_folders():
                client.select_folder(name, readonly=True)
                told = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
                found[name] = [about[b"BODY[]"] for _, about in sorted(told.items())]
            return found


@contextmanager
def running(issuer: str | None = None) -> Iterator[Server]:
    """Yield a server, ended with the block; where there is an issuer, it takes its tokens too."""
    uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    account = pwd.getpwuid(uid)
    with open_directory() as directory:
        port, home = _free_port(), directory / "dovecot"
        home.mkdir()
        _certified(home)
        group = grp.getgrgid(account.pw_gid).gr_name
        told = {"home": home, "user": account.pw_name, "group": group, "port": port, "password": PASSWORD}
        configuration = (BY_TOKEN if issuer else "") + CONFIGURATION
        (home / "dovecot.conf").write_text(configuration.format(**told))
        (home / "oauth2.conf").write_text(ASKING.format(issuer=issuer))
        for path in (home, *home.iterdir()):
            os.chown(path, uid, account.pw_gid)
        server = Server(home, port, account)
        try:
            yield server
        finally:
            server.end()


def _program() -> str:
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program, "the tests of the mailbox need Dovecot: apt-get install dovecot-imapd"
    return program


def _certified(home: Path) -> None:
    ca = trustme.CA()
    issued = ca.issue_cert("localhost")
    ca.cert_pem.write_to_path(home / "ca.pem")
    issued.private_key_pem.write_to_path(home / "key.pem")
    for part in issued.cert_chain_pems:
        part.write_to_path(home / "certificate.pem", append=True)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Dovecot does not answer: {log.read_text() if log.exists() else server.returncode}")
