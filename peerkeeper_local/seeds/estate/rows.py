"""Every peering of the estate. In: the list of VPCs. Out: rows, in the order in which they are made. Pure."""

from __future__ import annotations

from itertools import combinations

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.pairs import plain_rows
from peerkeeper_local.seeds.estate.row import Row

COMMERCE = ("orders", "stock", "shipping", "returns")
"""Their tags name each other by VPC."""
TOOLS = ("build", "test", "perf", "tools")
CORE = ("crm", "billing", "ledger", "catalog")
AGREED: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.BY_VPC: tuple(combinations(COMMERCE, 2)),
    Kind.BY_SELF: tuple(combinations(TOOLS, 2)),
    Kind.BY_ACCOUNT: tuple((one, hub) for hub in ("shared-services", "directory") for one in CORE),
    Kind.UNROUTED: (
        ("crm", "ledger"),
        ("crm", "catalog"),
        ("billing", "ledger"),
        ("billing", "catalog"),
    ),
    Kind.HALF_AGREED: (("crm", "billing"), ("ledger", "catalog"), ("shared-services", "directory")),
    Kind.NARROW: (("reporting", "crm"), ("reporting", "billing"), ("reporting", "ledger")),
    Kind.COVERED_NAT: (("legacy-nat", "ledger"), ("legacy-nat", "catalog")),
    Kind.COVERED_TRANSIT: (("legacy-transit", "ledger"), ("legacy-transit", "crm")),
    Kind.COVERED_INTERFACE: (("legacy-firewall", "billing"), ("legacy-firewall", "catalog")),
    Kind.CONFLICT: (("vpn-edge", "crm"), ("vpn-edge", "catalog")),
    Kind.CLAIMED_TWICE: (("mainframe", "blue"), ("mainframe", "green")),
    Kind.CLAIMED_PART: (("mainframe", "east"), ("mainframe", "west")),
    Kind.CLAIM_HELD: (("directory", "blue"), ("shared-services", "green")),
    Kind.CLAIM_LOST: (("directory", "green"), ("shared-services", "blue")),
    Kind.DIVERTED: (("legacy-firewall", "crm"), ("legacy-firewall", "ledger")),
    Kind.SURPLUS: (("reporting", "catalog"), ("vpn-edge", "ledger")),
    Kind.REPLACED: (("mainframe", "crm"), ("mainframe", "ledger")),
    Kind.BY_LIST: (("platform", "crm"), ("platform", "billing"), ("platform", "ledger")),
    Kind.LIST_CONFLICT: (("datacenter", "billing"), ("datacenter", "catalog")),
    Kind.REPORT: (
        ("terraform-network", "crm"),
        ("terraform-network", "catalog"),
        ("terraform-data", "billing"),
        ("terraform-data", "ledger"),
    ),
    Kind.NONE: (("vault", "ledger"), ("vault", "catalog")),
    Kind.LISTED: (("backup", "crm"), ("backup", "billing"), ("backup", "shared-services")),
}
"""Live peerings whose requester's and accepter's tags both agree."""
OTHERS: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.EXEMPT: (("pci", "crm"), ("pci", "billing"), ("hr", "ledger")),
    Kind.TAG_FAULT: (
        ("archive", "ledger"),
        ("media", "billing"),
        ("games", "crm"),
        ("games", "billing"),
    ),
    Kind.FAILED_OVERLAP: (("acquired", "payments-prod"), ("green", "blue")),
    Kind.FAILED_SECONDARY: (("lab-1", "ml-train"), ("east", "west")),
    Kind.PENDING_AGREED: (("orders", "crm"), ("stock", "ledger"), ("acquired", "catalog")),
    Kind.PENDING_EXEMPT: (("ledger", "pci"), ("crm", "hr")),
    Kind.PENDING_OUTSIDE: (("telemetry", "crm"),),
    Kind.PENDING_CHARGES: (("east", "crm"), ("west", "billing")),
    Kind.TWIN_AGREED: (
        ("shared-services", "crm"),
        ("stock", "orders"),
        ("tools", "build"),
        ("ledger", "reporting"),
    ),
    Kind.STALE_GONE: (("mainframe", "crm"), ("mainframe", "ledger")),
    Kind.FOREIGN_HAND: (
        ("egress", "partner-seoul"),
        ("office-seoul", "partner-tokyo"),
        ("payments-prod", "vendor-seoul"),
        ("partner-seoul", "web-prod"),
        ("vendor-dublin", "search-dev"),
    ),
    Kind.FOREIGN_TAGGED: (("shared-services", "partner-tokyo"), ("partner-seoul", "directory")),
    Kind.FOREIGN_UNROUTED: (("directory", "partner-tokyo"), ("catalog", "vendor-dublin")),
    Kind.FOREIGN_ENDED: (("warehouse", "vendor-seoul"), ("ml-serve", "partner-tokyo")),
    Kind.PENDING_NOT_ALLOWED: (
        ("vendor-seoul", "crm"),
        ("partner-tokyo", "catalog"),
        ("partner-seoul", "ledger"),
    ),
    Kind.PENDING_ABROAD: (("web-stage", "vendor-dublin"), ("egress-eu", "vendor-dublin")),
    Kind.FAILED_WRONG_ID: (("payments-dev", "vendor-seoul"), ("search-stage", "partner-tokyo")),
}


def rows() -> list[Row]:
    """Return every peering, kind by kind."""
    named = [
        Row(kind, one, other)
        for pairs in (AGREED, OTHERS)
        for kind, each in pairs.items()
        for one, other in each
    ]
    return [*plain_rows(), *named]
