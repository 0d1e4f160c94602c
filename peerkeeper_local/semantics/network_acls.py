"""What a network ACL takes and shows.

In: entries as they are, and one that is to come. Out: the entries shown, or a Refusal. Never judges
a packet.
"""

from collections.abc import Collection, Iterable

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.network_acl_entries import Entry, check_number
from peerkeeper_local.semantics.refusal import Refusal

CLOSING = {4: 32767, 6: 32768}
"""The numbers of the closing denies, by family. Source: VPC User Guide, quotas."""
EVERYTHING = {4: "0.0.0.0/0", 6: "::/0"}
ADMITTING = {4: 100, 6: 101}
"""The numbers of the entries with which a default ACL allows everything. Source: observed."""


def check_create(acl_id: str, entries: Iterable[Entry], entry: Entry, limits: Limits) -> None:
    """Raise Refusal unless the ACL takes one more entry. `entries`: without the closing denies.

    The closing deny counts. Sources: EC2 errors; VPC User Guide, quotas. Observed: number in use.
    """
    same = [each for each in entries if each.egress == entry.egress]
    if any(each.number == entry.number for each in same):
        raise Refusal(
            "NetworkAclEntryAlreadyExists",
            f"The network acl entry identified by {entry.number} already exists.",
        )
    if 1 + sum(each.family == entry.family for each in same) >= limits.entries_per_network_acl:
        raise Refusal(
            "NetworkAclEntryLimitExceeded",
            f"The maximum number of network acl entries has been reached for {acl_id}.",
        )


def check_entry(entries: Iterable[Entry], number: int, egress: bool) -> None:
    """Raise Refusal unless there is an entry to replace or delete; a closing deny never is.

    Source: observed (not found); assumed (the code for a closing deny).
    """
    check_number(number)
    if not any(each.number == number and each.egress == egress for each in entries):
        direction = "egress" if egress else "ingress"
        raise Refusal(
            "InvalidNetworkAclEntry.NotFound", f"no {direction} entry with number {number}"
        )


def check_delete(acl_id: str, default: bool, subnets: Collection[str]) -> None:
    """Raise Refusal unless the ACL may be deleted: not a default one, and no subnet has it.

    Sources: EC2 API, DeleteNetworkAcl; observed (the code for a default one).
    """
    if default:
        raise Refusal("InvalidParameterValue", f"cannot delete default network ACL {acl_id}")
    if subnets:
        raise Refusal(
            "DependencyViolation",
            f"The networkAcl '{acl_id}' has dependencies and cannot be deleted.",
        )


def check_same_vpc(acl_id: str, vpc_id: str, subnet_id: str, subnet_vpc: str) -> None:
    """Raise Refusal unless subnet and ACL are of one VPC. Source: assumed."""
    if vpc_id != subnet_vpc:
        raise Refusal(
            "InvalidParameterValue",
            f"network acl {acl_id} and subnet {subnet_id} belong to different networks",
        )


def admitting(family: int) -> tuple[Entry, Entry]:
    """Return what a default ACL has for a family: everything may leave and enter."""
    number, cidr = ADMITTING[family], EVERYTHING[family]
    return Entry(number, True, "-1", "allow", cidr), Entry(number, False, "-1", "allow", cidr)


def untouched(entries: Iterable[Entry]) -> bool:
    """Whether a default ACL is as it was made: only then an IPv6 CIDR of its VPC is admitted.

    Source: VPC User Guide, network ACLs (default network ACL).
    """
    return set(entries) == set(admitting(4))


def shown(entries: Iterable[Entry], ipv6: bool) -> list[Entry]:
    """Return the entries as described, egress first: with the closing deny of each family.

    IPv6's is there where the VPC has an IPv6 CIDR. Source: observed.
    """
    closing = [
        Entry(CLOSING[family], egress, "-1", "deny", EVERYTHING[family])
        for family in ((4, 6) if ipv6 else (4,))
        for egress in (True, False)
    ]
    return sorted([*entries, *closing], key=lambda each: (not each.egress, each.number))
