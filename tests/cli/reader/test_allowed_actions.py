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


def held_session(command):
    session = Session()
    session.set_credentials("AKIAAAAAAAAAAAAAAAAA", "a")
    hold(session, command)
    return session


@pytest.mark.parametrize("whole", [False, True])
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
def test_a_call_that_is_on_no_list_is_never_sent(command, service, operation, params, whole):
    session = held_session(command)
    if whole:  # EC2 with all its operations, as botocore has it
        session.register_component("data_loader", Session().get_component("data_loader"))
    elif service == "ec2":
        client = session.create_client(service, region_name="eu-west-1")
        assert not hasattr(client, operation)
        return
    client = session.create_client(service, region_name="eu-west-1")
    with pytest.raises(NotAllowed, match=f"{command} may not call {service}:"):
        getattr(client, operation)(**params)


def test_a_client_of_ec2_has_the_operations_of_the_lists_and_no_others():
    client = held_session("plan").create_client("ec2", region_name="eu-west-1")
    found = {f"ec2:{one}" for one in client.meta.service_model.operation_names}
    assert found == {one for each in ACTIONS.values() for one in each if one.startswith("ec2:")}


def test_all_sessions_share_the_models():
    one, other = (held_session(command).get_component("data_loader") for command in ("plan", "map"))
    assert one is other


def test_models_of_ones_own_stay_found(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    paths = held_session("plan").get_component("data_loader").search_paths
    assert str(tmp_path) in paths
    assert paths == Session().get_component("data_loader").search_paths


def test_the_policy_grants_the_reads_and_the_one_role():
    said = json.loads(policy("plan", "network-reader"))
    reads, roles = said["Statement"]
    assert {*reads["Action"]} == {*ESTATE} - {"sts:AssumeRole"}
    assert roles["Resource"] == "arn:*:iam::*:role/network-reader"
    assert len(json.loads(policy("plan"))["Statement"]) == 1
