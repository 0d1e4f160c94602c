"""Which rules each function runs: the one place that says so.

In: nothing. Out: `RULES_OF`, read by the handlers, `explain`, the benchmarks and the tests. A generator in
`rules/` that stands in no row fails a test by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
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


def _loaded_when_run(name: str) -> Rule:
    """Return the rule of this name. Its file is loaded when it runs: other functions start without it."""

    def rule(seen: Snapshot, settings: Settings) -> Iterator[Change | Finding | Deferral]:
        found: Rule = getattr(import_module(f"peerkeeper.planning.rules.{name}"), name)
        return found(seen, settings)

    rule.__name__ = name
    return rule


CONNECT, CLEAN, CONFIGURE, SWEEP, KEEP = (
    Function.CONNECT,
    Function.CLEAN,
    Function.CONFIGURE,
    Function.SWEEP,
    Function.KEEP,
)

TABLE: tuple[tuple[Rule, frozenset[Function]], ...] = (
    (acceptance, frozenset({CONNECT, SWEEP})),
    (missing_routes, frozenset({CONNECT, SWEEP})),
    (dns_resolution, frozenset({CONNECT, SWEEP})),
    (stale_routes, frozenset({CONNECT, CLEAN, SWEEP})),
    (vpc_dns, frozenset({CONFIGURE, SWEEP})),
    (subnet_public_ip, frozenset({CONFIGURE, SWEEP})),
    (tag_faults, frozenset({CONNECT, CLEAN, CONFIGURE, SWEEP, KEEP})),
    (other_side, frozenset({CONNECT, SWEEP})),
    (unseen_other_side, frozenset({CONNECT})),
    (routed_not_approved, frozenset({CONNECT, SWEEP})),
    (consent_withdrawn, frozenset({CONNECT})),
    (_loaded_when_run("stale_group_rule"), frozenset({SWEEP})),
    (_loaded_when_run("quota_near"), frozenset({SWEEP})),
    (_loaded_when_run("private_zones"), frozenset({SWEEP})),
    (_loaded_when_run("endpoint_tables"), frozenset({SWEEP, KEEP})),
    (_loaded_when_run("endpoint_private_dns"), frozenset({SWEEP, KEEP})),
    (_loaded_when_run("endpoint_ways_in"), frozenset({SWEEP})),
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
