"""The rules, one file each: pure generators over a snapshot.

In: Snapshot, Settings. Out: Change, Finding or Deferral. A rule says nothing where what it needs was not
read; it never concludes from absence but through the snapshot's `knows_absent` and `has_read_all`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from peerkeeper.changes import Change
from peerkeeper.findings import Finding
from peerkeeper.rules.acceptance import acceptance
from peerkeeper.rules.dns_resolution import dns_resolution
from peerkeeper.rules.other_side import other_side, unseen_other_side
from peerkeeper.rules.routes import routes
from peerkeeper.rules.stale_routes import stale_routes
from peerkeeper.rules.subnet_public_ip import subnet_public_ip
from peerkeeper.rules.tag_faults import tag_faults
from peerkeeper.rules.vpc_dns import vpc_dns
from peerkeeper.scope import Deferral
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot

Rule: TypeAlias = Callable[[Snapshot, Settings], Iterator[Change | Finding | Deferral]]
RULES: tuple[Rule, ...] = (
    acceptance,
    routes,
    dns_resolution,
    stale_routes,
    vpc_dns,
    subnet_public_ip,
    tag_faults,
    other_side,
)

__all__ = [
    "RULES",
    "Rule",
    "acceptance",
    "dns_resolution",
    "other_side",
    "routes",
    "stale_routes",
    "subnet_public_ip",
    "tag_faults",
    "unseen_other_side",
    "vpc_dns",
]
