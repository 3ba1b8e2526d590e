"""Settings: from HOMEWARD_… variables, else from homeward.toml, else as they stand here. Read once."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from cli.channel_settings import CHANNEL_SECRETS, ChannelSettings
from cli.connector_settings import CONNECTOR_SECRETS, ConnectorSettings
from cli.kafka_settings import KafkaSettings, separate
from cli.mailbox_settings import MAILBOX_SECRETS, MailboxSettings
from cli.sign_in_settings import SIGN_IN_SECRETS, SignInSettings
from schemas.policy import Policy, read_policy
from schemas.scalars import AuthorityCode

PREFIX: Final = "HOMEWARD_"
NOTTINGHAM: Final = "E06000018"
SECRETS: Final = (
    "database_url",
    "owner_database_url",
    "kafka_password",
    *CONNECTOR_SECRETS,
    *CHANNEL_SECRETS,
    *MAILBOX_SECRETS,
    *SIGN_IN_SECRETS,
)
OUTSIDE: Final = ("CONFIG", "DEBUG", "KAFKA_LIB")
"""What is not a setting but says where settings are, how errors are told, and where deploy/kafka/run keeps
Kafka."""
PLAIN: Final[Mapping[str, str]] = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "too_short": "must name at least one",
    "tuple_type": "must be a list",
    "bool_parsing": "must be true or false",
    "string_pattern_mismatch": "holds a character that does not belong there",
}
SCHEMES: Final = ("postgresql://", "postgresql+psycopg://", "postgres://")


class SettingsError(ValueError):
    """A setting is wrong or unknown; one line that names it and how to mend it."""


def _database(value: SecretStr) -> SecretStr:
    """Return the address in SQLAlchemy's style."""
    url = value.get_secret_value()
    scheme = next((scheme for scheme in SCHEMES if url.startswith(scheme)), None)
    if scheme is None:
        raise ValueError("must be like postgresql://homeward_app:PASSWORD@HOST:5432/homeward")
    try:
        _ = urlsplit(url).port
    except ValueError as error:
        raise ValueError("has a port that is not a number from 1 to 65535") from error
    return SecretStr(f"postgresql+psycopg://{url.removeprefix(scheme)}")


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]


class Settings(ChannelSettings, KafkaSettings, ConnectorSettings, MailboxSettings, SignInSettings):
    """What may be chosen for one installation. `database_url` unset: PostgreSQL of our own, in `home`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", str_strip_whitespace=True
    )

    home: Path = Path("var")
    """The directory for everything that is kept on this machine."""
    database_url: DatabaseUrl | None = None
    """The database, as the role homeward_app, which owns nothing."""
    owner_database_url: DatabaseUrl | None = None
    """The same database as the role that owns its tables; only `homeward db upgrade` needs it."""
    postgres_bin: Path | None = None
    """The bin directory of PostgreSQL 15 to 18 to use instead of the one that comes along."""
    authorities: Annotated[
        tuple[AuthorityCode, ...], NoDecode, BeforeValidator(separate), Field(min_length=1)
    ] = (NOTTINGHAM,)
    """The ONS codes of the authorities served here, separated by commas."""
    policy: Path | None = None
    """The authority's policy, a TOML file; without one, that of the statutory guidance."""
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """The address to serve on."""
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(separate)] = ()
    """Further names under which browsers and machines may call it, separated by commas."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The port to serve on; 0 takes any that is free."""
    max_body_bytes: Annotated[int, Field(ge=10_000, le=1_000_000_000)] = 10_000_000
    """The largest request that is taken."""
    requests_per_second: Annotated[int, Field(ge=1)] = 1000
    """How many requests one token may make."""
    heads: Path | None = None
    """Where the ledger's heads are published; best on another disk. Without it: `heads` in `home`."""
    police_lists: Path | None = None
    """The folder with forces' lists of missing children, each in a folder: `nottinghamshire/today.csv`."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """What is worth a line in the log."""

    @model_validator(mode="after")
    def _owner_of_what(self) -> Self:
        if self.owner_database_url and not self.database_url:
            raise ValueError(
                "owner_database_url|is given, but HOMEWARD_DATABASE_URL is not: give both or neither"
            )
        return self

    @property
    def heads_directory(self) -> Path:
        return self.heads or self.home / "heads"

    @property
    def address(self) -> str:
        """Where people find Homeward, for the links in messages."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by https, so that cookies go by it alone."""
        return (self.public_url or "").startswith("https://")

    @property
    def flows_expected(self) -> bool:
        """Whether somebody is to do by the clock what is done by the clock."""
        return self.flows or self.prefect is not None

    def read_policy(self) -> Policy:
        """Return the authority's policy.

        Raises:
            PolicyError: the file cannot be used.
        """
        return read_policy(self.policy) if self.policy else Policy()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _FromFile(settings_cls, config_file())


