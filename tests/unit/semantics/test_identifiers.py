from typing import Any

import pytest

from peerkeeper_local.semantics.identifiers import check_ids
from peerkeeper_local.semantics.refusal import Refusal


@pytest.mark.parametrize(
    "sent",
    [
        {"VpcId": "vpc-0a39a39a39a39a391", "PeerVpcId": "vpc-1a2b3c4d"},
        {"SubnetIds": ["subnet-0a1", "subnet-0a2"], "RouteTableIds": []},
        {"AssociationId": "whatever", "GatewayId": "local"},
    ],
)
def test_ids_of_the_right_form_pass_and_other_parameters_are_not_looked_at(
    sent: dict[str, Any],
) -> None:
    check_ids(sent)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"VpcId": "vpc"}, "InvalidVpcID.Malformed"),
        ({"PeerVpcId": "nonsense"}, "InvalidVpcID.Malformed"),
        ({"SubnetIds": ["subnet-0a1", "vpc-0a1"]}, "InvalidSubnetID.Malformed"),
        ({"RouteTableId": "rtb-"}, "InvalidRouteTableId.Malformed"),
        ({"VpcPeeringConnectionId": "pcx-0G1"}, "InvalidVpcPeeringConnectionId.Malformed"),
        ({"VpcPeeringConnectionIds": [""]}, "InvalidVpcPeeringConnectionId.Malformed"),
    ],
)
def test_an_id_of_the_wrong_form_is_malformed_spelt_as_ec2_does(
    sent: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal, match="Invalid id") as caught:
        check_ids(sent)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("action", "sent", "code"),
    [
        ("CreateVpcEndpoint", {"VpcId": "nonsense"}, "InvalidVpcId.Malformed"),
        ("CreateSubnet", {"VpcId": "nonsense"}, "InvalidVpcID.Malformed"),
        ("CreateNatGateway", {"SubnetId": "nonsense"}, "InvalidSubnet"),
        ("CreateNatGateway", {"AllocationId": "nonsense"}, "InvalidElasticIpID.Malformed"),
        ("DeleteNatGateway", {"NatGatewayId": "nonsense"}, "NatGatewayMalformed"),
    ],
)
def test_two_calls_have_codes_of_their_own(action: str, sent: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match="nonsense") as caught:
        check_ids(sent, action)
    assert caught.value.code == code


def test_calls_with_codes_of_their_own_take_ids_of_the_right_form() -> None:
    check_ids({"VpcId": "vpc-0a1"}, "CreateVpcEndpoint")
    check_ids({"SubnetId": "subnet-0a1", "AllocationId": "eipalloc-0a1"}, "CreateNatGateway")
    check_ids({"AllocationId": "whatever"}, "ReleaseAddress")
