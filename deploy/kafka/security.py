"""What `--secure` adds: TLS, and users who sign in with SCRAM.

The broker speaks to itself on two more loopback listeners. They need no TLS, but a password that each start
makes anew, so that no other user of the machine gets in there.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errors import OneBoxError

MECHANISMS: Final[Mapping[str, str]] = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}
ITERATIONS: Final = 8192
MODULES: Final = "org.apache.kafka.common.security"


@dataclass(frozen=True, slots=True)
class Security:
    """The broker's certificate and key, as PEM files, and the users with their password files."""

    certificate: Path
    key: Path
    users: Mapping[str, Path]


def read_users(given: Sequence[str]) -> dict[str, Path]:
    """Return what `NAME:PASSWORD_FILE` says of each user.

    Raises:
        OneBoxError: one of them says something else.
    """
    users = {}
    for each in given:
        name, _, password_file = each.partition(":")
        if not re.fullmatch(r"[\w.-]+", name, flags=re.ASCII) or not password_file:
            raise OneBoxError(f"--user {each} must be like alice:FILE, with her password in the file")
        users[name] = Path(password_file)
    return users


def key_store(security: Security) -> str:
    """Return the key and the certificate in the one file that Kafka reads.

    Raises:
        OneBoxError: the key is in a form that Kafka cannot read.
    """
    key = _text(security.key)
    if "-----BEGIN PRIVATE KEY-----" not in key:
        raise OneBoxError(
            f"{security.key} must be PKCS #8 without a password: openssl pkcs8 -topk8 -nocrypt makes it so"
        )
    return f"{key.rstrip()}\n{_text(security.certificate)}"


def scram_arguments(users: Mapping[str, Path]) -> Iterator[str]:
    """Yield what tells Kafka's StorageTool of the users. It never sees a password."""
    for name, password_file in users.items():
        password = _text(password_file).rstrip("\r\n")
        if not password:
            raise OneBoxError(f"{password_file} holds no password")
        for mechanism, digest in MECHANISMS.items():
            yield f"--add-scram {mechanism}=[name={name},{_salted(password, digest)}]"


def _salted(password: str, digest: str) -> str:
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac(digest, password.encode(), salt, ITERATIONS)
    encoded = (base64.b64encode(each).decode() for each in (salt, salted))
    return 'iterations={},salt="{}",saltedpassword="{}"'.format(ITERATIONS, *encoded)


def secure_properties(key_store_file: str) -> dict[str, str]:
    """Return the settings that take the place of an open listener's."""
    password = secrets.token_urlsafe(24)
    plain = f'{MODULES}.plain.PlainLoginModule required username="node" password="{password}"'
    scram = f"{MODULES}.scram.ScramLoginModule required;"
    ours = {
        f"listener.name.{name}.{setting}": value
        for name in ("internal", "controller")
        for setting, value in {
            "sasl.enabled.mechanisms": "PLAIN",
            "plain.sasl.jaas.config": f'{plain} user_node="{password}";',
        }.items()
    }
    theirs = {f"listener.name.client.{name.lower()}.sasl.jaas.config": scram for name in MECHANISMS}
    return {
        "listener.name.client.sasl.enabled.mechanisms": ",".join(MECHANISMS),
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "sasl.mechanism.controller.protocol": "PLAIN",
        "listener.name.client.ssl.keystore.type": "PEM",
        "listener.name.client.ssl.keystore.location": key_store_file,
        **ours,
        **theirs,
    }


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise OneBoxError(f"{path} cannot be read") from error
