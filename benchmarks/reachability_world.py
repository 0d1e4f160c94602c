"""Two VPCs of one Region each with 30 subnets, as EC2 describes them.

In: how many subnets and tables. Out: `Described`, and the surroundings and ends that it is parsed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peerkeeper.aws import parse, parse_reachability
from peerkeeper.values.ec2 import Location
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.surroundings import Surroundings

Raw = dict[str, Any]
ACCOUNT = "111122223333"
PLACES = {
    Location(ACCOUNT, "ap-northeast-2"): ("vpc-0a", "10.39"),
    Location(ACCOUNT, "ap-northeast-1"): ("vpc-0b", "10.40"),
}
PCX = "pcx-0c"
SUBNETS, TABLES, ENTRIES, RULES = 30, 3, 18, 50


@dataclass(frozen=True, slots=True)
class Described:
    """What one location's describes return."""

    subnets: Sequence[Raw]
    tables: Sequence[Raw]
    acls: Sequence[Raw]
    groups: Sequence[Raw]
    interfaces: Sequence[Raw]


def described(vpc_id: str, net: str, peer: str) -> Described:
    """Return a VPC's replies. Every third subnet has a table or an ACL of its own kind."""
    ids = [f"subnet-{net}-{n}" for n in range(SUBNETS)]
    return Described(
        [
            {"SubnetId": one, "VpcId": vpc_id, "CidrBlock": f"{net}.{n}.0/24"}
            for n, one in enumerate(ids)
        ],
        [_table(vpc_id, net, peer, n, ids[n::TABLES]) for n in range(TABLES)],
        [_acl(vpc_id, peer, n, ids[n::2]) for n in range(2)],
        [_group(vpc_id, peer)],
        [
            {
                "NetworkInterfaceId": f"eni-{net}",
                "VpcId": vpc_id,
                "SubnetId": ids[0],
                "PrivateIpAddress": f"{net}.0.5",
                "Groups": [{"GroupId": f"sg-{vpc_id}"}],
            }
        ],
    )


def both() -> dict[Location, Described]:
    """Return the replies of both locations."""
    nets = [net for _, net in PLACES.values()]
    return {
        where: described(vpc_id, net, next(one for one in nets if one != net))
        for where, (vpc_id, net) in PLACES.items()
    }


def parsed(replies: dict[Location, Described]) -> Surroundings:
    """Return the surroundings, as `peerkeeper reach` makes them from the replies."""
    one, other = PLACES
    sides = [
        {"VpcId": PLACES[where][0], "OwnerId": ACCOUNT, "Region": where.region}
        for where in (one, other)
    ]
    pcx = {
        "VpcPeeringConnectionId": PCX,
        "Status": {"Code": "active"},
        "RequesterVpcInfo": sides[0],
        "AccepterVpcInfo": sides[1],
    }
    return Surroundings(
        tuple(parse.route_table(raw, at) for at, made in replies.items() for raw in made.tables),
        tuple(
            parse_reachability.network_acl(raw, at)
            for at, made in replies.items()
            for raw in made.acls
        ),
        tuple(
            parse_reachability.security_group(raw, at)
            for at, made in replies.items()
            for raw in made.groups
        ),
        (parse.peering(pcx, one),),
        (),
        frozenset(PLACES),
    )


def hosts(replies: dict[Location, Described]) -> tuple[Endpoint, Endpoint]:
    """Return the two interfaces as the ends of a question."""
    first, second = (
        next(parse_reachability.interface(made.interfaces[0], at).endpoints())
        for at, made in replies.items()
    )
    return first, second


def subnets(replies: dict[Location, Described]) -> list[list[Endpoint]]:
    """Return the subnets of each VPC as ends of questions."""
    return [
        [end for raw in made.subnets for end in parse_reachability.subnet_ends(raw, at)]
        for at, made in replies.items()
    ]


def _table(vpc_id: str, net: str, peer: str, number: int, ids: list[str]) -> Raw:
    routes: list[Raw] = [
        {
            "DestinationCidrBlock": f"{net}.0.0/16",
            "GatewayId": "local",
            "Origin": "CreateRouteTable",
        },
        {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"},
    ]
    routes += [
        {"DestinationCidrBlock": f"172.16.{n}.0/24", "TransitGatewayId": "tgw-1"} for n in range(60)
    ]
    if number:  # the first table has no route to the peer
        routes.append({"DestinationCidrBlock": f"{peer}.0.0/16", "VpcPeeringConnectionId": PCX})
    associations = [{"SubnetId": one, "AssociationState": {"State": "associated"}} for one in ids]
    return {
        "RouteTableId": f"rtb-{net}-{number}",
        "VpcId": vpc_id,
        "Routes": routes,
        "Associations": associations,
    }


def _acl(vpc_id: str, peer: str, number: int, ids: list[str]) -> Raw:
    entries = [
        {
            "RuleNumber": 10 * n + 10,
            "Egress": egress,
            "RuleAction": "deny" if n % 2 else "allow",
            "Protocol": "6",
            "CidrBlock": f"{peer}.0.0/16" if n % 3 else f"192.168.{n}.0/24",
            "PortRange": {"From": 3000 + n, "To": 3000 + n},
        }
        for egress in (True, False)
        for n in range(ENTRIES)
    ]
    entries += [
        {
            "RuleNumber": 1000,
            "Egress": egress,
            "RuleAction": "allow",
            "Protocol": "-1",
            "CidrBlock": "0.0.0.0/0",
        }
        for egress in (True, False)
    ]
    associations = [{"SubnetId": one} for one in ids]
    name = f"acl-{vpc_id}-{number}"
    return {"NetworkAclId": name, "VpcId": vpc_id, "Entries": entries, "Associations": associations}


def _group(vpc_id: str, peer: str) -> Raw:
    ranges = [{"CidrIp": f"192.168.{n}.0/24"} for n in range(RULES)]
    inward = [
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": ranges},
        {
            "IpProtocol": "tcp",
            "FromPort": 22,
            "ToPort": 22,
            "IpRanges": [{"CidrIp": f"{peer}.0.0/16"}],
        },
    ]
    outward = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    return {
        "GroupId": f"sg-{vpc_id}",
        "VpcId": vpc_id,
        "IpPermissions": inward,
        "IpPermissionsEgress": outward,
    }
