"""Fold what a wave of calls showed and did into the snapshot.

In: a snapshot, observations, outcomes. Out: the next snapshot. Never talks to AWS. An applied change
is folded in as EC2 would show it, so that the next plan does not ask for it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from peerkeeper.loop.list_entries import expanded, is_of_aws
from peerkeeper.values.changes import (
    AcceptPeering,
    AddEndpointTable,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
    TagStatus,
)
from peerkeeper.values.ec2 import AGE, Location, PeeringConnection, Route
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import Describe
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import with_tag


class _Resource(Protocol):
    @property
    def location(self) -> Location: ...
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Resource)


def with_observed(seen: Snapshot, observed: Iterable[Observed]) -> Snapshot:
    """Return the snapshot with what these calls showed. A failed one adds to `unread`, until it answers."""
    vpcs, subnets = dict(seen.vpcs), dict(seen.subnets)
    route_tables, peerings = dict(seen.route_tables), dict(seen.peerings)
    hostnames, support = dict(seen.dns_hostnames), dict(seen.dns_support)
    done, unread = set(seen.done), dict(seen.unread)
    lists = dict(seen.prefix_lists)
    observed = tuple(observed)
    for one in observed:
        if one.trouble:
            unread.update(dict.fromkeys(one.reads, one.trouble))
            continue
        done.update(one.reads)
        for read in one.reads:  # made again, it may answer
            unread.pop(read, None)
        _add(vpcs, one.vpcs)
        _add(subnets, one.subnets)
        _add(route_tables, one.route_tables)
        _add(peerings, (each for each in one.peerings if not _is_older(each, peerings)))
        _add(lists, (each for each in one.prefix_lists if not is_of_aws(lists, each)))
        if one.enabled is not None:
            read = one.reads[0]
            attribute = hostnames if read.kind is Describe.DNS_HOSTNAMES else support
            attribute[read.location, read.value] = one.enabled
    return replace(
        seen,
        vpcs=vpcs,
        subnets=subnets,
        route_tables=expanded(route_tables, lists, observed),
        peerings=peerings,
        prefix_lists=lists,
        stale_groups=_further(seen, observed, "stale_groups"),
        groups_with_ids=_further(seen, observed, "groups_with_ids"),
        interfaces=_further(seen, observed, "interfaces"),
        security_groups=_further(seen, observed, "security_groups"),
        network_acls=_further(seen, observed, "network_acls"),
        quotas=_further(seen, observed, "quotas"),
        list_sizes=_further(seen, observed, "list_sizes"),
        zones=_further(seen, observed, "zones"),
        zones_of_vpcs=_further(seen, observed, "zones_of_vpcs"),
        vpc_endpoints=_further(seen, observed, "vpc_endpoints"),
        dns_hostnames=hostnames,
        dns_support=support,
        done=frozenset(done),
        unread=unread,
    )


def _further(seen: Snapshot, observed: Iterable[Observed], name: str) -> Mapping[Key, Any]:
    """Return what a further look has read: a field that an observation and the snapshot have in common."""
    held: Mapping[Key, Any] = getattr(seen, name)
    fresh = [each for one in observed if not one.trouble for each in getattr(one, name)]
    return {**held, **{(each.location, each.id): each for each in fresh}} if fresh else held


def _is_older(fresh: PeeringConnection, held: Mapping[Key, PeeringConnection]) -> bool:
    """Tell whether a read lags behind one of the same run: a status never goes back in a peering's life.

    Source: VPC Peering Guide, lifecycle; EC2 User Guide, eventual consistency.
    """
    known = held.get((fresh.location, fresh.id))
    return bool(known and AGE.get(fresh.status, len(AGE)) < AGE.get(known.status, -1))


def _add(held: dict[Key, R], resources: Iterable[R]) -> None:
    for resource in resources:
        held[resource.location, resource.id] = resource


def with_outcomes(seen: Snapshot, outcomes: Iterable[Outcome]) -> Snapshot:
    """Return the snapshot as it is once these changes are made."""
    for outcome in outcomes:
        if outcome.seen:
            seen = _with_peering(seen, outcome.seen)
        if outcome.result is Result.APPLIED or _is_done_delete(outcome):
            seen = _with_change(seen, outcome)
    return seen


def _is_done_delete(outcome: Outcome) -> bool:
    return isinstance(outcome.change, DeleteRoute) and outcome.result is Result.UNCHANGED


def _with_change(seen: Snapshot, outcome: Outcome) -> Snapshot:
    where = outcome.change.location
    match outcome.change:
        case CreateRoute(route_table_id=table, destination=destination, pcx_id=pcx):
            return _with_routes(seen, (where, table), add=Route(destination, pcx))
        case DeleteRoute(route_table_id=table) as gone:
            return _with_routes(seen, (where, table), drop=gone)
        case EnableDnsSupport(vpc_id=vpc):
            return replace(seen, dns_support={**seen.dns_support, (where, vpc): True})
        case EnableDnsHostnames(vpc_id=vpc):
            return replace(seen, dns_hostnames={**seen.dns_hostnames, (where, vpc): True})
        case SetMapPublicIpOnLaunch(subnet_id=subnet, value=value):
            changed = replace(seen.subnets[where, subnet], maps_public_ip=value)
            return replace(seen, subnets={**seen.subnets, (where, subnet): changed})
        case AllowRemoteDnsResolution(pcx_id=pcx, requester_side=requester):
            return _with_option(seen, (where, pcx), requester)
        case TagStatus(pcx_id=pcx, status=status):
            view = seen.peerings[where, pcx]
            tagged = replace(view, tags=with_tag(view.tags, STATUS, status.value))
            return replace(seen, peerings={**seen.peerings, (where, pcx): tagged})
        case AddEndpointTable(endpoint_id=endpoint, route_table_id=table):
            tables = (*seen.vpc_endpoints[where, endpoint].table_ids, table)
            return _with_endpoint(seen, (where, endpoint), table_ids=tuple(sorted(tables)))
        case EnablePrivateDns(endpoint_id=endpoint):
            return _with_endpoint(seen, (where, endpoint), private_dns=True)
        case AcceptPeering():
            return seen


def _with_endpoint(seen: Snapshot, key: Key, **changed: Any) -> Snapshot:  # noqa: ANN401 - any field
    changed_one = replace(seen.vpc_endpoints[key], **changed)
    return replace(seen, vpc_endpoints={**seen.vpc_endpoints, key: changed_one})


def _with_routes(
    seen: Snapshot, key: Key, *, add: Route | None = None, drop: DeleteRoute | None = None
) -> Snapshot:
    table = seen.route_tables[key]
    kept = tuple(route for route in table.routes if not (drop and _is_gone(route, drop)))
    changed = replace(table, routes=(*kept, add) if add else kept)
    return replace(seen, route_tables={**seen.route_tables, key: changed})


def _is_gone(route: Route, gone: DeleteRoute) -> bool:
    """Tell whether DeleteRoute takes this one: a propagated route, or a list's, to the same network stays."""
    return route.static and (route.destination, route.target) == (gone.destination, gone.pcx_id)


