"""`docker-compose.yml` is one that an engine takes, gives nobody too much, and agrees with all else."""

import json
import os
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import SecretStr

from cli.channel_settings import ChannelSettings
from cli.connector_settings import ConnectorSettings
from cli.flows import QUIET
from cli.mailbox_settings import MailboxSettings
from cli.main import COMMANDS
from cli.settings import SECRETS, Settings, read_settings
from cli.sign_in_settings import SignInSettings
from store.embedded.cluster import SETTINGS
from tests.deploy.compose import COMPOSE, OURS, ROOT, SERVICES, Service, image, image_environment
from tests.unit.test_house import PROJECT, pins

EACH = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
PAGE = (ROOT / "docs/how-to/run-in-containers.md").read_text()
POM = (ROOT / "deploy/kafka/pom.xml").read_text()
FILES = {f"HOMEWARD_{name.upper()}_FILE" for name in SECRETS}
KNOWN = {f"HOMEWARD_{name.upper()}" for name in Settings.model_fields} | FILES
WRITES_INTO_ITS_ROOT = {"kafka"}  # the image's start script writes its settings beside its programs


def homeward_commands() -> set[str]:
    """Return the commands that services run, and those that the page gives."""
    run = {service.command[1] for service in SERVICES.values() if service.is_ours}
    return run | set(re.findall(r"homeward (\w+)", "".join(re.findall(r"```\n(.*?)```", PAGE, re.DOTALL))))


def test_the_compose_specification_allows_it() -> None:
    schema = "check_jsonschema/builtin_schemas/vendor/compose-spec.json"  # importing the package fails
    specification: Any = json.loads(
        Path(str(distribution("check-jsonschema").locate_file(schema))).read_text()
    )
    wrong = Draft202012Validator(specification).iter_errors(COMPOSE)
    assert [f"{each.json_path}: {each.message}" for each in wrong] == []


@EACH
def test_what_goes_on_has_a_health_check_and_starts_again(service: Service) -> None:
    assert ("healthcheck" in service.told) == service.goes_on
    assert service.told["restart"] == ("unless-stopped" if service.goes_on else "no")


@EACH
def test_a_service_may_do_nothing_that_it_does_not_need(service: Service) -> None:
    assert service.told["cap_drop"] == ["ALL"]
    assert service.told["security_opt"] == ["no-new-privileges:true"]
    assert service.told.get("read_only", False) == (service.name not in WRITES_INTO_ITS_ROOT)


def test_nobody_is_root() -> None:
    assert image("USER") == "10001:10001"
    assert SERVICES["postgres"].told["user"] == "postgres"  # Kafka's image has a user of its own


def test_the_api_alone_is_published_and_to_this_machine_alone() -> None:
    published = {
        service.name: service.told["ports"] for service in SERVICES.values() if "ports" in service.told
    }
    assert published == {"web": ["127.0.0.1:${HOMEWARD_PORT:-8000}:8000"]}


def test_the_page_names_whatever_may_be_chosen() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert {name for name in re.findall(r"\$\{(\w+)", text) if name not in PAGE} == set()


def given(service: str) -> set[str]:
    """Return the settings that a service is given, also by a file."""
    names = (name.removeprefix("HOMEWARD_").lower() for name in SERVICES[service].environment)
    return {name.removesuffix("_file") for name in names}


def test_web_is_given_all_by_which_people_sign_in_and_no_other_service_is() -> None:
    assert set(SignInSettings.model_fields) <= given("web")
    others = (name for name in SERVICES if name != "web")
    assert all(set(SignInSettings.model_fields).isdisjoint(given(name)) for name in others)


def test_without_a_sign_in_service_its_secret_is_not_looked_for() -> None:
    assert SERVICES["web"].environment["HOMEWARD_SIGN_IN_CLIENT_KEY_FILE"] == ""


def test_the_mailbox_starts_only_where_it_is_asked_for_with_all_its_settings() -> None:
    assert [service.name for service in SERVICES.values() if service.is_chosen] == ["mailbox"]
    assert set(MailboxSettings.model_fields) - given("mailbox") == {"mailbox_smtp_port"}


def test_the_mailbox_can_answer_a_sender_by_e_mail() -> None:
    by_mail = {name for name in ChannelSettings.model_fields if name.startswith("smtp_")}
    assert by_mail <= given("mailbox")


@pytest.mark.parametrize("service", ["flows", "worker", "web"])
def test_whoever_tells_people_is_given_every_way_to_do_so(service: str) -> None:
    assert set(ChannelSettings.model_fields) <= given(service)


def test_the_flows_are_given_all_by_which_outcomes_are_pushed_but_files() -> None:
    assert set(ConnectorSettings.model_fields) - given("flows") == {"case_directory"}


def test_of_two_ways_to_sign_in_to_the_mailbox_the_file_of_one_may_be_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in SERVICES["mailbox"].environment.items():
        if name.startswith(("HOMEWARD_MAILBOX", "HOMEWARD_SMTP")):
            monkeypatch.setenv(name, value.replace("/run/secrets", str(tmp_path)))
    for file, held in (("mailbox_password", ""), ("mailbox_client_secret", "s3cret")):
        (tmp_path / file).write_text(held)
    for name in ("HOST", "USER", "CLIENT_ID"):
        monkeypatch.setenv(f"HOMEWARD_MAILBOX_{name}", "mail.example")
    monkeypatch.setenv("HOMEWARD_MAILBOX_TOKEN_URL", "https://login.example/token")
    settings = read_settings()
    assert (settings.mailbox_password, settings.mailbox_client_secret) == (None, SecretStr("s3cret"))


