"""`deploy/kafka/run`: a Kafka for a machine without containers, and for these tests."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kafka.errors import KafkaError

from tests.deploy.clients import tell, told, topics
from tests.kafka import RUN, Broker, ends, held

pytestmark = pytest.mark.xdist_group("kafka")

STARTS_IT_AND_WAITS = "import subprocess, sys; subprocess.run(sys.argv[1:])"
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}  # as /proc/net/tcp and tcp6 write it


def listening(pid: int) -> set[str]:
    """Return the addresses on which a process listens."""
    files = {os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()}
    rows = (
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    )
    return {row[1].partition(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in files}


def refused(*arguments: object) -> str:
    """Return the one line with which the script ends."""
    command = [sys.executable, RUN, *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


def test_a_broker_that_says_it_is_ready_takes_messages(own_broker: Broker) -> None:
    tell(own_broker, b"home at 21:40")
    assert told(own_broker) == b"home at 21:40"


def test_a_broker_listens_on_this_machine_alone(broker: Broker) -> None:
    addresses = listening(broker.java_pid)
    assert addresses
    assert addresses <= LOOPBACK


def test_java_starts_without_a_warning(broker: Broker) -> None:
    assert (broker.directory / "log/jvm.log").read_text() == ""


def test_messages_and_port_outlast_a_restart(own_broker: Broker) -> None:
    tell(own_broker, b"home at 21:40")
    address = own_broker.address
    assert own_broker.stop() == 0
    own_broker.start()
    assert (own_broker.address, told(own_broker)) == (address, b"home at 21:40")


def test_messages_and_port_outlast_sigkill(own_broker: Broker) -> None:
    tell(own_broker, b"home at 21:40")
    address = own_broker.address
    own_broker.kill()
    own_broker.start()
    assert (own_broker.address, told(own_broker)) == (address, b"home at 21:40")


def test_a_killed_script_takes_its_broker_with_it(own_broker: Broker) -> None:
    with held(own_broker.java_pid) as java:
        os.kill(own_broker.script_pid, signal.SIGKILL)
        assert ends(java)


def test_a_killed_broker_ends_the_script_which_names_the_log(own_broker: Broker) -> None:
    os.kill(own_broker.java_pid, signal.SIGKILL)
    assert own_broker.wait() == 1
    assert own_broker.said.endswith(f"Kafka has ended: {own_broker.directory}/log/server.log says why\n")


def test_a_broker_started_with_its_parent_ends_with_it(tmp_path: Path) -> None:
    command = [sys.executable, RUN, tmp_path, "--with-parent"]
    starting = [sys.executable, "-c", STARTS_IT_AND_WAITS, *map(str, command)]
    with subprocess.Popen(starting, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline().startswith(b"Kafka is ready at ")
        with held(int((tmp_path / "pid").read_text())) as java:
            parent.kill()
            assert ends(java)


def test_a_directory_has_one_broker_at_a_time(broker: Broker) -> None:
    assert f"another process is at work in {broker.directory}" in refused(broker.directory)


def test_a_port_that_is_taken_is_told(broker: Broker, tmp_path: Path) -> None:
    assert f"port {broker.port} is taken" in refused(tmp_path, "--port", broker.port)


def test_half_of_what_makes_it_secure_is_refused(tmp_path: Path) -> None:
    assert "--secure, --certificate, --key and --user go together" in refused(tmp_path, "--secure")


def test_the_secure_broker_takes_the_right_password_over_tls(secure_broker: Broker) -> None:
    assert topics(secure_broker) == []


def test_the_secure_broker_knows_scram_sha_512_too(secure_broker: Broker) -> None:
    assert topics(secure_broker, sasl_mechanism="SCRAM-SHA-512") == []


@pytest.mark.parametrize(
    "changed",
    [
        {"sasl_plain_password": "Grand Union, lock 43"},
        {"sasl_plain_username": "bob"},
        {"security_protocol": "SASL_PLAINTEXT"},
        {"security_protocol": "SSL"},
    ],
)
def test_the_secure_broker_refuses_anything_else(secure_broker: Broker, changed: dict[str, object]) -> None:
    with pytest.raises(KafkaError):
        topics(secure_broker, bootstrap_timeout_ms=3000, **changed)


def test_what_the_secure_broker_writes_is_for_its_own_user(secure_broker: Broker) -> None:
    made = [
        secure_broker.directory / name for name in ("config/server.properties", "config/keystore.pem", "data")
    ]
    assert [path.stat().st_mode & 0o077 for path in made] == [0, 0, 0]
