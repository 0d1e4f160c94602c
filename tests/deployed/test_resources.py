"""Each resource that the engine made, against what our own resolver reads in the same template."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.deployed.compared import EXPLAINED
from tests.deployed.conftest import Compared

SAM_MAKES = {
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::LayerVersion",
}
"""Types that SAM makes of a property of another resource, or names anew with each content."""
STACKS = ("by_default", "everything_on", "spokes")
Figure = Callable[[str], None]


@pytest.fixture(params=STACKS)
def stacks(request: pytest.FixtureRequest) -> tuple[Compared, ...]:
    found: Compared | tuple[Compared, ...] = request.getfixturevalue(request.param)
    return found if isinstance(found, tuple) else (found,)


def words(one: Compared) -> str:
    place = one.stack.place
    return f"{place.stack} in {place.account}/{place.region}"


def test_the_engine_makes_of_each_resource_what_we_resolve(
    stacks: tuple[Compared, ...], figure: Figure
) -> None:
    for one in stacks:
        different = [
            f"{logical_id}, {fact}:\n  engine {theirs}\n  ours   {ours}"
            for logical_id, fact, theirs, ours in one.facts
            if theirs != ours
        ]
        assert not different, f"{words(one)}\n" + "\n".join(different)
        looked_at = {logical_id for logical_id, *_ in one.facts}
        assert looked_at == {
            name for name, (kind, _) in one.stack.resources.items() if kind not in EXPLAINED
        }
        figure(
            f"{len(looked_at):>6} resources in {len(one.facts)} facts as we resolve them: {words(one)}"
        )


def test_the_engine_makes_those_resources_whose_condition_holds(
    stacks: tuple[Compared, ...],
) -> None:
    for one in stacks:
        declared: dict[str, Any] = one.stack.template["Resources"]
        ours = {name for name, said in declared.items() if one.stack.resolver.deployed(said)}
        made = {name for name, (kind, _) in one.stack.resources.items() if kind not in SAM_MAKES}
        assert made == {
            name for name in ours if declared[name]["Type"] != "AWS::Serverless::LayerVersion"
        }


def test_every_resource_of_the_templates_is_deployed_at_least_once(
    by_default: Compared, everything_on: Compared, spokes: tuple[Compared, ...]
) -> None:
    for stacks in ((by_default, everything_on), spokes):
        declared = {
            name
            for name, said in stacks[0].stack.template["Resources"].items()
            if said["Type"] != "AWS::Serverless::LayerVersion"
        }
        assert declared <= {name for one in stacks for name in one.stack.resources}
