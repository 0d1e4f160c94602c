"""The two templates as plain values, and the few questions that several tests ask of them.

In: template.yaml and spoke.yaml, read by cfn-lint (short tags become {"Fn::GetAtt": [...]} and so on).
Out: resources by type, conditions for given parameters, statements of a role, the patterns of rules.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cfnlint.decode import decode

ROOT = Path(__file__).parents[3]
Node = dict[str, Any]

FUNCTIONS = {
    "ConnectPeerings": "connect_peerings",
    "CleanRoutes": "clean_routes",
    "ConfigureVpcs": "configure_vpcs",
    "Sweep": "sweep",
    "KeepEndpoints": "keep_endpoints",  # only with Endpoints=keep
}
KEPT = frozenset({"KeepEndpoints"})
# Those that are there only with FleetSweep=state-machine.
FLEET_FUNCTIONS = {"ListLocations": "list_locations", "SummarizeSweep": "summarize_sweep"}


def read(name: str) -> Node:
    template, faults = decode(str(ROOT / name))
    assert not faults
    plain: Node = json.loads(
        json.dumps(template)
    )  # cfn-lint's nodes know their line numbers; we do not need them
    return with_all(plain)


def with_all(node: Any) -> Any:
    """The template with each element of a list that only `Endpoints=keep` has, policies aside."""
    if isinstance(node, list):
        kept = [one for one in node if not _of_keep(one)]
        kept += [one["Fn::If"][1] for one in node if _of_keep(one)]
        return [with_all(one) for one in kept]
    if isinstance(node, dict):
        return {key: one if key == "Statement" else with_all(one) for key, one in node.items()}
    return node


def _of_keep(node: Any) -> bool:
    return isinstance(node, dict) and node.get("Fn::If", [""])[0] == "KeepsEndpoints"


HUB = read("template.yaml")
SPOKE = read("spoke.yaml")


def of_type(template: Node, kind: str) -> dict[str, Node]:
    """Properties by logical id."""
    return {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }


def id_in(reference: Any) -> str:
    """The logical id that {"Ref": id} or {"Fn::GetAtt": [id, attribute]} points at."""
    return reference["Ref"] if "Ref" in reference else reference["Fn::GetAtt"][0]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def holds(template: Node, condition: Any, parameters: Node) -> bool:
    """Evaluate a condition of ours: Equals, Not and And over parameters and plain strings."""
    if isinstance(condition, str):
        return holds(template, template["Conditions"][condition], parameters)
    ((function, arguments),) = condition.items()
    if function == "Condition":
        return holds(template, arguments, parameters)
    if function == "Fn::And":
        return all(holds(template, one, parameters) for one in arguments)
    if function == "Fn::Not":
        return not holds(template, arguments[0], parameters)
    assert function == "Fn::Equals"
    left, right = (parameters[a["Ref"]] if isinstance(a, dict) else a for a in arguments)
    return bool(left == right)


def statements(template: Node, role: str, mode: str = "full", **parameters: str) -> Iterator[Node]:
    """The statements that a role has in a mode; other parameters stand at their defaults unless given."""
    defaults = {name: spec.get("Default") for name, spec in template.get("Parameters", {}).items()}
    given = {**defaults, "Mode": mode, **parameters}
    for policy in template["Resources"][role]["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            if "Fn::If" not in statement:
                yield statement
                continue
            condition, then, otherwise = statement["Fn::If"]
            found = then if holds(template, condition, given) else otherwise
            if found != {"Ref": "AWS::NoValue"}:
                yield found


def allowed(template: Node, role: str, mode: str = "full", **parameters: str) -> set[str]:
    """The actions that a role is allowed in a mode."""
    return {
        action
        for statement in statements(template, role, mode, **parameters)
        if statement["Effect"] == "Allow"
        for action in as_list(statement["Action"])
    }


def event_names(pattern: Node) -> set[str]:
    """Every EC2 call that a pattern names, in whichever alternative."""
    detail = pattern["detail"]
    return {name for way in [detail, *detail.get("$or", [])] for name in way.get("eventName", [])}
