"""Scenarios of settings: DNS of VPCs, public addresses of subnets, and who asks for them."""

from __future__ import annotations

from simulator.scenarios.scenario import BOTH, EVERYWHERE, GATEWAY, Shape, Step, pair

SHAPES: dict[str, Shape] = {
    "internet": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "route", "a2", "0.0.0.0/0", "GatewayId", GATEWAY),
            (0, "subnet", "s", "a", "10.1.2.0/24"),
            (0, "public", "s", True),
        ),
        (),
    ),
    "leave": (
        (*pair("tokyo"), *BOTH),
        (*EVERYWHERE, ("VpcDns", "leave"), ("SubnetPublicIp", "leave")),
    ),
    "never-public": ((*pair("tokyo"), *BOTH), (*EVERYWHERE, ("SubnetPublicIp", "never"))),
    "off-where-private": (
        (*pair("tokyo"), *BOTH),
        (*EVERYWHERE, ("SubnetPublicIp", "off-where-private")),
    ),
    "by-default": ((*pair("tokyo"), *BOTH), (("Mode", "full"),)),
    "by-consent": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "tag", "a", "peerkeeper:public-ip", "enforce"),
            (0, "tag", "b", "peerkeeper:dns", "leave"),
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "route", "a2", "0.0.0.0/0", "GatewayId", GATEWAY),
            (0, "subnet", "t", "b", "10.2.2.0/24"),
            (0, "public", "t", True),
        ),
        (("Mode", "full"), ("SubnetPublicIp", "match-internet-route")),
    ),
    "subnets": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "tag", "a", "peerkeeper:public-ip", "enforce"),
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "route", "a2", "0.0.0.0/0", "GatewayId", GATEWAY),
            (0, "table", "a3", "a", "10.1.3.0/24"),
            (0, "subnet", "s", "a", "10.1.2.0/24"),
            (0, "public", "s", True),
        ),
        (("Mode", "full"),),
    ),
}

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "dns-off": ((1, "request", "ab", "a", "b"), (50, "dns", "a", "EnableDnsHostnames", False)),
    "dns-support-off": (
        (1, "dns", "a", "EnableDnsHostnames", False),
        (0, "dns", "a", "EnableDnsSupport", False),
        (3, "request", "ab", "a", "b"),
    ),
    "new-vpc": ((1, "vpc", "d", "seoul", "10.7.0.0/16"), (2, "subnet", "d1", "d", "10.7.1.0/24")),
    "public": ((1, "subnet", "p", "a", "10.1.7.0/24"), (2, "public", "p", True)),
    "nothing": ((1, "subnet", "q", "a", "10.1.8.0/24"),),
}
SUBNETS: dict[str, tuple[Step, ...]] = {
    "subnet-moves": ((1, "serve", "a2", "s"), (700, "unserve", "a2")),
    "internet-leaves": ((1, "public", "a2-net", True), (400, "unroute", "a2", "0.0.0.0/0")),
    "internet-comes-and-goes": (
        (1, "route", "a-main", "0.0.0.0/0", "GatewayId", GATEWAY),
        (700, "unroute", "a-main", "0.0.0.0/0"),
    ),
    "consent-comes-and-goes": (
        (1, "tag", "a", "peerkeeper:public-ip", "leave"),
        (400, "tag", "a", "peerkeeper:public-ip", "enforce"),
        (400, "untag", "a", "peerkeeper:public-ip"),
    ),
}
"""Scripts for shapes with the subnets `s`, of the main table, and `a2-net`, of a table with a way out."""
