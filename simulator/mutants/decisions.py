"""Seeded bugs in what is decided: rules, agreement, brake, modes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from peerkeeper.followups import follow_ups
from peerkeeper.loop import run, run_report
from peerkeeper.messages import ec2_events, inbox
from peerkeeper.planning import agreement, connectivity, consent, judged_plan
from peerkeeper.planning.rules import (
    acceptance,
    dns_resolution,
    missing_routes,
    stale_routes,
    subnet_public_ip,
    vpc_dns,
)
from peerkeeper.safety import brake
from peerkeeper.settings import SubnetPublicIp
from peerkeeper.values import ec2, snapshot
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.scope import Expected
from peerkeeper.values.snapshot import Sight
from peerkeeper.values.tags import is_exempt

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("absent-means-deleted", "a route is deleted at the first look that misses its peering")
def _absent_means_deleted() -> Iterator[None]:
    def absent(seen: Any, table: Any, destination: Any, pcx: str) -> Iterator[Any]:
        yield DeleteRoute(table.location, table.id, destination, pcx, reason="absent")

    return patched(patch.object(stale_routes, "_absent", absent), no_guard())


@mutant("blackhole-means-stale", "every blackhole route to a peering is deleted")
def _blackhole_means_stale() -> Iterator[None]:
    def judge(seen: Any, table: Any, route: Any, destination: Any) -> Iterator[Any]:
        if route.blackhole:
            yield DeleteRoute(table.location, table.id, destination, route.target, reason="hole")

    return patched(patch.object(stale_routes, "_judge", judge), no_guard())


@mutant("trusts-the-event", "a peering is gone because an event says so")
def _trusts_the_event() -> Iterator[None]:
    gone: set[str] = set()
    real_scope, real_status = ec2_events.scope_from_event, snapshot.Snapshot.status_of

    def scope(event: Any, settings: Any) -> Any:
        found = real_scope(event, settings)
        gone.update(item.id for item in found.expect if item.state is Expected.GONE)
        return found

    def status(self: Any, location: Any, pcx: str) -> Any:
        return PeeringStatus.DELETED if pcx in gone else real_status(self, location, pcx)

    return patched(
        patch.object(inbox, "scope_from_event", scope),
        patch.object(snapshot.Snapshot, "status_of", status),
        no_guard(),
    )


@mutant("routes-on-accept-only", "routes are made only while a peering is provisioning")
def _routes_on_accept_only() -> Iterator[None]:
    only = frozenset({PeeringStatus.PROVISIONING})
    return patched(patch.object(missing_routes, "ROUTABLE", only))


@mutant("deletes-a-foreign-route", "a static route is deleted unless it leads to a live peering")
def _deletes_a_foreign_route() -> Iterator[None]:
    def judged(seen: Any, settings: Any) -> Iterator[Any]:
        for table in seen.route_tables.values():
            for route in table.routes:
                if route.static and not route.to_peering and route.target != "local":
                    yield DeleteRoute(
                        table.location, table.id, route.destination, route.target, reason="odd"
                    )

    def judge(seen: Any, table: Any, route: Any, destination: Any) -> Iterator[Any]:
        yield from judged(seen, None)

    return patched(patch.object(stale_routes, "_judge", judge), no_guard())


@mutant("stale-approval", "two VPCs that once agreed are taken to agree forever")
def _stale_approval() -> Iterator[None]:
    agreed: set[tuple[str, str]] = set()
    real = agreement.agreement

    def changed(pcx: Any, own: Any, peer: Any, vpc: Any, settings: Any, **how: Any) -> Any:
        found = list(real(pcx, own, peer, vpc, settings, **how))
        pair = (own.vpc_id, peer.vpc_id)
        if all(check.passed for check in found):
            agreed.add(pair)
        return iter([replace(check, passed=True) for check in found] if pair in agreed else found)

    return patched(
        patch.object(acceptance, "agreement", changed),
        patch.object(agreement, "agreement", changed),
        no_guard(),
    )


@mutant("one-side-only", "only the requester's side is routed")
def _one_side_only() -> Iterator[None]:
    def own_sides(self: Any) -> Any:
        mine = self.requester.location == self.location
        return ((self.requester, self.accepter),) if mine else ()

    return patched(patch.object(ec2.PeeringConnection, "own_sides", own_sides))


@mutant("brake-off-by-one", "the brake lets one more through")
def _brake_off_by_one() -> Iterator[None]:
    real = brake._too_many
    return patched(patch.object(brake, "_too_many", lambda count, of: real(count - 1, of)))


@mutant("allow-list-ignored", "any network of a peer is routed, and no guard stops it")
def _allow_list_ignored() -> Iterator[None]:
    return patched(
        patch.object(missing_routes, "wanted", lambda cidrs, settings: cidrs), no_guard()
    )


@mutant("guard-alone", "any network of a peer is planned: the guard refuses, and says why")
def _guard_alone() -> Iterator[None]:
    return patched(patch.object(missing_routes, "wanted", lambda cidrs, settings: cidrs))


@mutant("requester-tags-believed", "in one location the peering's own tag approves it")
def _requester_tags_believed() -> Iterator[None]:
    real = agreement.agreement

    def changed(pcx: Any, own: Any, peer: Any, vpc: Any, settings: Any, **how: Any) -> Any:
        return real(pcx, own, peer, vpc, settings, accepting=False)

    return patched(patch.object(acceptance, "agreement", changed), no_guard())


@mutant("observe-writes", "mode observe holds nothing back")
def _observe_writes() -> Iterator[None]:
    return patched(
        *(
            patch.object(module, "allowed_by", lambda mode, change: True)
            for module in (run, run_report, follow_ups)
        ),
        no_guard(),
    )


@mutant("exempt-forgotten", "a VPC tagged exempt is treated like any other")
def _exempt_forgotten() -> Iterator[None]:
    rules = (acceptance, missing_routes, dns_resolution, consent, subnet_public_ip, connectivity)
    return patched(
        *(patch.object(rule, "is_exempt", lambda tags: False) for rule in rules), no_guard()
    )


@mutant("settings-for-all", "settings of VPCs and subnets are enforced without consent")
def _settings_for_all() -> Iterator[None]:
    def leaves(settings: Any) -> bool:
        return settings.subnet_public_ip is SubnetPublicIp.LEAVE

    return patched(
        patch.object(vpc_dns, "sets_dns", lambda tags, settings: not is_exempt(tags)),
        patch.object(
            subnet_public_ip,
            "sets_public_ip",
            lambda tags, settings: not is_exempt(tags) and not leaves(settings),
        ),
        no_guard(),
    )


@mutant("one-look-switches", "a subnet's public IP is switched at the first look")
def _one_look_switches() -> Iterator[None]:
    def by_route(seen: Any, settings: Any, subnet: Any) -> Iterator[Any]:
        table = seen.effective_table(subnet)
        every = (
            {Sight(subnet.location, subnet.id, table.id, way) for way in (True, False)}
            if table
            else ()
        )
        return real(replace(seen, seen_before=frozenset(every)), settings, subnet)

    real = subnet_public_ip._by_route
    return patched(patch.object(subnet_public_ip, "_by_route", by_route), no_guard())


@mutant("gaps-are-silent", "only gaps that a rule names give a finding")
def _gaps_are_silent() -> Iterator[None]:
    return patched(patch.object(judged_plan, "gap_findings", lambda verdicts: ()))
