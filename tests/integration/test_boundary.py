"""Every role under the permissions boundary of docs/policies: the product does all it does without one."""

import json

import pytest

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import Pump
from peerkeeper_local.story.stage import ROOT, SEOUL
from tests.integration.pair import QUICK, Pair

POLICY = json.loads((ROOT / "docs/policies/boundary-peerkeeper.json").read_text())
ARN = "arn:aws:iam::111122223333:policy/peerkeeper-boundary-peerkeeper"


class Bound(Pair):
    """The pair, its roles within this policy."""

    def __init__(self, policy):
        super().__init__("full", QUICK, PermissionsBoundary=ARN)
        self.cloud.authority.managed_policies[ARN] = policy


def codes(pair):
    return {finding["code"] for finding in pair.findings()}


def test_within_the_boundary_of_the_page_a_peering_is_accepted_routed_and_cleaned_up():
    with Bound(POLICY) as pair:
        pair.agree()
        pair.ask()
        pair.pump.advance(60)
        assert len(pair.to_peering()) == 2
        pair.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx"))
        pair.pump.advance(60)
        assert pair.to_peering() == set()
        assert "denied" not in codes(pair)


def test_a_boundary_that_lets_too_little_through_is_a_finding_that_names_it():
    reads = [one for one in POLICY["Statement"][0]["Action"] if one != "ec2:CreateRoute"]
    narrow = {"Statement": [{"Effect": "Allow", "Action": reads, "Resource": "*"}]}
    with Bound(narrow) as pair:
        pair.agree()
        pair.ask()
        pair.pump.advance(60)
        assert pair.to_peering() == set()
        assert "permissions boundary" in str(
            [each["message"] for each in pair.findings() if each["code"] == "denied"]
        )


def test_a_boundary_that_is_not_there_lets_no_role_be_made():
    given = {"PermissionsBoundary": ARN}
    with LocalCloud() as cloud, pytest.raises(KeyError, match="peerkeeper-boundary"):
        Pump(cloud, Deployment(ROOT), given)


@pytest.mark.parametrize("parameters", [{}, {"FleetSweep": "state-machine"}])
def test_every_role_of_the_stack_has_it(parameters):
    stack = Deployment(ROOT).hub("111122223333", SEOUL, {"PermissionsBoundary": ARN, **parameters})
    assert {role.boundary for role in stack.roles} == {ARN}
