"""Scenarios of networks: what is routed where, what is in the way, and what comes later."""

from __future__ import annotations

from simulator.scenarios.scenario import (
    BOTH,
    EVERYWHERE,
    EXTRA,
    GATEWAY,
    SELF,
    TRANSIT,
    A,
    B,
    Shape,
    Step,
    pair,
)

SHAPES: dict[str, Shape] = {
    "overlapping": ((*pair("tokyo", "10.1.128.0/17"), *BOTH), ()),
    "outside": ((*pair("tokyo", "8.8.0.0/16"), *BOTH), ()),
    "two-tables": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "table", "b2", "b", "10.2.1.0/24"),
        ),
        (),
    ),
    "route-in-the-way": (
        (*pair("tokyo"), *BOTH, (0, "route", "a-main", B, "GatewayId", GATEWAY)),
        (),
    ),
    "nobody-agrees-in-the-way": (
        (*pair("tokyo"), (0, "route", "b-main", A, "GatewayId", GATEWAY)),
        (),
    ),
    "covered": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "route", "b-main", "10.0.0.0/8", "TransitGatewayId", TRANSIT),
        ),
        (),
    ),
    "covered-and-allowed": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "route", "b-main", "10.0.0.0/8", "TransitGatewayId", TRANSIT),
        ),
        (*EVERYWHERE, ("AllowMoreSpecificThan", "10.0.0.0/8")),
    ),
    "no-routes-tag": (
        (*pair("tokyo"), *BOTH, (0, "tag", "a-main", "peerkeeper:routes", "none")),
        (),
    ),
    "edge-table": (
        (
            *pair("tokyo"),
            *BOTH,
            (0, "table", "a2", "a", "10.1.1.0/24"),
            (0, "edge", "a2", GATEWAY),
        ),
        (),
    ),
    "three-same-cidr": (
        (*pair("tokyo"), *BOTH, (0, "vpc", "c", "tokyo", B), (0, "tag", "c", *SELF)),
        (),
    ),
    "secondary": ((*pair("tokyo"), (0, "cidr", "b", EXTRA), *BOTH), ()),
}

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "second-network": ((1, "request", "ab", "a", "b"), (30, "cidr", "b", EXTRA)),
    "network-leaves": (
        (1, "cidr", "b", EXTRA),
        (1, "request", "ab", "a", "b"),
        (40, "uncidr", "b", EXTRA),
    ),
    "route-deleted": ((1, "request", "ab", "a", "b"), (50, "unroute", "b-main", A)),
    "new-table": ((1, "request", "ab", "a", "b"), (30, "table", "b9", "b", "10.2.9.0/24")),
    "table-leaves": (
        (1, "request", "ab", "a", "b"),
        (2, "table", "b9", "b", "10.2.9.0/24"),
        (30, "unserve", "b9"),
    ),
    "all-tags-gone": (
        (1, "request", "ab", "a", "b"),
        (40, "untag", "b"),
        (5, "unroute", "b-main", A),
    ),
}
