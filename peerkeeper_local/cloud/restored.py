"""Put saved resources back into one location, by their ids. In: documents as describes gave them.

Written straight into moto's store, unchecked: what is saved was allowed once, and may not be today (a
route to a deleted peering). Out: nothing. Never makes events: no call is made.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from botocore import xform_name

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.nat_gateways import ends_with_time
from peerkeeper_local.cloud.routes import FIELDS, write_route
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.nat_gateways import PRIVATE, NatGateway
from peerkeeper_local.semantics.routes import DESTINATIONS, Route, Target
from peerkeeper_local.semantics.subnet_attributes import POOL

Saved = Mapping[str, Sequence[Document]]
"""Documents by the key of the reply that shows them: Vpcs, Subnets, RouteTables, ..."""


def restore(world: World, location: Location, saved: Saved) -> None:
    """Empty `location` and fill it with `saved`; tags too, those it has put on peerings as well."""
    store = world.backend(location)
    _empty(store)
    for vpc in saved["Vpcs"]:
        _vpc(world, store, vpc, saved)
    for subnet in saved["Subnets"]:
        _subnet(world, store, subnet)
    for gateway in saved["InternetGateways"]:
        _internet_gateway(world, store, gateway)
    for gateway in saved["NatGateways"]:
        _nat_gateway(world, location, gateway)
    for table in saved["RouteTables"]:
        _route_table(world, store, table)
    for tagged, key in (
        *((vpc, "VpcId") for vpc in saved["Vpcs"]),
        *((subnet, "SubnetId") for subnet in saved["Subnets"]),
        *((table, "RouteTableId") for table in saved["RouteTables"]),
        *((pcx, "VpcPeeringConnectionId") for pcx in saved["VpcPeeringConnections"]),
        *((gateway, "InternetGatewayId") for gateway in saved["InternetGateways"]),
        *((gateway, "NatGatewayId") for gateway in saved["NatGateways"]),
    ):
        store.tags[tagged[key]] = {tag["Key"]: tag["Value"] for tag in tagged.get("Tags") or ()}


def _empty(store: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Delete the default VPC and what AWS puts into it."""
    for zone in store.subnets.values():
        zone.clear()
    for kept in (
        store.internet_gateways,
        store.nat_gateways,
        store.route_tables,
        store.vpcs,
        store.network_acls,
        store.groups,
        store.enis,
    ):
        kept.clear()


def _vpc(world: World, store: Any, vpc: Document, saved: Saved) -> None:  # noqa: ANN401 - as above
    main = next(
        table["RouteTableId"]
        for table in saved["RouteTables"]
        if table["VpcId"] == vpc["VpcId"] and any(each["Main"] for each in table["Associations"])
    )
    world.ids.pin([vpc["VpcId"], main])
    made = store.create_vpc(vpc["CidrBlock"], is_default=bool(vpc.get("IsDefault")))
    made._cidr_block_association_set = {
        each["AssociationId"]: _association(each, key, family)
        for family, key in (("", "CidrBlock"), ("Ipv6", "Ipv6CidrBlock"))
        for each in vpc.get(f"{family}CidrBlockAssociationSet") or ()
        if key in each  # one that is on its way is not seen
    }
    for attributes in saved["VpcAttributes"]:
        if attributes["VpcId"] == made.id:
            made.enable_dns_support = attributes["EnableDnsSupport"]
            made.enable_dns_hostnames = attributes["EnableDnsHostnames"]


def _association(saved: Document, key: str, family: str) -> dict[str, Any]:
    pool = {"ipv6_pool": saved.get("Ipv6Pool", "Amazon")} if family else {}
    if "NetworkBorderGroup" in saved:
        pool["network_border_group"] = saved["NetworkBorderGroup"]
    state = saved[f"{key}State"]["State"]
    return {
        "association_id": saved["AssociationId"],
        "cidr_block": saved[key],
        "cidr_block_state": {"state": state, "StatusMessage": None},
        **pool,
    }


