"""From EC2's replies to interfaces, groups and ACLs. The replies have the shape that boto3 returns."""

import pytest
from peerkeeper.aws import parse_reachability as parse
from peerkeeper.values.ec2 import network
from peerkeeper.values.network_acls import AclEntry
from peerkeeper.values.security_groups import GroupRule

from tests.builders import SEOUL, US


def test_an_interface_has_its_primary_address_first_and_each_once():
    raw = {
        "NetworkInterfaceId": "eni-1",
        "VpcId": "vpc-1",
        "SubnetId": "subnet-1",
        "OwnerId": "444455556666",
        "PrivateIpAddress": "10.1.1.5",
        "PrivateIpAddresses": [
            {"PrivateIpAddress": "10.1.1.9", "Primary": False},
            {"PrivateIpAddress": "10.1.1.5", "Primary": True},
        ],
        "Ipv6Addresses": [{"Ipv6Address": "fd00::5"}],
        "Groups": [{"GroupId": "sg-b", "GroupName": "b"}, {"GroupId": "sg-a", "GroupName": "a"}],
        "Attachment": {"InstanceId": "i-1"},
        "InterfaceType": "lambda",
        "Description": "words",
        "TagSet": [{"Key": "Name", "Value": "web"}],
    }
    found = parse.interface(raw, SEOUL)
    assert found.addresses == tuple(map(network, ("10.1.1.5/32", "10.1.1.9/32", "fd00::5/128")))
    assert (found.group_ids, found.owner_id) == (("sg-a", "sg-b"), "444455556666")
    assert (found.instance_id, found.kind, found.name) == ("i-1", "lambda", "web")
    four, six = network("10.1.1.0/24"), network("fd00::/64")
    ends = list(found.endpoints((four, six)))
    assert [str(end) for end in ends] == ["eni-1 (10.1.1.5)", "eni-1 (10.1.1.9)", "eni-1 (fd00::5)"]
    assert [end.subnet_network for end in ends] == [four, four, six]
    assert {end.group_ids for end in ends} == {("sg-a", "sg-b")}
    assert next(found.endpoints()).subnet_network is None


def test_an_interface_with_the_least_that_ec2_shows():
    found = parse.interface({"NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.1.1.5"}, SEOUL)
    assert (found.owner_id, found.group_ids, found.kind) == (US, (), "interface")
    assert found.addresses == (network("10.1.1.5/32"),)


