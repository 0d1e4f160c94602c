"""The sixty VPCs of the estate, and the VPCs of foreign accounts. Values only.

The first group has no tag of Peerkeeper: people made its peerings and routes. Each VPC of the second group
stands for something. VPC number n has 10.n.0.0/16 unless its row says otherwise; CIDRs that overlap do so on
purpose (`SAME`).
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.seeds.estate.places import (
    ACCOUNTS,
    APPS,
    DATA,
    DUBLIN,
    FOREIGN,
    LABS,
    PARTNER,
    SEOUL,
    TOKYO,
    VENDOR,
)
from peerkeeper_local.seeds.estate.vpc_plan import Shape, VpcPlan
from peerkeeper_local.seeds.looked_after import HUB_ACCOUNT as HUB

PODS, SHARED = "100.64.0.0/16", "100.66.0.0/24"
EVERYBODY = {"peerkeeper:peers": " ".join(ACCOUNTS)}
PARTNERS = {"peerkeeper:peers-partners": " ".join(FOREIGN)}
SELF = {"peerkeeper:peers": "self"}
TERRAFORM = {**EVERYBODY, "ManagedBy": "terraform"}
FLAT, TIERED, NATTED, ISOLATED = Shape.FLAT, Shape.TIERED, Shape.NATTED, Shape.ISOLATED
SAME = (
    {"payments-prod", "acquired"},
    {"blue", "green"},
    {"lab-1", "ml-train"},
    {"east", "west"},
)
"""VPCs that have a CIDR in common."""

Row = tuple[str, str, str, str, Shape, dict[str, Any]]
PLAIN: tuple[Row, ...] = (
    ("payments-prod", "payments", APPS, SEOUL, NATTED, {}),
    ("payments-stage", "payments", APPS, SEOUL, TIERED, {}),
    ("payments-dev", "payments", APPS, TOKYO, FLAT, {"host_names": False}),
    ("search-prod", "search", APPS, TOKYO, NATTED, {}),
    ("search-stage", "search", APPS, TOKYO, TIERED, {}),
    ("search-dev", "search", APPS, DUBLIN, FLAT, {}),
    ("web-prod", "web", APPS, SEOUL, NATTED, {"secondary": ("100.65.7.0/24",)}),
    ("web-stage", "web", APPS, DUBLIN, TIERED, {}),
    ("analytics-prod", "analytics", DATA, SEOUL, ISOLATED, {}),
    ("warehouse", "analytics", DATA, TOKYO, NATTED, {}),
    ("warehouse-eu", "analytics", DATA, DUBLIN, TIERED, {"host_names": False}),
    ("ml-train", "ml", DATA, SEOUL, NATTED, {"secondary": (PODS,)}),
    ("ml-serve", "ml", DATA, TOKYO, TIERED, {}),
    ("ml-lab", "ml", LABS, DUBLIN, FLAT, {"cidr": "172.20.14.0/23"}),
    ("egress", "network", HUB, SEOUL, NATTED, {}),
    ("egress-tokyo", "network", HUB, TOKYO, NATTED, {}),
    ("egress-eu", "network", HUB, DUBLIN, NATTED, {}),
    ("inspection", "network", HUB, SEOUL, TIERED, {}),
    ("office-seoul", "office", HUB, SEOUL, FLAT, {"cidr": "192.168.19.0/24"}),
    ("office-tokyo", "office", HUB, TOKYO, FLAT, {"cidr": "192.168.20.0/24"}),
    ("lab-1", "labs", LABS, SEOUL, TIERED, {"secondary": (PODS,)}),
    ("lab-2", "labs", LABS, TOKYO, FLAT, {"cidr": "172.20.22.0/24"}),
    ("lab-3", "labs", LABS, DUBLIN, TIERED, {"host_names": False}),
)
SPECIAL: tuple[Row, ...] = (
    ("shared-services", "platform", HUB, SEOUL, NATTED, {"tags": EVERYBODY | PARTNERS}),
    ("directory", "platform", HUB, TOKYO, TIERED, {"tags": EVERYBODY | PARTNERS}),
    ("crm", "sales", APPS, SEOUL, NATTED, {"tags": EVERYBODY | PARTNERS}),
    ("billing", "sales", APPS, TOKYO, TIERED, {"tags": EVERYBODY, "host_names": False}),
    ("ledger", "finance", DATA, SEOUL, TIERED, {"tags": EVERYBODY | PARTNERS}),
    ("catalog", "sales", DATA, DUBLIN, NATTED, {"tags": EVERYBODY | PARTNERS}),
    ("orders", "commerce", APPS, SEOUL, NATTED, {}),
    ("stock", "commerce", APPS, TOKYO, TIERED, {"tags": {"peerkeeper:dns": "leave"}}),
    ("shipping", "commerce", APPS, DUBLIN, FLAT, {"host_names": False}),
    (
        "returns",
        "commerce",
        DATA,
        TOKYO,
        TIERED,
        {"tags": {"peerkeeper:dns": "leave"}, "host_names": False},
    ),
    ("build", "tools", LABS, SEOUL, NATTED, {"tags": SELF}),
    ("test", "tools", LABS, TOKYO, TIERED, {"tags": SELF}),
    ("perf", "tools", LABS, DUBLIN, TIERED, {"tags": {**SELF, "peerkeeper:public-ip": "enforce"}}),
    ("tools", "tools", LABS, SEOUL, FLAT, {"tags": SELF}),
    ("reporting", "finance", DATA, SEOUL, TIERED, {"tags": EVERYBODY}),
    ("legacy-nat", "legacy", APPS, SEOUL, NATTED, {"tags": EVERYBODY}),
    ("legacy-transit", "legacy", APPS, TOKYO, TIERED, {"tags": EVERYBODY}),
    ("legacy-firewall", "legacy", HUB, SEOUL, TIERED, {"tags": EVERYBODY}),
    ("vpn-edge", "legacy", HUB, TOKYO, TIERED, {"tags": EVERYBODY}),
    ("mainframe", "legacy", HUB, DUBLIN, TIERED, {"tags": EVERYBODY}),
    ("blue", "deploy", LABS, DUBLIN, FLAT, {"tags": EVERYBODY, "cidr": "10.44.0.0/16"}),
    ("green", "deploy", LABS, DUBLIN, FLAT, {"tags": EVERYBODY, "cidr": "10.44.0.0/16"}),
    ("east", "deploy", DATA, DUBLIN, FLAT, {"tags": EVERYBODY, "secondary": (SHARED,)}),
    ("west", "deploy", DATA, SEOUL, FLAT, {"tags": EVERYBODY, "secondary": (SHARED,)}),
    ("platform", "platform", HUB, DUBLIN, TIERED, {"tags": EVERYBODY}),
    ("datacenter", "legacy", HUB, TOKYO, TIERED, {"tags": EVERYBODY}),
    ("terraform-network", "network", APPS, DUBLIN, TIERED, {"tags": TERRAFORM}),
    ("terraform-data", "analytics", DATA, DUBLIN, ISOLATED, {"tags": TERRAFORM}),
    ("vault", "security", DATA, TOKYO, ISOLATED, {"tags": EVERYBODY}),
    ("backup", "security", DATA, SEOUL, ISOLATED, {"tags": EVERYBODY}),
    ("pci", "payments", APPS, SEOUL, ISOLATED, {"tags": {"peerkeeper:exempt": "true"}}),
    ("hr", "people", HUB, SEOUL, FLAT, {"tags": {**EVERYBODY, "peerkeeper:exempt": "true"}}),
    (
        "archive",
        "analytics",
        DATA,
        SEOUL,
        FLAT,
        {"tags": {"peerkeeper:peer": APPS, "peerkeeper:dns": "on"}},
    ),
    ("media", "web", APPS, TOKYO, TIERED, {"tags": {"Peerkeeper:Peers": " ".join(ACCOUNTS)}}),
    ("games", "web", LABS, TOKYO, FLAT, {"tags": {"peerkeeper:peers": "crm billing"}}),
    ("acquired", "acquired", LABS, SEOUL, TIERED, {"cidr": "10.1.0.0/16"}),
    (
        "telemetry",
        "acquired",
        LABS,
        DUBLIN,
        FLAT,
        {
            "cidr": "203.0.113.0/24",
            "tags": {"peerkeeper:dns": "enforce", "peerkeeper:public-ip": "enforce"},
            "host_names": False,
        },
    ),
)
ABROAD: tuple[Row, ...] = (
    ("partner-seoul", "partner", PARTNER, SEOUL, FLAT, {"cidr": "10.201.0.0/16"}),
    ("partner-tokyo", "partner", PARTNER, TOKYO, FLAT, {"cidr": "10.202.0.0/16"}),
    ("vendor-dublin", "vendor", VENDOR, DUBLIN, FLAT, {"cidr": "10.203.0.0/16"}),
    ("vendor-seoul", "vendor", VENDOR, SEOUL, FLAT, {"cidr": "192.168.203.0/24"}),
)


def _plans(rows: tuple[Row, ...], first: int) -> tuple[VpcPlan, ...]:
    return tuple(
        VpcPlan(
            key, account, region, shape=shape, team=team, **{"cidr": f"10.{number}.0.0/16", **more}
        )
        for number, (key, team, account, region, shape, more) in enumerate(rows, first)
    )


PLAIN_VPCS = _plans(PLAIN, 1)
VPCS = PLAIN_VPCS + _plans(SPECIAL, len(PLAIN) + 1)
FOREIGN_VPCS = _plans(ABROAD, len(VPCS) + 1)
