"""No command calls what can write: the lists, what holds them, and the policy made of them."""

import json

import pytest
from botocore.session import Session

from peerkeeper_cli.app import COMMANDS
from peerkeeper_cli.reader.allowed_actions import ACTIONS, ESTATE, NotAllowed, hold, policy

READS = ("Describe", "Get", "List", "Lookup", "Simulate", "Start", "Stop", "Filter")
"""Verbs of actions that read. Start and Stop are for queries of logs alone."""


def test_every_action_on_a_list_only_reads():
    for command, actions in ACTIONS.items():
        for action in actions:
            service, _, name = action.partition(":")
            if action == "sts:AssumeRole":
                continue
            assert name.startswith(READS), (command, action)
            if name.startswith(("Start", "Stop")):
                assert (service, name) in {("logs", "StartQuery"), ("logs", "StopQuery")}


def test_each_command_has_a_list():
    assert {*COMMANDS} <= ACTIONS.keys()


@pytest.mark.parametrize("command", sorted(ACTIONS))
@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("ec2", "create_route", {"RouteTableId": "rtb-1", "DryRun": True}),
        ("ec2", "accept_vpc_peering_connection", {"VpcPeeringConnectionId": "pcx-1"}),
        ("ec2", "create_tags", {"Resources": ["vpc-1"], "Tags": []}),
        ("lambda", "invoke", {"FunctionName": "one"}),
        ("s3", "list_buckets", {}),
    ],
)
def test_a_call_that_is_on_no_list_is_never_sent(command, service, operation, params):
    session = Session()
    session.set_credentials("AKIAAAAAAAAAAAAAAAAA", "a")
    hold(session, command)
    client = session.create_client(service, region_name="eu-west-1")
    with pytest.raises(NotAllowed, match=f"{command} may not call {service}:"):
        getattr(client, operation)(**params)


def test_the_policy_grants_the_reads_and_the_one_role():
    said = json.loads(policy("plan", "network-reader"))
    reads, roles = said["Statement"]
    assert {*reads["Action"]} == {*ESTATE} - {"sts:AssumeRole"}
    assert roles["Resource"] == "arn:aws:iam::*:role/network-reader"
    assert len(json.loads(policy("plan"))["Statement"]) == 1
