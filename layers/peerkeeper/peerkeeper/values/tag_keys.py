"""Every tag key of Peerkeeper: what it may stand on, what it may say. One table, read by all who need it.

In: a key as somebody wrote it. Out: the key it is, or the one that it was probably meant to be. Tests hold
docs/reference/tags.md and docs/policies/scp-tags.json to this table.

    the key, as written                         exactly ours    reading
    as in the table                             yes             that key
    but for case, or a blank before or after it no              a slip: it may mean hands off, never consent
    one or two letters off                      no              a near miss: a finding alone
    with our prefix, and none of these          no              unknown: a finding alone
    any other                                   no              somebody else's

A key has effect only on the resource types of its row. On any other it decides nothing: a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

PREFIX = "peerkeeper:"
PEERS = "peerkeeper:peers"
APPROVED = "peerkeeper:approved"
EXEMPT = "peerkeeper:exempt"
ROUTES = "peerkeeper:routes"
DNS = "peerkeeper:dns"
PUBLIC_IP = "peerkeeper:public-ip"
DESTINATIONS = "peerkeeper:destinations"
EXPECT = "peerkeeper:expect"
SHARE = "peerkeeper:share"
ZONES = "peerkeeper:zones"
ENDPOINT_TABLES = "peerkeeper:endpoint-tables"
PRIVATE_DNS = "peerkeeper:private-dns"
STATUS = "peerkeeper:status"

VPC, SUBNET, TABLE, PEERING = "vpc", "subnet", "route-table", "vpc-peering-connection"
ENDPOINT = "vpc-endpoint"
"""Resource types, as EC2 spells them in TagSpecification and in ARNs."""
HOSTED_ZONE = "hostedzone"
"""Not EC2's: as Route 53 spells it in ARNs and in ListTagsForResources."""
SAID = {
    VPC: "a VPC",
    SUBNET: "a subnet",
    TABLE: "a route table",
    PEERING: "a peering",
    HOSTED_ZONE: "a private hosted zone",
    ENDPOINT: "a VPC endpoint",
    "gateway": "a gateway endpoint",
    "interface": "an interface endpoint",
}
"""Resource types, and types of endpoints, in words."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the resource types that it has effect on, and the values that it may have."""

    on: tuple[str, ...]
    values: tuple[str, ...]
    """All that it may say, or words for it where the list is open."""
    open: bool = False
    endpoint: str = ""
    """Of a key on endpoints: the one type of endpoint that it has effect on."""

    @property
    def places(self) -> tuple[str, ...]:
        """The resources that it has effect on, in words."""
        return tuple(SAID[self.endpoint or kind] for kind in self.on)


KEYS: dict[str, Key] = {
    PEERS: Key((VPC,), ("12-digit account ids", "vpc ids", "self"), open=True),
    APPROVED: Key((PEERING,), ("true", "false")),
    EXEMPT: Key((VPC, SUBNET, TABLE), ("true", "false")),
    ROUTES: Key((TABLE,), ("none", "report", "pcx ids and vpc ids"), open=True),
    DNS: Key((VPC,), ("enforce", "leave")),
    PUBLIC_IP: Key((VPC,), ("enforce", "leave")),
    EXPECT: Key((VPC, PEERING), ("tcp/22", "tcp/1024-2000", "udp/53", "icmp", "all"), open=True),
    DESTINATIONS: Key((PEERING,), ("CIDRs inside the peer's networks", "subnets"), open=True),
    SHARE: Key((HOSTED_ZONE,), ("12-digit account ids", "vpc ids", "self"), open=True),
    ZONES: Key((VPC,), ("12-digit account ids", "self"), open=True),
    ENDPOINT_TABLES: Key((ENDPOINT,), ("private", "all"), endpoint="gateway"),
    PRIVATE_DNS: Key((ENDPOINT,), ("on",), endpoint="interface"),
}
"""The keys that people set; `peerkeeper:peers-<word>` is one of the first kind."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a key that is not exactly ours was probably meant to be."""

    meant: str
    """A key of the table, or of `peerkeeper:peers-<word>`; empty where it is not clear."""
    slip: bool
    """Ours except for case, or one blank at either end: it may have meant hands off.

    An SCP can protect these spellings, see docs/policies/scp-tags.json; no pattern of one protects more.
    """


def is_peers(key: str) -> bool:
    """Tell whether the key is `peerkeeper:peers` or one of `peerkeeper:peers-<word>`."""
    return key == PEERS or key.startswith(PEERS + "-")


def is_ours(key: str) -> bool:
    """Tell whether the key is exactly one of our keys."""
    return key in KEYS or key == STATUS or is_peers(key)


def places(key: str) -> tuple[str, ...]:
    """Return where one of our keys has effect, in words. Of `peerkeeper:status`: where Peerkeeper sets it."""
    if key == STATUS:
        return (SAID[PEERING],)
    return KEYS[PEERS if is_peers(key) else key].places


@lru_cache(maxsize=4096)
def misread(key: str) -> Reading | None:
    """Return what a key that is not exactly ours was probably meant to be; None if it is somebody else's."""
    if is_ours(key):
        return None
    plain = key.removeprefix(" ").removesuffix(" ").casefold()
    if is_ours(plain):
        return Reading(plain, slip=True)
    plain = plain.strip()
    if "keeper" not in plain and not plain.startswith("peer"):
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only a typing error needs it

    near = get_close_matches(plain, KEYS, n=1, cutoff=0.88)
    if near:
        return Reading(near[0], slip=False)
    return Reading("", slip=False) if plain.startswith(PREFIX) else None