def test_a_group_has_one_rule_for_each_other_end_that_a_permission_names():
    raw = {
        "GroupId": "sg-1",
        "VpcId": "vpc-1",
        "OwnerId": US,
        "GroupName": "web",
        "IpPermissions": [
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 23,
                "IpRanges": [
                    {"CidrIp": "10.0.0.0/8"},
                    {"CidrIp": "172.31.0.9/32", "Description": "x"},
                ],
                "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
                "PrefixListIds": [{"PrefixListId": "pl-1"}],
                "UserIdGroupPairs": [
                    {
                        "GroupId": "sg-2",
                        "UserId": "444455556666",
                        "VpcId": "vpc-2",
                        "VpcPeeringConnectionId": "pcx-1",
                        "PeeringStatus": "active",
                    },
                    {"GroupId": "sg-3", "PeeringStatus": "deleted"},
                ],
            }
        ],
        "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    }
    found = parse.security_group(raw, SEOUL)
    assert found.egress == (GroupRule(-1, network=network("0.0.0.0/0")),)
    assert [(rule.protocol, rule.first, rule.last) for rule in found.ingress] == [(6, 22, 23)] * 6
    ends = [str(rule.network or rule.prefix_list or rule.group_id) for rule in found.ingress]
    assert ends == ["10.0.0.0/8", "172.31.0.9/32", "::/0", "pl-1", "sg-2", "sg-3"]
    named, stale = found.ingress[4:]
    assert (named.group_owner, named.group_vpc, named.peering_id) == (
        "444455556666",
        "vpc-2",
        "pcx-1",
    )
    assert (named.peering_status, stale.peering_status, stale.group_owner) == (
        "active",
        "deleted",
        "",
    )


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ({"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1}, (1, 8, -1)),
        ({"IpProtocol": "icmpv6", "FromPort": -1, "ToPort": -1}, (58, -1, -1)),
        ({"IpProtocol": "udp", "FromPort": 53, "ToPort": 53}, (17, 53, 53)),
        ({"IpProtocol": "47"}, (47, -1, -1)),
        ({"IpProtocol": "-1"}, (-1, -1, -1)),
        ({"IpProtocol": "0"}, (0, -1, -1)),
    ],
)
def test_a_protocol_is_a_number_by_any_name(permission, expected):
    raw = {
        "GroupId": "sg-1",
        "IpPermissions": [permission | {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    }
    (rule,) = parse.security_group(raw, SEOUL).ingress
    assert (rule.protocol, rule.first, rule.last) == expected


def test_an_acl_has_its_entries_as_the_reply_has_them():
    raw = {
        "NetworkAclId": "acl-1",
        "VpcId": "vpc-1",
        "OwnerId": US,
        "IsDefault": True,
        "Associations": [{"SubnetId": "subnet-2"}, {"SubnetId": "subnet-1"}],
        "Entries": [
            {
                "RuleNumber": 32767,
                "Egress": True,
                "RuleAction": "deny",
                "Protocol": "-1",
                "CidrBlock": "0.0.0.0/0",
            },
            {
                "RuleNumber": 100,
                "Egress": False,
                "RuleAction": "allow",
                "Protocol": "6",
                "CidrBlock": "10.0.0.0/8",
                "PortRange": {"From": 22, "To": 23},
            },
            {
                "RuleNumber": 110,
                "Egress": False,
                "RuleAction": "allow",
                "Protocol": "58",
                "Ipv6CidrBlock": "fd00::/8",
                "IcmpTypeCode": {"Type": 128, "Code": -1},
            },
            {
                "RuleNumber": 120,
                "Egress": False,
                "RuleAction": "allow",
                "Protocol": "1",
                "CidrBlock": "10.0.0.0/8",
                "IcmpTypeCode": {},
            },
        ],
    }  # fmt: skip
    found = parse.network_acl(raw, SEOUL)
    assert (found.default, found.subnet_ids) == (True, ("subnet-1", "subnet-2"))
    assert found.entries == (
        AclEntry(32767, True, False, -1, network("0.0.0.0/0")),
        AclEntry(100, False, True, 6, network("10.0.0.0/8"), (22, 23)),
        AclEntry(110, False, True, 58, network("fd00::/8"), None, (128, -1)),
        AclEntry(120, False, True, 1, network("10.0.0.0/8")),
    )


def test_a_subnet_is_one_end_for_each_of_its_networks():
    raw = {
        "SubnetId": "subnet-1",
        "VpcId": "vpc-1",
        "CidrBlock": "10.1.1.0/24",
        "Ipv6CidrBlockAssociationSet": [
            {"Ipv6CidrBlock": "fd00:1::/64", "Ipv6CidrBlockState": {"State": "associated"}},
            {"Ipv6CidrBlock": "fd00:2::/64", "Ipv6CidrBlockState": {"State": "disassociated"}},
        ],
    }
    ends = list(parse.subnet_ends(raw, SEOUL))
    assert [str(end) for end in ends] == ["subnet-1 (10.1.1.0/24)", "subnet-1 (fd00:1::/64)"]
    assert all(end.any_of_subnet and end.group_ids is None for end in ends)
    only_six = {key: value for key, value in raw.items() if key != "CidrBlock"}
    assert [str(end) for end in parse.subnet_ends(only_six, SEOUL)] == ["subnet-1 (fd00:1::/64)"]


def test_a_name_of_a_protocol_that_nobody_knows_is_no_number():
    raw = {"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "quic"}]}
    with pytest.raises(ValueError, match="quic"):
        parse.security_group(raw, SEOUL)
