"""Wrong parameters: the engine refuses each by its name, and so does our own resolver.

The wrong values are made of what the templates themselves declare, so that a new parameter is tried
from the day that it is there. A new rule wants a row of its own below.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.deployment import DeploymentError
from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template
from tests.deployed.engine import Engine
from tests.deployed.places import HUB, ORGANIZATION, OTHER, ROOT, SEOUL

BUS = f"arn:aws:events:{SEOUL}:{HUB}:event-bus/peerkeeper"
NEEDED = {"template.yaml": {}, "spoke.yaml": {"HubBusArn": BUS}}
"""What a template asks for even where all is by default."""
BROKEN_RULES = {
    ("template.yaml", "OrganizationIsNamed"): [
        {"Accounts": "organization", "FleetSweep": "state-machine", "ExternalId": "x" * 16},
        {"Accounts": "organization", "OrganizationId": ORGANIZATION},
    ],
    ("template.yaml", "UnitsAreOfAnOrganization"): [{"OrganizationalUnits": "ou-abcd-abcdefgh"}],
    ("template.yaml", "OtherAccountsAreSure"): [{"Accounts": OTHER}],
    ("spoke.yaml", "TrustIsNarrow"): [{"RoleRegion": SEOUL}],
}
"""Parameters for each assertion of each rule, in the template's order: that one alone does not hold."""
NEVER = ("", " ", "no such thing!", "*", "0.0.0.0/0", "a,b", "éé")
NUMBER = count()
Parameters = Mapping[str, str]


def wrong_values(spec: Mapping[str, Any]) -> Iterator[str]:
    """Yield values that the parameter's own words rule out."""
    fits = re.compile(spec.get("AllowedPattern", "(?s:.*)"))
    right = str(spec.get("Default", ""))
    if "AllowedValues" in spec:
        one = str(spec["AllowedValues"][0])
        yield from (f"{one}{one}{one}{one}", f"{one} ", "")
    elif "AllowedPattern" in spec:
        beside = (f"{right} ", f"{right},", f"{right}\n")
        yield from (one for one in (*NEVER, *beside) if not fits.fullmatch(one))
    if "MaxLength" in spec:
        too_long = ",".join([OTHER] * (int(spec["MaxLength"]) // len(f"{OTHER},") + 2))
        assert fits.fullmatch(too_long)
        yield too_long


def wrong_parameters(file: str) -> Iterator[tuple[str, Parameters]]:
    """Yield what the refusal must say, and the parameters."""
    template = read_template(ROOT / file)
    for name, spec in template["Parameters"].items():
        yield from ((name, {name: value}) for value in wrong_values(spec))
    for name, rule in template["Rules"].items():
        asserted = [one["AssertDescription"] for one in rule["Assertions"]]
        yield from zip(asserted, BROKEN_RULES[file, name], strict=True)


def asking(template: Mapping[str, Any]) -> str:
    """Return what the template asks for, as JSON, with one resource of no interest.

    What is wrong is refused before any resource is looked at, and the engine takes half a second
    for all of them.
    """
    topic = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    return json.dumps({name: template[name] for name in ("Parameters", "Rules")} | topic)


def refusal(engine: Engine, body: str, parameters: Parameters) -> str:
    """Ask for a change set of a new stack; return why there is none, empty where there is one."""
    cloudformation = engine.client("cloudformation")
    given = [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()]
    try:
        made = cloudformation.create_change_set(
            StackName="refused",
            ChangeSetName=f"number-{next(NUMBER)}",
            ChangeSetType="CREATE",
            TemplateBody=body,
            Parameters=given,
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        assert error.response["Error"]["Code"] == "ValidationError", error
        return str(error.response["Error"]["Message"])
    found = cloudformation.describe_change_set(ChangeSetName=made["Id"])
    cloudformation.delete_change_set(ChangeSetName=made["Id"])
    return str(found["StatusReason"]) if found["Status"] == "FAILED" else ""


def our_refusal(template: Mapping[str, Any], parameters: Parameters) -> str:
    try:
        resolver = Resolver(template, Place(HUB, SEOUL, "refused"), parameters)
        return " ".join(resolver.broken_rules(template["Rules"]))
    except DeploymentError as error:
        return str(error)


@pytest.mark.parametrize("file", sorted(NEEDED))
def test_every_wrong_parameter_is_refused_by_name(
    engine: Engine, file: str, figure: Callable[[str], None]
) -> None:
    template, needed = read_template(ROOT / file), NEEDED[file]
    body = asking(template)
    assert [refusal(engine, body, needed), our_refusal(template, needed)] == ["", ""]
    refused = 0
    for words, wrong in wrong_parameters(file):
        theirs = refusal(engine, body, {**needed, **wrong})
        assert words in theirs, f"{wrong}: the engine says {theirs or 'nothing'!r}"
        ours = our_refusal(template, {**needed, **wrong})
        assert words in ours, f"{wrong}: the resolver says {ours or 'nothing'!r}"
        refused += 1
    figure(f"{refused:>6} wrong parameters of {file} refused by name")
