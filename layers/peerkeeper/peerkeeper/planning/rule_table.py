"""Which rules each function runs: the one place that says so.

In: nothing. Out: `RULES_OF`, read by the handlers, `explain`, the benchmarks and the tests. A generator in
`rules/` that stands in no row fails a test by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from peerkeeper.planning.rules.acceptance import acceptance
from peerkeeper.planning.rules.consent_withdrawn import consent_withdrawn
from peerkeeper.planning.rules.dns_resolution import dns_resolution
from peerkeeper.planning.rules.missing_routes import missing_routes
from peerkeeper.planning.rules.other_side import other_side
from peerkeeper.planning.rules.routed_not_approved import routed_not_approved
from peerkeeper.planning.rules.stale_routes import stale_routes
from peerkeeper.planning.rules.subnet_public_ip import subnet_public_ip
from peerkeeper.planning.rules.tag_faults import tag_faults
from peerkeeper.planning.rules.unseen_other_side import unseen_other_side
from peerkeeper.planning.rules.vpc_dns import vpc_dns
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change
from peerkeeper.values.findings import Finding
from peerkeeper.values.scope import Deferral, Function
from peerkeeper.values.snapshot import Snapshot

Rule: TypeAlias = Callable[[Snapshot, Settings], Iterator[Change | Finding | Deferral]]

CONNECT, CLEAN, CONFIGURE, SWEEP = (
    Function.CONNECT,
    Function.CLEAN,
    Function.CONFIGURE,
    Function.SWEEP,
)

TABLE: tuple[tuple[Rule, frozenset[Function]], ...] = (
    (acceptance, frozenset({CONNECT, SWEEP})),
    (missing_routes, frozenset({CONNECT, SWEEP})),
    (dns_resolution, frozenset({CONNECT, SWEEP})),
    (stale_routes, frozenset({CONNECT, CLEAN, SWEEP})),
    (vpc_dns, frozenset({CONFIGURE, SWEEP})),
    (subnet_public_ip, frozenset({CONFIGURE, SWEEP})),
    (tag_faults, frozenset({CONNECT, CLEAN, CONFIGURE, SWEEP})),
    (other_side, frozenset({CONNECT, SWEEP})),
    (unseen_other_side, frozenset({CONNECT})),
    (routed_not_approved, frozenset({CONNECT, SWEEP})),
    (consent_withdrawn, frozenset({CONNECT})),
)
"""One row a rule: the functions that run it. A function may run a rule whose changes another one makes:
it hands them on."""

RULES_OF: Mapping[Function, tuple[Rule, ...]] = MappingProxyType(
    {
        function: tuple(rule for rule, runs_in in TABLE if function in runs_in)
        for function in Function
    }
)
"""The rules that each function runs."""

JUDGES = frozenset({CONNECT, SWEEP})
"""They see both routes and peerings, and judge at the end of a run what each peering carries."""
