"""One entry of a network ACL. In: what a call names. Out: an entry, canonical, or a Refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.networks import canonical, network
from peerkeeper_local.semantics.refusal import Refusal, invalid_value, required

LAST_NUMBER = 32766
TCP, UDP, ICMP, ICMPV6 = "6", "17", "1", "58"
BY_NAME = {"tcp": TCP, "udp": UDP, "icmp": ICMP}
"""Protocols that a filter may name. Source: EC2 API, DescribeNetworkAcls (entry.protocol)."""
_CIDRS = {"CidrBlock": 4, "Ipv6CidrBlock": 6}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: number, direction, protocol number as text ("-1": all), action, canonical CIDR.

    `icmp` is (type, code) and `ports` (from, to), each None where the entry has none.
    """

    number: int
    egress: bool
    protocol: str
    action: str
    cidr: str
    icmp: tuple[int, int] | None = None
    ports: tuple[int, int] | None = None

    @property
    def family(self) -> int:
        """4 or 6: an entry never applies to the other. Source: VPC User Guide, network ACLs."""
        return network(self.cidr).version


def entry_of(sent: Mapping[str, Any]) -> Entry:
    """Return the entry that CreateNetworkAclEntry or ReplaceNetworkAclEntry names.

    Ports, types and codes that have no meaning for the protocol are dropped (assumed). Raises
    Refusal. Sources: EC2 API, CreateNetworkAclEntry; observed (the codes for protocol and ICMP).
    """
    number, action = int(required(sent, "RuleNumber")), str(required(sent, "RuleAction"))
    check_number(number)
    if action not in ("allow", "deny"):
        raise invalid_value(action, "ruleAction")
    cidr, protocol = _cidr_of(sent), _protocol_of(sent)
    family = network(cidr).version
    return Entry(
        number,
        bool(required(sent, "Egress")),
        protocol,
        action,
        cidr,
        _icmp_of(sent) if protocol == ICMP or (protocol == ICMPV6 and family == 6) else None,
        _ports_of(sent) if protocol in (TCP, UDP) else None,
    )


def check_number(number: int) -> None:
    """Raise Refusal for a number that no entry of somebody's has. Source: EC2 API."""
    if not 1 <= number <= LAST_NUMBER:
        raise invalid_value(str(number), "ruleNumber")


def _cidr_of(sent: Mapping[str, Any]) -> str:
    given = [key for key in _CIDRS if sent.get(key)]
    if not given:
        required(sent, "CidrBlock")
    if len(given) > 1:
        raise Refusal("InvalidParameterCombination", "An entry takes an IPv4 or an IPv6 CIDR block")
    (key,) = given
    cidr = canonical(sent[key], key[0].lower() + key[1:])
    if network(cidr).version != _CIDRS[key]:
        raise invalid_value(sent[key], key[0].lower() + key[1:])
    return cidr


def _protocol_of(sent: Mapping[str, Any]) -> str:
    protocol = str(required(sent, "Protocol"))
    if protocol != "-1" and not (protocol.isdigit() and int(protocol) <= 255):
        raise Refusal(
            "InvalidParameterValue",
            f"Invalid value '{protocol}' for IP protocol. Unknown protocol.",
        )
    return protocol if protocol == "-1" else str(int(protocol))


def _icmp_of(sent: Mapping[str, Any]) -> tuple[int, int]:
    given = sent.get("IcmpTypeCode") or {}
    kind, code = (int(_within(given, "icmpTypeCode", key)) for key in ("Type", "Code"))
    if not (-1 <= kind <= 255 and -1 <= code <= 255) or (kind == -1 and code != -1):
        raise invalid_value(f"{kind}/{code}", "icmpTypeCode")
    return kind, code


def _ports_of(sent: Mapping[str, Any]) -> tuple[int, int]:
    given = sent.get("PortRange") or {}
    start, end = (int(_within(given, "portRange", key)) for key in ("From", "To"))
    if not 0 <= start <= end <= 65535:
        raise invalid_value(f"{start}-{end}", "portRange")
    return start, end


def _within(given: Mapping[str, Any], structure: str, key: str) -> int:
    if given.get(key) is None:
        raise Refusal(
            "MissingParameter",
            f"The request must contain the parameter {structure}.{key.lower()}",
        )
    return int(given[key])