def test_what_has_no_password_cannot_be_reached_from_outside() -> None:
    assert COMPOSE["networks"]["inside"]["internal"]
    alone = {service.name for service in SERVICES.values() if service.told["networks"] == ["inside"]}
    assert {"kafka", "postgres", "prefect"} <= alone


@EACH
def test_a_service_is_given_the_secrets_that_it_uses_and_no_other(service: Service) -> None:
    told = " ".join(map(str, service.told["environment"].values()))
    used = set(re.findall(r"/run/secrets/(\w+)", told))
    assert set(service.told.get("secrets", ())) == used


@EACH
def test_a_secret_is_never_a_variable(service: Service) -> None:
    secret = [name for name in service.environment if re.search("PASSWORD|DATABASE_URL|KEY|SECRET", name)]
    assert all(name.endswith("_FILE") for name in secret)


def test_no_line_holds_a_password() -> None:
    assert re.findall(r"://[^/\s]*:[^/\s]*@", (ROOT / "docker-compose.yml").read_text()) == []


def test_git_keeps_out_of_the_secrets() -> None:
    for secret in COMPOSE["secrets"].values():
        subprocess.run(
            ["git", "-c", "safe.directory=*", "check-ignore", "--quiet", secret["file"]], cwd=ROOT, check=True
        )


def test_the_page_makes_every_secret() -> None:
    made = set(re.findall(r"> (deploy/secrets/\w+)$", PAGE, flags=re.MULTILINE))
    assert made == {secret["file"] for secret in COMPOSE["secrets"].values()}


def test_each_volume_is_named_and_used() -> None:
    mounted = [
        str(each).partition(":")[0]
        for service in SERVICES.values()
        for each in service.told.get("volumes", ())
    ]
    assert sorted(name for name in mounted if not name.startswith("./")) == sorted(COMPOSE["volumes"])
    assert all((ROOT / name).exists() for name in mounted if name.startswith("./"))


def test_the_relay_alone_can_write_the_published_heads() -> None:
    holders = [
        service.name for service in SERVICES.values() if "heads:/srv/heads" in service.told.get("volumes", ())
    ]
    assert holders == ["relay"]
    assert SERVICES["relay"].environment["HOMEWARD_HEADS"] == "/srv/heads"


@EACH
def test_every_setting_is_known(service: Service) -> None:
    environment = service.environment | (image_environment() if service.is_ours else {})
    assert {name for name in environment if name.startswith("HOMEWARD_")} <= KNOWN


def test_every_command_of_ours_exists() -> None:
    assert homeward_commands() - {"server"} <= set(COMMANDS)  # which is Prefect's


def test_the_page_names_services_that_there_are() -> None:
    assert set(re.findall(r"compose (?:exec|cp|pull)(?: -T)? (\w+)", PAGE)) <= set(SERVICES)


def test_two_workers_run() -> None:
    assert SERVICES["worker"].copies == 2


@EACH
def test_a_service_waits_for_what_can_come_true(service: Service) -> None:
    assert service.after == {
        name: "service_healthy" if SERVICES[name].goes_on else "service_completed_successfully"
        for name in service.after
    }


def test_kafka_is_the_release_that_tests_run_on() -> None:
    version = re.search(r"<kafka\.version>(.+)</kafka\.version>", POM)
    assert version
    assert SERVICES["kafka"].told["image"] == f"apache/kafka:{version[1]}"


def test_prefect_is_the_locked_release_from_our_own_image() -> None:
    assert SERVICES["prefect"].is_ours
    assert any(pin.line.startswith("prefect==") for pin in pins("requirements.txt"))


def test_prefect_tells_nobody_anything() -> None:
    told = ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")
    assert [SERVICES["prefect"].environment[name] for name in told] == [QUIET[name] for name in told]


def test_our_image_is_of_this_release() -> None:
    version = PROJECT["project"]["version"]
    assert {service.told["image"] for service in SERVICES.values() if service.is_ours} == {f"{OURS}{version}"}
    assert f'org.opencontainers.image.version="{version}"' in image("LABEL")


@pytest.mark.parametrize("name", ["log_error_verbosity", "log_min_error_statement"])
def test_postgresql_keeps_childrens_details_out_of_its_log_as_our_own_does(name: str) -> None:
    assert f"{name}={SETTINGS[name]}" in SERVICES["postgres"].told["command"]


def test_a_password_that_an_address_would_have_to_encode_stops_postgresqls_first_start(
    tmp_path: Path,
) -> None:
    for role, name in (("homeward_owner", "owner_database_url"), ("homeward_app", "database_url")):
        (tmp_path / name).write_text(f"postgresql://{role}:lock%2042@postgres:5432/homeward\n")
    told = {
        name: value.replace("/run/secrets", str(tmp_path))
        for name, value in SERVICES["postgres"].environment.items()
    }
    script = ROOT / "deploy/postgres/roles.sh"
    done = subprocess.run([script], env=os.environ | told, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"{tmp_path}/owner_database_url must hold postgresql://homeward_owner:PASSWORD@"
    )
