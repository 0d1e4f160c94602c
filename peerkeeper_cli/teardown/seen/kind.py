"""What a step of a teardown is about. In: nothing. Out: `Kind`."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a step is about, in the order in which a person expects it where EC2 leaves a choice."""

    PEERING = "peering"
    ROUTE = "route"
    STALE_RULE = "stale rule"
    AUTHORIZATION = "authorization"
    ZONE = "zone"
    INSTANCE = "instance"
    NAT_GATEWAY = "NAT gateway"
    ENDPOINT = "endpoint"
    ADDRESS = "address"
    INTERFACE = "interface"
    GROUP_RULE = "group rule"
    GROUP = "group"
    SUBNET = "subnet"
    EDGE = "edge association"
    TABLE = "route table"
    ACL = "network ACL"
    INTERNET_GATEWAY = "internet gateway"
    EGRESS_GATEWAY = "egress-only gateway"
    VPC = "VPC"


RANK = {kind: at for at, kind in enumerate(Kind)}
