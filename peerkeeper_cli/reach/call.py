"""One read of EC2 for a question about traffic, and its reply. In: a location, filters. Out: `Call`, `Reply`.

`Ask` makes a wave of calls at once. `Asking` is the one for AWS and for a served cloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from peerkeeper.aws.parse import Raw
from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Trouble

LISTS = {
    "DescribeNetworkInterfaces": "NetworkInterfaces",
    "DescribeSubnets": "Subnets",
    "DescribeTags": "Tags",
    "DescribeRouteTables": "RouteTables",
    "DescribeNetworkAcls": "NetworkAcls",
    "DescribeSecurityGroups": "SecurityGroups",
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "GetManagedPrefixListEntries": "Entries",
}
"""Each action that a question may call, and the list in its reply."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One action in one location, narrowed by filters; or the entries of one prefix list."""

    location: Location
    action: str
    filters: Filters = ()
    """Names of EC2's filters with their values. All of them must hold."""
    prefix_list: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call showed, all its pages. With `trouble` it showed nothing that counts."""

    call: Call
    items: Sequence[Raw] = ()
    trouble: Trouble | None = None


class Ask(Protocol):
    """Anything that makes the calls of one wave."""

    def __call__(self, calls: Sequence[Call], /) -> Sequence[Reply]:
        """Answer each call; trouble is in the values."""


def filtered(location: Location, action: str, **values: Sequence[str]) -> Call:
    """Return a call by one filter or more: `vpc_id=` is the filter `vpc-id`, `__` stands for a dot."""
    named = ((name.replace("__", ".").replace("_", "-"), values[name]) for name in sorted(values))
    return Call(location, action, tuple((name, tuple(each)) for name, each in named))
