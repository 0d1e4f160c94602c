"""What a security group takes as rules, and how they are shown.

In: rules as they are, and what a call names. Out: rules, permissions, or a Refusal. Never says
whether a named group may be named: `group_references` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.networks import canonical, network
from peerkeeper_local.semantics.refusal import Refusal

NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
"""How EC2 shows a protocol that was sent otherwise. Source: EC2 API, IpPermission (IpProtocol)."""
WITH_PORTS = frozenset({"tcp", "udp", "icmp", "icmpv6"})
Sent = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: which way, protocol as EC2 shows it, ports (or ICMP type and code), and with whom.

    Exactly one of `cidr` (canonical), `prefix_list` and `group` is set; `owner` is the account of
    `group`.
    """

    egress: bool
    protocol: str
    ports: tuple[int, int] | None = None
    cidr: str = ""
    prefix_list: str = ""
    group: str = ""
    owner: str = ""
    description: str | None = None

    @property
    def same(self) -> tuple[object, ...]:
        """What makes two rules of a group one: all except the description. Source: observed (Duplicate)."""
        peer = self.cidr or self.prefix_list or self.group
        return self.egress, self.protocol, self.ports, peer

    @property
    def kind(self) -> str:
        """What it names: a CIDR of IP version 4 or 6, a prefix list or a group."""
        if self.cidr:
            return f"IPv{network(self.cidr).version}"
        return "prefix list" if self.prefix_list else "group"


def rules_of(sent: Sent, account: str, egress: bool) -> list[Rule]:
    """Return the rules that a call names in IpPermissions or in its short form.

    `account`: the caller's, which a group without UserId belongs to. Raises Refusal. Sources: EC2
    API, AuthorizeSecurityGroupIngress (one source each, canonical CIDRs); observed (twice the same).
    """
    permissions = sent.get("IpPermissions") or [_short_form(sent)]
    rules = [rule for each in permissions for rule in _rules_of(each, account, egress)]
    if not rules:
        raise Refusal(
            "MissingParameter", "The request must contain a CIDR block, prefix list or group"
        )
    if len({rule.same for rule in rules}) < len(rules):
        raise Refusal("InvalidParameterValue", "The same permission must not appear multiple times")
    return rules


def _short_form(sent: Sent) -> Sent:
    permission = {key: sent.get(key) for key in ("IpProtocol", "FromPort", "ToPort")}
    if sent.get("CidrIp"):
        permission["IpRanges"] = [{"CidrIp": sent["CidrIp"]}]
    if sent.get("SourceSecurityGroupName"):
        pair = {"GroupName": sent["SourceSecurityGroupName"]}
        if sent.get("SourceSecurityGroupOwnerId"):
            pair["UserId"] = sent["SourceSecurityGroupOwnerId"]
        permission["UserIdGroupPairs"] = [pair]
        permission["IpProtocol"] = permission["IpProtocol"] or "-1"
    return permission


def _rules_of(permission: Sent, account: str, egress: bool) -> Iterator[Rule]:
    protocol, ports = protocol_of(permission), _ports_of(permission)
    for key, parameter in (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")):
        for each in permission.get(key) or ():
            cidr = cidr_of(each.get(parameter, ""), parameter)
            yield Rule(egress, protocol, ports, cidr, description=each.get("Description"))
    for each in permission.get("PrefixListIds") or ():
        name, words = each["PrefixListId"], each.get("Description")
        yield Rule(egress, protocol, ports, prefix_list=name, description=words)
    for each in permission.get("UserIdGroupPairs") or ():
        group, words = each.get("GroupId") or each.get("GroupName", ""), each.get("Description")
        owner = each.get("UserId") or account
        yield Rule(egress, protocol, ports, group=group, owner=owner, description=words)


def cidr_of(text: str, parameter: str) -> str:
    """Return the CIDR, canonical. Raises Refusal for text that is none, or of the other family."""
    cidr = canonical(text, parameter[0].lower() + parameter[1:])
    if (network(cidr).version == 6) != parameter.startswith("CidrIpv6"):
        raise Refusal("InvalidParameterValue", f"CIDR block {text} is malformed")
    return cidr


def protocol_of(permission: Sent) -> str:
    """Return the protocol as EC2 shows it. Raises Refusal if there is none. Source: observed."""
    sent = permission.get("IpProtocol")
    if sent is None:
        raise Refusal(
            "InvalidParameterValue",
            "Invalid value 'null' for protocol. "
            "VPC security group rules must specify protocols explicitly.",
        )
    protocol = NAMES.get(str(sent).lower(), str(sent).lower())
    number = protocol.isdigit() and int(protocol) <= 255
    if protocol not in WITH_PORTS and protocol != "-1" and not number:
        raise Refusal("InvalidParameterValue", f"Invalid value '{sent}' for IP protocol.")
    return protocol


def _ports_of(permission: Sent) -> tuple[int, int] | None:
    """Return the ports, None where the protocol has none. Source: observed; EC2 API, IpPermission."""
    protocol = protocol_of(permission)
    if protocol not in WITH_PORTS:
        return None
    start, end = permission.get("FromPort"), permission.get("ToPort")
    if protocol == "icmpv6" and start is None and end is None:
        return -1, -1
    if start is None or end is None:
        kind = "TCP/UDP" if protocol in ("tcp", "udp") else "ICMP"
        raise Refusal(
            "InvalidParameterValue",
            f"Invalid value 'Must specify both from and to ports with {kind}.' for portRange.",
        )
    start, end = int(start), int(end)
    if protocol in ("tcp", "udp") and not 0 <= start <= end <= 65535:
        raise Refusal("InvalidParameterValue", f"Invalid TCP/UDP port range ({start}:{end})")
    return start, end


def rule_requested(sent: Sent, account: str, egress: bool) -> Rule:
    """Return the one rule that ModifySecurityGroupRules names.

    Raises Refusal. Source: EC2 API, SecurityGroupRuleRequest; observed (both codes).
    """
    kinds = {
        "CidrIpv4": ("IpRanges", "CidrIp"),
        "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "PrefixListId": ("PrefixListIds", "PrefixListId"),
        "ReferencedGroupId": ("UserIdGroupPairs", "GroupId"),
    }
    given = [key for key in kinds if sent.get(key) is not None]
    if len(given) > 1:
        raise Refusal("InvalidParameterCombination", f"A rule takes exactly one of: {given}")
    if not given:
        raise Refusal("MissingParameter", f"The request must contain exactly one of: {list(kinds)}")
    many, one = kinds[given[0]]
    permission = {key: sent.get(key) for key in ("IpProtocol", "FromPort", "ToPort")}
    permission[many] = [{one: sent[given[0]], "Description": sent.get("Description")}]
    (rule,) = _rules_of(permission, account, egress)
    return rule


def check_same_kind(rule_id: str, old: Rule, new: Rule) -> None:
    """Raise Refusal if a rule would name something of another kind. Source: observed."""
    if old.kind != new.kind:
        raise Refusal(
            "InvalidParameterValue", f"Invalid rule type for security group rule '{rule_id}'."
        )


def words(rule: Rule) -> str:
    """Return the rule as EC2's errors name it. Source: observed."""
    parts = [f"peer: {rule.cidr or rule.prefix_list or rule.group}"]
    parts.append("ALL" if rule.protocol == "-1" else rule.protocol.upper())
    if rule.ports is not None:
        parts += [f"from port: {rule.ports[0]}", f"to port: {rule.ports[1]}"]
    return ", ".join([*parts, "ALLOW"])
