"""What the state machine and its functions call is what their roles allow, on the very keys, and no more."""

from fnmatch import fnmatchcase

import pytest

from tests.contract.deploy.templates import HUB, as_list, statements
from tests.state_machine.stage import HONG_KONG, SEOUL, FleetStage
from tests.state_machine.test_list_locations import listed

# Granted, and called by Lambda or Step Functions themselves rather than by our code or definition.
BY_AWS = {
    "logs:",
    "lambda:InvokeFunction",
    "states:",
    "s3:ListMultipartUploadParts",
    "s3:AbortMultipartUpload",
}


def granted(stage, role, **parameters):
    """(action, resource pattern) pairs; for ListBucket the prefix it is held to."""
    for statement in statements(HUB, role, FleetSweep="state-machine", **parameters):
        for action in as_list(statement["Action"]):
            if any(action.startswith(start) for start in BY_AWS):
                continue
            resources = as_list(statement["Resource"])
            if action == "s3:ListBucket":
                resources = [statement["Condition"]["StringLike"]["s3:prefix"]]
            for resource in resources:
                yield action, stage.resolver.value(resource)


def held(stage, whose, **parameters):
    """Assert that each call is granted, and each grant is called for."""
    grants = set(granted(stage, f"{whose}Role", **parameters))
    calls = {(action, resource) for who, action, resource in stage.made if who == whose}
    allowed = {a for a, _ in grants}
    assert {action for action, _ in calls} == allowed
    for action, resource in calls:
        assert not resource or any(a == action and fnmatchcase(resource, p) for a, p in grants)
    for action, pattern in grants:
        if action.startswith("s3:"):
            assert any(a == action and fnmatchcase(resource, pattern) for a, resource in calls)


def test_the_machine_and_the_summary_hold_the_rights_they_use():
    with FleetStage({"Regions": SEOUL}) as stage:
        assert stage.run()["status"] == "SUCCEEDED"
        held(stage, "FleetSweep")
        held(stage, "SummarizeSweep")


@pytest.mark.parametrize(("units", "said"), [((), ""), (("network",), "ou-ab12-11111111")])
def test_the_lister_holds_the_rights_it_uses(units, said):
    def enable(stage, theirs):
        accounts = [stage.cloud.account, theirs.outside, *theirs.in_network, *theirs.in_lab]
        stage.enabled = {account: [SEOUL] for account in accounts}

    with listed(units, f"{SEOUL},{HONG_KONG}", enable) as (_, _, stage, _):
        held(stage, "ListLocations", OrganizationalUnits=said)
