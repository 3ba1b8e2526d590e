"""An update as one page that prints well and needs nothing beside it."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from schemas.plan import When
from schemas.plan_update import PlanUpdate, PushedOutcome

SAID: Final = {
    When.BEFORE: "About the time before",
    When.DURING: "About the time away",
    When.SINCE: "About the time since",
}
_HEAD: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Outcomes of a return home interview</title>
<style>
body { font: 12pt/1.5 Arial, sans-serif; color: #000; max-width: 45em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-bottom: 0; }
section { break-inside: avoid; border-top: 1px solid #000; margin-top: 1.5em; }
dt { font-weight: bold; margin-top: .5em; } dd { margin: 0; } dd, blockquote { white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { border-left: 3px solid #000; margin: .25em 0; padding-left: .75em; }
@page { margin: 2cm; }
@media print { body { margin: 0; max-width: none; } }
</style>
</head>
<body>
"""  # noqa: E501 - a style sheet
_FOOT: Final = "</body>\n</html>\n"


def printed(update: PlanUpdate) -> str:
    """Return the page: whose plan it is by the authority's id, the decision, and each outcome."""
    parts = [
        _HEAD,
        "<h1>Outcomes of a return home interview</h1>\n",
        _list(_facts(update)),
        *(_outcome(each) for each in update.outcomes),
        _FOOT,
    ]
    return "".join(parts)


def _facts(update: PlanUpdate) -> Iterator[tuple[str, str]]:
    yield "Child, by the authority’s number", update.authority_child_id or "not known yet"
    yield "Authority", update.authority
    yield "Interview", str(update.interview_id)
    if update.held_on:
        yield "Held on", f"{update.held_on:%d/%m/%Y}"
    yield "Manager’s decision", update.decision
    yield "This update", str(update.key)


def _outcome(pushed: PushedOutcome) -> str:
    outcome = pushed.outcome
    facts = (
        ("Why", outcome.why),
        ("Who does it", outcome.owner),
        ("By when", f"{outcome.due_on:%d/%m/%Y}" if outcome.due_on else ""),
        ("How we will see that it worked", outcome.measure),
    )
    said = "".join(
        f"<p>{SAID[passage.when]}, the child said:</p>\n"
        f'<blockquote dir="auto">{escape(passage.text)}</blockquote>\n'
        for passage in outcome.words
    )
    title = f'<h2 dir="auto">{pushed.number}. <bdi>{escape(outcome.what)}</bdi></h2>'
    return f"<section>\n{title}\n{said}{_list(facts)}</section>\n"


def _list(facts: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<dt>{name}</dt>\n<dd dir="auto">{escape(value)}</dd>\n' for name, value in facts if value
    )
    return f"<dl>\n{told}</dl>\n"