def _subnet(world: World, store: Any, subnet: Document) -> None:  # noqa: ANN401 - as above
    world.ids.pin([subnet["SubnetId"]])
    blocks = subnet.get("Ipv6CidrBlockAssociationSet") or ()
    made = store.create_subnet(
        subnet["VpcId"],
        subnet.get("CidrBlock"),
        next((each["Ipv6CidrBlock"] for each in blocks), None),
        availability_zone=subnet["AvailabilityZone"],
        ipv6_native=bool(subnet.get("Ipv6Native")),
    )
    made.default_for_az = bool(subnet.get("DefaultForAz"))
    made.map_public_ip_on_launch = bool(subnet.get("MapPublicIpOnLaunch"))
    made.assign_ipv6_address_on_creation = bool(subnet.get("AssignIpv6AddressOnCreation"))
    for key in ("EnableDns64", "EnableLniAtDeviceIndex", "MapCustomerOwnedIpOnLaunch", POOL):
        if key in subnet:
            setattr(made, xform_name(key), subnet[key])
    made.private_dns_name_options_on_launch |= subnet.get("PrivateDnsNameOptionsOnLaunch", {})
    made.ipv6_cidr_block_associations = {
        each["AssociationId"]: {
            "associationId": each["AssociationId"],
            "ipv6CidrBlock": each["Ipv6CidrBlock"],
            "ipv6CidrBlockState": {"State": "associated"},
        }
        for each in blocks
    }


def _internet_gateway(world: World, store: Any, gateway: Document) -> None:  # noqa: ANN401
    world.ids.pin([gateway["InternetGatewayId"]])
    made = store.create_internet_gateway()
    for attached in gateway.get("Attachments") or ():
        store.attach_internet_gateway(made.id, attached["VpcId"])


def _nat_gateway(world: World, location: Location, gateway: Document) -> None:
    """Put a NAT gateway back, without its interface and addresses, in the state that it was in."""
    delays, now = world.delays, world.clock.now()
    since = now - delays.nat_pending
    created = _seconds(gateway.get("CreateTime"), now if gateway["State"] == "pending" else since)
    deleted = None
    if gateway["State"] in ("deleting", "deleted"):
        at = now if gateway["State"] == "deleting" else now - delays.nat_deleting
        deleted = _seconds(gateway.get("DeleteTime"), at)
    failed = gateway["State"] == "failed"
    nat = NatGateway(
        gateway["NatGatewayId"],
        gateway.get("VpcId", ""),
        gateway["SubnetId"],
        created,
        gateway.get("ConnectivityType", PRIVATE),
        deleted=deleted,
        failure=(gateway.get("FailureCode", ""), gateway.get("FailureMessage", ""))
        if failed
        else None,
    )
    world.backend(location).nat_gateways[nat.id] = nat
    if failed or deleted is not None:
        ends_with_time(world, location, nat)


def _seconds(saved: str | None, otherwise: float) -> float:
    """Return the epoch seconds of a time as `dump` writes it."""
    return otherwise if saved is None else datetime.fromisoformat(str(saved)).timestamp()


def _route_table(world: World, store: Any, table: Document) -> None:  # noqa: ANN401 - as above
    name = table["RouteTableId"]
    if name not in store.route_tables:
        world.ids.pin([name])
        store.create_route_table(table["VpcId"])
    made = store.route_tables[name]
    made.main_association_id, made._associations = None, {}
    for each in table["Associations"]:
        if each["Main"]:
            made.main_association_id = each["RouteTableAssociationId"]
        else:
            target = each.get("SubnetId") or each.get("GatewayId")
            made._associations[each["RouteTableAssociationId"]] = target
    made._routes = {}
    for route in map(_route, table["Routes"]):
        if not route.endpoints:  # endpoints are not saved, and only they could remove it
            write_route(made, route.destination, route.target)


def _route(saved: Document) -> Route:
    destination = next(saved[key] for key in DESTINATIONS if key in saved)
    kind = next(kind for kind in FIELDS if kind in saved)
    return Route(destination, Target(kind, saved[kind]))
