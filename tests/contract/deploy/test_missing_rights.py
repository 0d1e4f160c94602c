"""What a `denied` finding says of a spoke's parameters: those on which the missing right rests."""

from typing import Any

import pytest
from peerkeeper.values.refuser import ASKED_FOR_BY

from tests.contract.deploy.templates import SPOKE, as_list, of_type

CHOICES = {"StaleGroupRules", "Reachability", "QuotaCheck", "PrivateZones", "Endpoints"}
CHOICES |= {"VpcDns", "SubnetPublicIp", "Mode"}


def parameters_in(node: Any) -> set[str]:
    """The parameters that a condition, or a value in it, rests on."""
    if isinstance(node, list):
        return set().union(*map(parameters_in, node))
    if not isinstance(node, dict):
        return set()
    if "Condition" in node:
        return parameters_in(SPOKE["Conditions"][node["Condition"]])
    return {node["Ref"]} if "Ref" in node else parameters_in([*node.values()])


def rests_on() -> dict[str, set[str]]:
    """Each action that a role of the spoke has only by a choice, with the parameters of these choices."""
    found: dict[str, set[str]] = {}
    for role in of_type(SPOKE, "AWS::IAM::Role").values():
        for policy in role.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                if "Fn::If" not in statement:
                    continue
                condition, given, _ = statement["Fn::If"]
                asked = parameters_in({"Condition": condition}) & CHOICES
                for action in as_list(given["Action"]):
                    found.setdefault(action.partition(":")[2], set()).update(asked)
    return found


RESTS_ON = rests_on()


def test_rights_rest_on_choices():
    assert RESTS_ON["ModifyVpcAttribute"] == {"Mode", "VpcDns"}
    assert len(RESTS_ON) > 10


@pytest.mark.parametrize("action", sorted(RESTS_ON))
def test_a_missing_right_names_each_parameter_that_gives_it(action):
    named = {*ASKED_FOR_BY.get(action, "Mode").split(" and ")}
    assert RESTS_ON[action] <= named
