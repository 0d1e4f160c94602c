"""Seoul and Tokyo as a sweep with `Reachability=report` sees them: routed, with open ACLs and groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peerkeeper.values.ec2 import Location
from peerkeeper.values.interfaces import NetworkInterface
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    US,
    peering,
    route,
    snapshot,
    subnet,
    table,
    vpc,
)
from tests.hosts import ALL_IN_AND_OUT, acl, end_of, group

VPCS = {SEOUL: SEOUL_VPC, TOKYO: TOKYO_VPC}
TABLES = {SEOUL: SEOUL_TABLE, TOKYO: TOKYO_TABLE}
PEERS = {SEOUL: "172.31.0.0/16", TOKYO: "10.39.0.0/16"}
LOOKED = tuple(
    Read(where, kind, By.VPC, VPCS[where])
    for where in VPCS
    for kind in (Describe.INTERFACES, Describe.GROUPS, Describe.ACLS)
)


def interface(where: Location, **changed: Any) -> NetworkInterface:
    end = end_of(where)
    built = NetworkInterface(
        where, end.interface_id, end.vpc_id, end.subnet_id, US, (end.network,), end.group_ids or ()
    )
    return replace(built, **changed)


def routed(where: Location, *routes: Any, **changed: Any) -> Any:
    """The VPC's main table: routed to the peering, or with these routes alone."""
    return table(where, *(routes or (route(PEERS[where], PCX),)), **changed)


def subnets() -> list[Any]:
    return [
        subnet(
            location=where,
            id=end_of(where).subnet_id,
            vpc_id=VPCS[where],
            cidrs=(end_of(where).subnet_network,),
        )
        for where in VPCS
    ]


def looked(
    *changed: Any,
    without: tuple[Read, ...] = (),
    interfaces: Any = None,
    groups: Any = None,
    acls: Any = None,
    **more: Any,
) -> Snapshot:
    """What was read of both sides. A resource among `changed` takes the place of the usual one of its id."""
    usual = [
        *(peering(where) for where in VPCS),
        *(vpc(where) for where in VPCS),
        *(routed(where) for where in VPCS),
        *subnets(),
    ]
    seen = snapshot(*usual, *changed, **more)
    kept = {
        "interfaces": [interface(where) for where in VPCS] if interfaces is None else interfaces,
        "security_groups": [open_group(where) for where in VPCS] if groups is None else groups,
        "network_acls": [acl(where, *ALL_IN_AND_OUT) for where in VPCS] if acls is None else acls,
    }
    return replace(
        seen,
        done=seen.done | {*LOOKED} - {*without},
        **{name: {(one.location, one.id): one for one in each} for name, each in kept.items()},
    )


def open_group(where: Location) -> Any:
    return group(where, f"in all {PEERS[where]}", "out all 0.0.0.0/0")