class _FromFile(TomlConfigSettingsSource):
    """The settings file, without what says where a secret is."""

    def _read_file(self, file_path: Path | Traversable) -> dict[str, Any]:
        told = _toml(Path(str(file_path)))
        return {name: value for name, value in told.items() if name not in _secret_files()}


def read_settings(**given: object) -> Settings:
    """Return the settings; `given` on the command line counts above all, unless None.

    Raises:
        SettingsError: one of them is wrong or unknown.
    """
    _refuse_unknown_variables()
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**(dict(_secrets()) | chosen))  # type: ignore[arg-type]  # validated here
    except ValidationError as error:
        wrong = [_wrong(each, chosen) for each in error.errors(include_url=False)]
        raise SettingsError("; ".join(wrong)) from None


def config_file() -> Path | None:
    """Return the settings file, if there is one."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    path = Path(named or "homeward.toml")
    if named and not path.is_file():
        raise SettingsError(f"HOMEWARD_CONFIG is {named}, where there is no file: correct or unset it")
    return path if path.is_file() else None


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}): let this user read it") from error
    except ValueError as error:
        raise SettingsError(f"{path} is not TOML in UTF-8 ({error}): correct it") from error


def _secret_files() -> tuple[str, ...]:
    return tuple(f"{name}_file" for name in SECRETS)


def _secrets() -> Iterator[tuple[str, str]]:
    """Yield the secrets that a file holds: HOMEWARD_DATABASE_URL_FILE names one."""
    config = config_file()
    told = _toml(config) if config else {}
    for name, file in zip(SECRETS, _secret_files(), strict=True):
        where = os.environ.get(f"{PREFIX}{file.upper()}") or told.get(file)
        if where is None:
            continue
        if os.environ.get(f"{PREFIX}{name.upper()}") or name in told:
            raise SettingsError(f"{PREFIX}{name.upper()} is given twice, also by a file: keep one of them")
        try:
            yield name, Path(where).read_text(encoding="utf-8").strip()
        except (OSError, ValueError, TypeError) as error:
            raise SettingsError(
                f"{PREFIX}{file.upper()} names {where}, which cannot be read: correct it"
            ) from error


def _refuse_unknown_variables() -> None:
    known = [name.upper() for name in (*Settings.model_fields, *_secret_files(), *OUTSIDE)]
    for variable in sorted(os.environ):
        name = variable.upper().removeprefix(PREFIX)
        if variable.upper().startswith(PREFIX) and name not in known:
            raise SettingsError(f"{variable} is not a setting: {_instead(name, known, PREFIX)}")


def _instead(name: str, known: Iterable[str], prefix: str = "") -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean {prefix}{near[0]}?"
    return f"remove it, or use one of {', '.join(f'{prefix}{one}' for one in sorted(known))}"


def _wrong(error: Any, given: Mapping[str, object]) -> str:
    """Say which setting is wrong, where it was given, and what it must be; never what a secret was."""
    message = str(error["msg"]).removeprefix("Value error, ").replace("Input should", "must")
    told, _, rest = message.partition("|")  # a rule about two settings says which is wrong
    name, message = (str(error["loc"][0]), message) if error["loc"] else (told, rest)
    variable, path = f"{PREFIX}{name.upper()}", config_file()
    if error["type"] == "extra_forbidden":
        return f"{name} in {path} is not a setting: {_instead(name, Settings.model_fields)}"
    in_file = path is not None and name in _toml(path) and not os.environ.get(variable)
    where = f"--{name}" if name in given else f"{name} in {path}" if in_file else variable
    if error["type"] == "string_pattern_mismatch" and name == "authorities":
        return f"{where} must be ONS codes of local authorities such as {NOTTINGHAM}, separated by commas"
    return f"{where} {PLAIN.get(error['type'], message)}"
