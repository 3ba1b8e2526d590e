"""A broker that takes connections and says nothing costs neither threads nor descriptors."""

import gc
import socket
import threading
from pathlib import Path

import pytest

from streams import broker, log
from streams.broker import Broker, BrokerError

DESCRIPTORS = Path("/proc/self/fd")
TRIES = 5


def test_a_silent_broker_leaves_no_thread_and_no_descriptor_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "PATIENCE_MS", 200)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        at = Broker((f"127.0.0.1:{silent.getsockname()[1]}",))
        before = threading.active_count(), len(list(DESCRIPTORS.iterdir()))
        for _ in range(TRIES):
            with pytest.raises(BrokerError):
                log.partitions(at, ["homeward.notifications.v1"])
        gc.collect()
        after = threading.active_count(), len(list(DESCRIPTORS.iterdir()))
    assert after == before