def _with_option(seen: Snapshot, key: Key, requester: bool) -> Snapshot:
    """Fold in the option of one side: each view that this side's own account has of the peering shows it."""
    where, pcx_id = key
    changed = {
        (view.location, pcx_id): _allowing(view, requester)
        for view in seen.views_of(pcx_id)
        if view.location.account_id == where.account_id
    }
    return replace(seen, peerings={**seen.peerings, **changed})


def _allowing(view: PeeringConnection, requester: bool) -> PeeringConnection:
    if requester:
        return replace(view, requester=replace(view.requester, allows_remote_dns=True))
    return replace(view, accepter=replace(view.accepter, allows_remote_dns=True))


def _with_peering(seen: Snapshot, fresh: PeeringConnection) -> Snapshot:
    """Fold in an accept reply: status and CIDRs hold for each view, which keeps its own tags and options."""
    changed = {
        key: replace(
            view,
            status=fresh.status,
            status_text=fresh.status_text,
            expires=fresh.expires,
            requester=replace(view.requester, cidrs=fresh.requester.cidrs),
            accepter=replace(view.accepter, cidrs=fresh.accepter.cidrs),
        )
        for key, view in seen.peerings.items()
        if view.id == fresh.id
    }
    return replace(seen, peerings={**seen.peerings, **changed})
