"""What Peerkeeper promises, written down a second time and on its own: the oracles' reading of tags.

In: tags, plain values. Out: yes or no. It must import nothing that decides: no rules, guard or tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import inside, network, overlap

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")


@dataclass(frozen=True, slots=True)
class Policy:
    """The deployment's parameters, as far as they decide."""

    mode: str
    ours: tuple[Location, ...]
    accounts: frozenset[str]
    more_specific_than: frozenset[str] = frozenset()
    senders: bool = True
    vpc_dns: str = "enforce"
    subnet_public_ip: str = "off-where-private"
    everywhere: bool = False
    override: str = ""
    endpoints: str = "off"
    quota_check: str = "off"
    destinations: tuple[str, ...] = PRIVATE
    """AllowedDestinations; an exclamation mark stands before a network that is out."""

    scope: str = "keep"
    """RouteScope."""

    def allows(self, cidr: str) -> bool:
        """Whether a network may be routed at all (IPv4; AllowIpv6 is off in every scenario)."""
        out = [one[1:] for one in self.destinations if one.startswith("!")]
        to = [one for one in self.destinations if not one.startswith("!")]
        return ":" not in cidr and any(inside(cidr, one) for one in to) and not clash(cidr, out)

    def lets_go(self, where: Location, count: int) -> bool:
        """Whether DeleteOverride lets so many deletes on absence pass the brake."""
        place, _, most = self.override.partition("=")
        return place == f"{where.account}/{where.region}" and count <= int(most)

    @classmethod
    def of(
        cls, parameters: Iterable[tuple[str, str]], ours: tuple[Location, ...], senders: bool
    ) -> Policy:
        said = dict(parameters)
        listed = said.get("AllowedAccounts", "")
        return cls(
            said.get("Mode", "observe"),
            ours,
            frozenset(listed.split(",")) if listed else frozenset({ours[0].account}),
            frozenset(said.get("AllowMoreSpecificThan", "").split(",")) - {""},
            senders,
            said.get("VpcDns", "enforce"),
            said.get("SubnetPublicIp", "off-where-private"),
            said.get("EnforceIn", "participating") == "all",
            said.get("DeleteOverride", ""),
            said.get("Endpoints", "off"),
            said.get("QuotaCheck", "off"),
            tuple(said.get("AllowedDestinations", ",".join(PRIVATE)).split(",")),
            said.get("RouteScope", "keep"),
        )


def meant(tags: Mapping[str, str], key: str) -> list[str]:
    """The values of this tag, and of all that differ from it only in case and outer blanks."""
    return [value for name, value in tags.items() if name.strip().lower() == key]


def exempt(tags: Mapping[str, str]) -> bool:
    """Hands off: the tag is there, or a slip of it, and does not say false."""
    return any(value != "false" for value in meant(tags, "peerkeeper:exempt"))


def takes_routes(tags: Mapping[str, str]) -> bool:
    return not meant(tags, "peerkeeper:routes") and not exempt(tags)


def asks(policy: Policy, setting: str, key: str, tags: Mapping[str, str], *, peers: bool) -> bool:
    """Whether a VPC with these tags consents to a setting of it."""
    said = meant(tags, key)
    if setting == "leave" or exempt(tags) or any(value != "enforce" for value in said):
        return False
    words = [
        word
        for name, value in tags.items()
        if name == "peerkeeper:peers" or name.startswith("peerkeeper:peers-")
        for word in value.split()
    ]
    valid = any(re.fullmatch("self|[0-9]{12}|vpc-([0-9a-f]{8}|[0-9a-f]{17})", one) for one in words)
    return policy.everywhere or tags.get(key) == "enforce" or (peers and valid)


def asks_for_dns(policy: Policy, tags: Mapping[str, str]) -> bool:
    return asks(policy, policy.vpc_dns, "peerkeeper:dns", tags, peers=True)


def leaves_dns(tags: Mapping[str, str]) -> bool:
    """Whether the VPC wants to keep its DNS as it is, also its side's option of each peering."""
    return any(value != "enforce" for value in meant(tags, "peerkeeper:dns"))


def asks_for_public_ip(policy: Policy, tags: Mapping[str, str]) -> bool:
    return asks(policy, policy.subnet_public_ip, "peerkeeper:public-ip", tags, peers=False)


def names(tags: Mapping[str, str], own: Location, peer: Location, peer_vpc: str) -> bool:
    """Whether the own VPC's tags name the peer."""
    words: list[str] = []
    for key, value in tags.items():
        if key == "peerkeeper:peers" or key.startswith("peerkeeper:peers-"):
            words += value.split()
    same = peer.account == own.account
    return peer.account in words or peer_vpc in words or ("self" in words and same)


def agreed(
    policy: Policy,
    own: Location,
    peer: Location,
    peer_vpc: str,
    vpc_tags: Mapping[str, str],
    pcx_tags: Mapping[str, str],
    *,
    accepting: bool,
) -> bool:
    """Whether our side has said yes to this peer."""
    if peer.account not in policy.accounts:
        return False
    by_tag = pcx_tags.get("peerkeeper:approved") == "true"
    if accepting and own == peer:
        by_tag = False  # one tag set for both sides: the requester could approve itself
    return by_tag or names(vpc_tags, own, peer, peer_vpc)


def clash(cidr: str, ours: Iterable[str]) -> bool:
    return any(overlap(cidr, one) for one in ours)


def covers(wide: str, cidr: str) -> bool:
    """Whether `wide` is a wider network than `cidr`, holds it, and is no default route."""
    return (
        not wide.startswith("pl-")
        and network(wide).prefixlen > 0
        and network(wide) != network(cidr)
        and inside(cidr, wide)
    )


def tags_of(document: Mapping[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in document.get("Tags") or ()}
