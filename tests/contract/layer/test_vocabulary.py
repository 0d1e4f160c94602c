"""Our closed lists against AWS's own: statuses, operations, and the actions that name them."""

import botocore.session
from peerkeeper.aws.error_codes import CODES
from peerkeeper.aws.observe import OPERATIONS
from peerkeeper.safety.rights import RIGHTS
from peerkeeper.values.changes import ACTIONS, KINDS
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.reads import By, Describe

from tests.contract.deploy.templates import ROOT

EC2 = botocore.session.Session().get_service_model("ec2")


def test_peering_statuses_are_ec2s_and_one_for_what_we_do_not_know():
    codes = set(EC2.shape_for("VpcPeeringConnectionStateReasonCode").enum)
    assert {status.value for status in PeeringStatus} == codes | {"unknown"}


def test_the_trimmed_model_holds_just_the_operations_the_edge_calls():
    listed = (ROOT / "layers/peerkeeper/build/operations.txt").read_text().split()
    used = {action for action, _, _ in OPERATIONS.values()} | set(ACTIONS.values())
    assert {line for line in listed if line[0].isupper()} >= used | {"DescribeVpcAttribute"}


def test_pages_are_as_large_as_ec2_allows():
    for action, _, size in OPERATIONS.values():
        shape = EC2.operation_model(action).input_shape.members["MaxResults"]
        most = 1000  # of DescribeVpcEndpoints the model says it in words alone
        assert shape.metadata.get("max", most) == size


def test_every_filter_is_one_that_ec2_documents():
    kinds = {
        By.VPC: (Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES),
        By.SUBNET: (Describe.SUBNETS,),
        By.ROUTE_TABLE: (Describe.ROUTE_TABLES,),
        By.PEERING: (Describe.PEERINGS,),
        By.REQUESTER_VPC: (Describe.PEERINGS,),
        By.ACCEPTER_VPC: (Describe.PEERINGS,),
        By.ROUTE_TO_PEERING: (Describe.ROUTE_TABLES,),
        By.GROUP: (Describe.GROUP_RULES, Describe.GROUPS),
        By.ENDPOINT: (Describe.VPC_ENDPOINTS,),
    }
    # A prefix list is named by a parameter of its own: GetManagedPrefixListEntries takes no filter.
    assert set(kinds) == set(By) - {By.ALL, By.PREFIX_LIST}
    for by, used_for in kinds.items():
        for kind in used_for:
            shape = EC2.operation_model(OPERATIONS[kind][0]).input_shape.members["Filters"]
            assert f"<code>{by.value}</code>" in shape.documentation


def test_every_kind_of_change_has_one_owner_and_one_action():
    owners = [kind for kinds in RIGHTS.values() for kind in kinds]
    assert sorted(owners, key=str) == sorted(KINDS, key=str)
    assert set(ACTIONS) == set(KINDS)


def test_error_codes_are_kept_in_lower_case_and_mean_one_thing():
    assert all(code == code.lower() for code in CODES)
