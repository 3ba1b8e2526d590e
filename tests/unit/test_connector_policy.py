"""Where approved outcomes go and how they are spelt: a policy that could not work is refused when read."""

from pathlib import Path

import pytest

from schemas.connector_policy import ConnectorPolicy, RestPolicy, Target
from schemas.plan_update import OF_OUTCOME, OF_UPDATE
from schemas.policy import PolicyError, read_policy
from tests.connectors.updates import OUTCOME, update


def test_nothing_leaves_homeward_unless_the_policy_says_where_to() -> None:
    assert ConnectorPolicy().targets == ()


def test_a_policy_names_targets_and_spells_an_action(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(
        """
        [connector]
        targets = ["rest", "files"]
        [connector.rest]
        path = "/v2/people/{authority_child_id}/plan-actions"
        method = "PATCH"
        actions = "plan.items"
        [connector.rest.action]
        externalId = "{reference}"
        summary = "Outcome {number}: {what}"
        "source.system" = "Homeward"
        """
    )
    policy = read_policy(path).connector
    assert policy.targets == (Target.REST, Target.FILES)
    assert policy.rest.reference == "externalId"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('[connector]\ntargets = ["rest", "rest"]', "names a target twice"),
        ('[connector]\ntargets = ["fax"]', "'rest' or 'files'"),
        ('[connector.rest]\npath = "/plans"', "put {authority_child_id} into it"),
        ('[connector.rest]\npath = "children/{child_id}"', "begins with /"),
        ('[connector.rest]\npath = "/a/../{child_id}"', "begins with / and has no"),
        ('[connector.rest]\npath = "/a/{child_id}?x=1"', "begins with / and has no"),
        ('[connector.rest]\npath = "/a/{what}"', "names {what}, which is not known here"),
        ('[connector.rest]\npath = "/a/{child_id"', "expected '}'"),
        ('[connector.rest]\nactions = "a..b"', "String should match pattern"),
        ('[connector.rest.action]\ntitle = "{what}"', "needs exactly one field that is {reference}"),
        ('[connector.rest.action]\na = "{reference}"\nb = "{reference}"', "needs exactly one field"),
        ('[connector.rest.action]\nr = "{reference}"\nt = "{name}"', "names {name}, which is not known"),
        ('[connector.rest.action]\nr = "{reference}"\nt = "{what!r}"', "names {what}, which is not known"),
        ('[connector.rest.action]\nr = "{reference}"\na = "1"\n"a.b" = "2"', "as a value and as a group"),
        ("[connector.rest.action]", "at least 1 item"),
    ],
)
def test_a_policy_that_could_not_work_is_refused_with_what_to_mend(
    lines: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text(lines)
    with pytest.raises(PolicyError, match="connector") as caught:
        read_policy(tmp_path / "policy.toml")
    assert says in str(caught.value)


def test_every_name_that_a_template_may_hold_has_a_value() -> None:
    told = update()
    assert tuple(told.facts) == OF_UPDATE
    assert tuple(told.facts_of(told.outcomes[0])) == (*OF_UPDATE, *OF_OUTCOME)


def test_what_is_not_known_is_told_as_nothing() -> None:
    told = update(OUTCOME.model_copy(update={"due_on": None}), held_on=None, authority_child_id=None)
    facts = told.facts_of(told.outcomes[0])
    assert (facts["held_on"], facts["due_on"], facts["authority_child_id"]) == (None, None, None)


def test_every_template_of_the_default_policy_is_a_known_name() -> None:
    names = {template.strip("{}") for template in RestPolicy().action.values()}
    assert names <= {*OF_UPDATE, *OF_OUTCOME}
