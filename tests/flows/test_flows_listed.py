"""Every flow that is served tells when it fails for good, and runs on its own."""

from cli.serving_flows import SCHEDULED, deployment
from flows.failing import tell_of_failure


def test_a_flow_that_fails_for_good_is_an_alert_itself() -> None:
    for flow, _ in SCHEDULED:
        assert tell_of_failure in (flow.on_failure_hooks or []), flow.name
        assert tell_of_failure in (flow.on_crashed_hooks or []), flow.name


def test_no_flow_runs_twice_at_once() -> None:
    for flow, schedule in SCHEDULED:
        made = deployment(flow, schedule)
        assert (made.concurrency_limit, flow.name) == (1, flow.name)
