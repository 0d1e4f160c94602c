"""What stands in the way of routes, or in their place. In: hands, peerings. Out: gateways, interfaces, lists.

Each of these VPCs is the requester of the peerings that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper_local.seeds.estate.hands import Hands
from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.vpc import Vpc

TEN, NOBODYS_CIDR = "10.0.0.0/8", "10.250.0.0/24"


def put_in_the_way(peerings: Peerings, rows: Iterable[Row]) -> None:
    """Make wider routes, narrower ones, routes to the same destination, and prefix lists."""
    hands, rows = peerings.hands, [*rows]
    nat, transit, firewall = (
        hands.vpcs[key] for key in ("legacy-nat", "legacy-transit", "legacy-firewall")
    )
    _cover(hands, nat, NatGatewayId=nat.nat)
    _cover(hands, transit, TransitGatewayId=_transit_gateway(hands, transit))
    _cover(hands, firewall, NetworkInterfaceId=_interface(hands, firewall))
    crm, catalog = (hands.vpcs[key].plan.cidr for key in ("crm", "catalog"))
    edge = hands.vpcs["vpn-edge"]
    _cover(hands, edge, crm, NetworkInterfaceId=_interface(hands, edge))
    _cover(hands, edge, catalog, InstanceId=_instance(hands, edge))
    for row in rows:
        one, other = peerings.sides(row)
        if row.kind is Kind.SURPLUS:
            _cover(hands, one, NOBODYS_CIDR, VpcPeeringConnectionId=peerings.ids[row])
        if row.kind is Kind.DIVERTED:
            _cover(hands, one, other.plan.part(4), NetworkInterfaceId=_interface(hands, one))
    _lists(peerings, rows)


def _cover(hands: Hands, vpc: Vpc, to: str = TEN, **way: str) -> None:
    for table in vpc.used:
        hands.send(vpc, table, to, **way)


def _transit_gateway(hands: Hands, vpc: Vpc) -> str:
    ec2 = hands.at(vpc.plan)
    gateway: str = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    subnet = vpc.subnets["private-a"]
    ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc.id, SubnetIds=[subnet]
    )
    return gateway


def _interface(hands: Hands, vpc: Vpc) -> str:
    reply = hands.at(vpc.plan).create_network_interface(SubnetId=vpc.subnets["private-a"])
    return str(reply["NetworkInterface"]["NetworkInterfaceId"])


def _instance(hands: Hands, vpc: Vpc) -> str:
    ec2 = hands.at(vpc.plan)
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc.id]}])
    reply = ec2.run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        SubnetId=vpc.subnets["private-a"],
        SecurityGroupIds=[groups["SecurityGroups"][0]["GroupId"]],
        InstanceType="t3.micro",
    )
    hands.wait(60)  # a route to it is active once it runs
    return str(reply["Instances"][0]["InstanceId"])


def _lists(peerings: Peerings, rows: list[Row]) -> None:
    """Route the platform's peerings by a list each; send the datacenter's peers elsewhere by lists.

    One list leads to a transit gateway and holds both networks of the datacenter's peers. Another leads the
    second network to its peering: EC2 chooses.
    """
    hands = peerings.hands
    platform, datacenter = hands.vpcs["platform"], hands.vpcs["datacenter"]
    away = {"TransitGatewayId": _transit_gateway(hands, datacenter)}
    ways: list[tuple[Vpc, str, dict[str, str], list[str]]] = []
    for row in rows:
        peer = hands.vpcs[row.other]
        to = {"VpcPeeringConnectionId": peerings.ids[row]}
        if row.kind is Kind.BY_LIST:
            ways.append((platform, row.other, to, [peer.plan.cidr]))
    first, second = (row for row in rows if row.kind is Kind.LIST_CONFLICT)
    cidrs = [hands.vpcs[row.other].plan.cidr for row in (first, second)]
    ways.append((datacenter, "on-premises", away, cidrs))
    both = {"VpcPeeringConnectionId": peerings.ids[second]}
    ways.append((datacenter, second.other, both, cidrs[1:]))
    made = [(vpc, _list(hands, vpc, name, cidrs), way) for vpc, name, way, cidrs in ways]
    hands.wait(60)
    for vpc, listed, way in made:
        for table in vpc.used:
            hands.at(vpc.plan).create_route(
                RouteTableId=table, DestinationPrefixListId=listed, **way
            )


def _list(hands: Hands, vpc: Vpc, name: str, cidrs: list[str]) -> str:
    reply = hands.at(vpc.plan).create_managed_prefix_list(
        PrefixListName=f"{vpc.plan.key}-{name}",
        MaxEntries=5,
        AddressFamily="IPv4",
        Entries=[{"Cidr": cidr, "Description": name} for cidr in cidrs],
    )
    return str(reply["PrefixList"]["PrefixListId"])
