"""Alerts, dashboard and runbooks speak of what the code measures, and of all of it."""

import json
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urldefrag

import promql_parser as promql
import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from casework.intake import Verdict
from cli.main import COMMANDS
from cli.settings import Settings
from tests.deploy.measured import (
    MEASURED,
    ROOT,
    SCRAPED,
    collectors,
    known_modules,
    measuring_modules,
    series_of,
)

HERE = ROOT / "deploy/observability"
CONFIG: Any = yaml.safe_load((HERE / "prometheus.yml").read_text())
RULES: list[Any] = [
    rule for group in yaml.safe_load((HERE / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
DASHBOARD: Any = json.loads((HERE / "dashboard.json").read_text())
PANELS: list[Any] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
RUNBOOKS = (HERE / "runbooks.md").read_text()

ALERT_EXPRESSIONS = {rule["alert"]: str(rule["expr"]) for rule in RULES}
DASHBOARD_EXPRESSIONS = {
    f"{panel['title']} {target['refId']}": str(target["expr"])
    for panel in PANELS
    for target in panel["targets"]
}
EXPRESSIONS = ALERT_EXPRESSIONS | DASHBOARD_EXPRESSIONS
ALERTS = pytest.mark.parametrize("rule", RULES, ids=list(ALERT_EXPRESSIONS))


def parts(expression: str) -> list[promql.Expr]:
    """Return every node of an expression."""
    found: list[promql.Expr] = []
    promql.walk(promql.parse(expression), found.append)
    return found


def selectors(expression: str) -> list[promql.VectorSelector]:
    return [part for part in parts(expression) if isinstance(part, promql.VectorSelector)]


def names(expressions: Mapping[str, str]) -> set[str]:
    return {one.name or "" for expression in expressions.values() for one in selectors(expression)}


def grouped(expression: str) -> set[str]:
    """Return the labels that an expression groups by."""
    sums = [part.modifier for part in parts(expression) if isinstance(part, promql.AggregateExpr)]
    return set().union(*(modifier.labels for modifier in sums if modifier))


def matched(expression: str) -> set[str]:
    """Return the labels that an expression chooses by."""
    return {matcher.name for one in selectors(expression) for matcher in one.matchers.matchers}


def chosen(label: str) -> set[str]:
    """Return the values that any expression chooses of a label, regular expressions taken apart."""
    return {
        value
        for expression in EXPRESSIONS.values()
        for one in selectors(expression)
        for matcher in one.matchers.matchers
        if matcher.name == label
        for value in matcher.value.split("|")
    }


def probe_port(command: str) -> str:
    """Return the port of a command's example, else the one that pages are served on."""
    example = str(import_module(COMMANDS[command].module).command.__doc__)
    told = re.search(r"--probe-port (\d+)", example)
    return told[1] if told else str(Settings.model_fields["port"].default)


def slug(heading: str) -> str:
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.+)$", page, flags=re.MULTILINE)


def test_these_tests_know_every_module_that_measures() -> None:
    assert measuring_modules() == known_modules()


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=list(EXPRESSIONS))
def test_an_expression_is_of_what_the_code_measures(expression: str) -> None:
    assert {one.name for one in selectors(expression)} <= MEASURED.keys()


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=list(EXPRESSIONS))
def test_an_expression_names_only_labels_of_what_it_is_of(expression: str) -> None:
    named = grouped(expression) | matched(expression)
    assert named <= frozenset().union(*(MEASURED[one.name or ""] for one in selectors(expression)))


@pytest.mark.parametrize("collector", collectors(), ids=[one._name for one in collectors()])
def test_the_dashboard_shows_every_measurement(collector: MetricWrapperBase) -> None:
    assert names(DASHBOARD_EXPRESSIONS) & {name for name, _ in series_of(collector)}


def test_no_expression_chooses_a_verdict_that_there_is_not() -> None:
    assert chosen("verdict") <= {verdict.value for verdict in Verdict}


@ALERTS
def test_an_alert_says_how_long_how_urgent_and_what_it_is(rule: Any) -> None:
    assert re.fullmatch(r"\d+[mh]", rule["for"])
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"]


@ALERTS
def test_an_alert_tells_only_labels_that_it_has(rule: Any) -> None:
    told = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    assert told <= (grouped(rule["expr"]) or SCRAPED["up"])


@ALERTS
def test_the_runbook_of_an_alert_is_a_heading_of_a_page(rule: Any) -> None:
    page, heading = urldefrag(rule["annotations"]["runbook"])
    assert heading in map(slug, headings((ROOT / page).read_text()))


def test_every_runbook_is_of_an_alert_in_their_order() -> None:
    assert headings(RUNBOOKS) == list(ALERT_EXPRESSIONS)


@pytest.mark.parametrize("heading", headings(RUNBOOKS))
def test_a_runbook_says_what_it_means_where_to_look_and_what_to_do(heading: str) -> None:
    text = RUNBOOKS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\*\*(.+):\*\*", text, flags=re.MULTILINE) == ["Means", "Look at", "Do"]


def test_the_runbooks_link_to_pages_that_are_there() -> None:
    links = [urldefrag(link) for link in re.findall(r"\]\(([^)]+)\)", RUNBOOKS)]
    assert all(
        (HERE / page).is_file() if page else part in map(slug, headings(RUNBOOKS)) for page, part in links
    )


def test_what_the_runbooks_call_by_its_title_is_a_panel_or_a_page() -> None:
    titles = set(re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", RUNBOOKS))
    assert titles <= {panel["title"] for panel in PANELS} | {"Record", "Screening"}


def test_only_overdue_interviews_wait_for_the_morning() -> None:
    assert [rule["alert"] for rule in RULES if rule["labels"]["severity"] == "ticket"] == [
        "InterviewsOverdue"
    ]


def test_prometheus_reads_the_alerts() -> None:
    assert [HERE / name for name in CONFIG["rule_files"]] == [HERE / "alerts.yml"]


@pytest.mark.parametrize("job", CONFIG["scrape_configs"], ids=lambda job: job["job_name"])
def test_prometheus_asks_a_command_at_the_port_of_its_probes(job: Any) -> None:
    command = job["job_name"].removeprefix("homeward-")
    port = int(probe_port(command))
    several = [{"names": [command], "type": "A", "port": port}]
    one = [{"targets": [f"{command}:{port}"]}]
    assert (job.get("dns_sd_configs"), job.get("static_configs")) in ((several, None), (None, one))


def test_expressions_choose_jobs_that_there_are() -> None:
    assert chosen("job") <= {"homeward-.+", *(job["job_name"] for job in CONFIG["scrape_configs"])}


def test_a_panel_says_what_it_shows_from_the_source_that_was_chosen() -> None:
    source = {"type": "prometheus", "uid": "${datasource}"}
    assert [panel["title"] for panel in PANELS if not panel["description"]] == []
    assert all(part["datasource"] == source for panel in PANELS for part in (panel, *panel["targets"]))


def test_no_panel_covers_another() -> None:
    covered = [
        (x, y)
        for place in (panel["gridPos"] for panel in DASHBOARD["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(covered) == len(set(covered))
    assert max(x for x, _ in covered) < 24
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
