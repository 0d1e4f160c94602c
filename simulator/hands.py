"""An operator's hands: what people and other tools do to EC2, by name.

In: botocore-shaped clients, of the simulator or of the local cloud. Out: resources, by the names that
scripts give them. A step that EC2 refuses changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
OURS, THEIRS = "111122223333", "444455556666"
WORD = re.compile(r"\S+")
MULTIPATH = {"AllowMultipathResilience": True}
PLACES = {
    "seoul": (OURS, SEOUL),
    "tokyo": (OURS, TOKYO),
    "abroad": (THEIRS, TOKYO),
    "overseas": (THEIRS, SEOUL),
}


class Hands:
    """What an operator does. `ec2(account, region)` gives a client."""

    def __init__(self, ec2: Callable[[str, str], Any], names: dict[str, str] | None = None) -> None:
        self._ec2 = ec2
        self.names = dict(names or {})
        """Resource id by name; `<vpc>@` is the place of a VPC."""

    def do(self, verb: str, *args: Any) -> str:
        """Do one thing; return EC2's refusal, if it refused."""
        try:
            getattr(self, f"do_{verb}")(*args)
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        except KeyError as name:
            return f"there is no {name}"
        return ""

    def at(self, place: str) -> Any:
        return self._ec2(*PLACES[place])

    def in_(self, where: tuple[str, str]) -> Any:
        """Return the client in an account and region."""
        return self._ec2(*where)

    def home(self, name: str) -> Any:
        return self.at(self.names[f"{name}@"])

    def do_vpc(self, name: str, place: str, cidr: str) -> None:
        vpc = self.at(place).create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        self.names.update({name: vpc, f"{name}@": place})
        pages = (
            self.at(place)
            .get_paginator("describe_route_tables")
            .paginate(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
        )
        for page in pages:
            for table in page["RouteTables"]:
                self.names.update({f"{name}-main": table["RouteTableId"], f"{name}-main@": place})

    def do_table(self, name: str, vpc: str, cidr: str) -> None:
        """A route table with its own subnet."""
        ec2, place = self.home(vpc), self.names[f"{vpc}@"]
        subnet = ec2.create_subnet(VpcId=self.names[vpc], CidrBlock=cidr)["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=self.names[vpc])["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        made = {name: table, f"{name}@": place, f"{name}-net": subnet, f"{name}-net@": place}
        self.names.update(made)

    def do_subnet(self, name: str, vpc: str, cidr: str) -> None:
        made = self.home(vpc).create_subnet(VpcId=self.names[vpc], CidrBlock=cidr)["Subnet"]
        self.names.update({name: made["SubnetId"], f"{name}@": self.names[f"{vpc}@"]})

    def do_public(self, subnet: str, value: bool) -> None:
        self.home(subnet).modify_subnet_attribute(
            SubnetId=self.names[subnet], MapPublicIpOnLaunch={"Value": value}
        )

    def do_serve(self, table: str, subnet: str) -> None:
        """Give the subnet this table, in place of its own if it has one."""
        ec2, named = (
            self.home(table),
            [{"Name": "association.subnet-id", "Values": [self.names[subnet]]}],
        )
        for held in ec2.describe_route_tables(Filters=named)["RouteTables"]:
            for item in held["Associations"]:
                if item.get("SubnetId") == self.names[subnet]:
                    ec2.disassociate_route_table(AssociationId=item["RouteTableAssociationId"])
        ec2.associate_route_table(RouteTableId=self.names[table], SubnetId=self.names[subnet])

    def do_unserve(self, table: str) -> None:
        """Take the table from its subnet, which falls back to the main one."""
        ec2, named = self.home(table), [{"Name": "route-table-id", "Values": [self.names[table]]}]
        (found,) = ec2.describe_route_tables(Filters=named)["RouteTables"]
        for item in found["Associations"]:
            ec2.disassociate_route_table(AssociationId=item["RouteTableAssociationId"])

    def do_drop(self, vpc: str) -> None:
        self.home(vpc).delete_vpc(VpcId=self.names[vpc])

    def do_edge(self, table: str, gateway: str) -> None:
        self.home(table).associate_route_table(RouteTableId=self.names[table], GatewayId=gateway)

    def do_request(self, name: str, requester: str, accepter: str, multipath: bool = False) -> None:
        there = PLACES[self.names[f"{accepter}@"]]
        reply = self.home(requester).create_vpc_peering_connection(
            VpcId=self.names[requester],
            PeerVpcId=self.names[accepter],
            PeerOwnerId=there[0],
            PeerRegion=there[1],
            **({"RequesterPeeringConnectionOptions": MULTIPATH} if multipath else {}),
        )
        pcx = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.names[name] = pcx
        self.names.update(
            {f"{name}@": self.names[f"{requester}@"], f"{name}>": self.names[f"{accepter}@"]}
        )

    def do_accept(self, pcx: str) -> None:
        self._there(pcx).accept_vpc_peering_connection(VpcPeeringConnectionId=self.names[pcx])

    def do_reject(self, pcx: str) -> None:
        self._there(pcx).reject_vpc_peering_connection(VpcPeeringConnectionId=self.names[pcx])

    def do_delete(self, pcx: str, by: str = "requester") -> None:
        ec2 = self.home(pcx) if by == "requester" else self._there(pcx)
        ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=self.names[pcx])

    def do_resolve(self, pcx: str, side: str = "Requester") -> None:
        """Let the peer resolve the names of this side's VPC."""
        ec2 = self.home(pcx) if side == "Requester" else self._there(pcx)
        ec2.modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=self.names[pcx],
            **{f"{side}PeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": True}},
        )

    def _there(self, pcx: str) -> Any:
        return self.at(self.names[f"{pcx}>"])

    def do_tag(self, name: str, key: str, value: str, place: str = "") -> None:
        """Tag it; words of the value that are names become their ids."""
        ec2 = self.at(place) if place else self.home(name)
        value = WORD.sub(lambda word: self.names.get(word[0], word[0]), value)
        ec2.create_tags(Resources=[self.names[name]], Tags=[{"Key": key, "Value": value}])

    def do_untag(self, name: str, key: str = "") -> None:
        """Delete one tag, or all of them."""
        keys = {"Tags": [{"Key": key}]} if key else {}
        self.home(name).delete_tags(Resources=[self.names[name]], **keys)

    def do_cidr(self, vpc: str, cidr: str) -> None:
        reply = self.home(vpc).associate_vpc_cidr_block(VpcId=self.names[vpc], CidrBlock=cidr)
        self.names[f"{vpc}+{cidr}"] = reply["CidrBlockAssociation"]["AssociationId"]

    def do_uncidr(self, vpc: str, cidr: str) -> None:
        self.home(vpc).disassociate_vpc_cidr_block(AssociationId=self.names[f"{vpc}+{cidr}"])

    def do_route(self, table: str, cidr: str, kind: str, target: str) -> None:
        self.home(table).create_route(
            RouteTableId=self.names[table],
            DestinationCidrBlock=cidr,
            **{kind: self.names.get(target, target)},
        )

    def do_list(self, name: str, place: str, *cidrs: str) -> None:
        """A managed prefix list of the account's own."""
        reply = self.at(place).create_managed_prefix_list(
            PrefixListName=name,
            AddressFamily="IPv4",
            MaxEntries=10,
            Entries=[{"Cidr": cidr} for cidr in cidrs],
        )
        self.names.update({name: reply["PrefixList"]["PrefixListId"], f"{name}@": place})

    def do_list_route(self, table: str, listed: str, kind: str, target: str) -> None:
        """Route all entries of a prefix list, by its name or its id."""
        self.home(table).create_route(
            RouteTableId=self.names[table],
            DestinationPrefixListId=self.names.get(listed, listed),
            **{kind: self.names.get(target, target)},
        )

    def do_unroute(self, table: str, cidr: str) -> None:
        self.home(table).delete_route(RouteTableId=self.names[table], DestinationCidrBlock=cidr)

    def do_endpoint(self, name: str, vpc: str, service: str) -> None:
        """A gateway endpoint in no table."""
        self._endpoint(name, vpc, service, {})

    def do_inside(self, name: str, vpc: str, service: str) -> None:
        """An interface endpoint without private DNS."""
        self._endpoint(
            name, vpc, service, {"VpcEndpointType": "Interface", "PrivateDnsEnabled": False}
        )

    def _endpoint(self, name: str, vpc: str, service: str, more: dict[str, Any]) -> None:
        place = self.names[f"{vpc}@"]
        full = f"com.amazonaws.{PLACES[place][1]}.{service}"
        reply = self.home(vpc).create_vpc_endpoint(VpcId=self.names[vpc], ServiceName=full, **more)
        self.names.update({name: reply["VpcEndpoint"]["VpcEndpointId"], f"{name}@": place})

    def do_put(self, endpoint: str, table: str) -> None:
        self._modify(endpoint, AddRouteTableIds=[self.names[table]])

    def do_withdraw(self, endpoint: str, table: str) -> None:
        self._modify(endpoint, RemoveRouteTableIds=[self.names[table]])

    def do_private(self, endpoint: str, value: bool) -> None:
        self._modify(endpoint, PrivateDnsEnabled=value)

    def _modify(self, endpoint: str, **changed: Any) -> None:
        ec2, id_ = self.home(endpoint), self.names[endpoint]
        ec2.modify_vpc_endpoint(VpcEndpointId=id_, **changed)

    def do_dns(self, vpc: str, attribute: str, value: bool) -> None:
        self.home(vpc).modify_vpc_attribute(VpcId=self.names[vpc], **{attribute: {"Value": value}})
