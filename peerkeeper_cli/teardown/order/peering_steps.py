"""The end of a peering, and the routes and rules that it leaves. In: `Seen`. Out: steps and blockers.

status                              we read         what follows
active                              a side          delete it: the requester's side, else the accepter's
pending-acceptance                  the requester   delete the request
pending-acceptance                  the accepter    reject the request: only its requester can delete it
deleting                            a side          wait
initiating-request, provisioning    a side          a blocker: EC2 refuses to delete it now, and it passes
deleted, rejected, failed, expired  a side          nothing: it has ended
any other                           a side          a blocker: this version does not know the status

Source: VPC Peering Guide, basics (lifecycle). EC2 API reference, DeleteVpcPeeringConnection.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.ec2 import (
    TERMINAL,
    Location,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
)
from peerkeeper.values.tags import is_exempt

from peerkeeper_cli.teardown.order.blocker import Blocker
from peerkeeper_cli.teardown.order.calls import ec2
from peerkeeper_cli.teardown.order.step import Step, Wait
from peerkeeper_cli.teardown.seen.group import GroupReference
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import Seen

PASSING = frozenset({PeeringStatus.INITIATING_REQUEST, PeeringStatus.PROVISIONING})
NO_PEERING = "InvalidVpcPeeringConnectionID.NotFound"
BY_PEERKEEPER = "Peerkeeper's function clean_routes deletes it by itself, if its mode is full."


def ends(seen: Seen) -> Iterator[Step | Blocker]:
    """Yield the end of each peering."""
    for one in seen.peerings:
        found = _end(seen, one)
        if found:
            yield found


def _end(seen: Seen, pcx: PeeringConnection) -> Step | Blocker | None:
    sides = [side.location for side in (pcx.requester, pcx.accepter)]
    ours = [where for where in sides if where.account_id in seen.readable]
    where = ours[0] if ours else pcx.location
    if pcx.status in TERMINAL:
        return None
    if pcx.status is PeeringStatus.ACTIVE:
        return _deleted(pcx, where, "delete the peering: one call ends it for both sides")
    if pcx.status is PeeringStatus.PENDING_ACCEPTANCE:
        if where == pcx.requester.location:
            return _deleted(pcx, where, "delete the request")
        return _rejected(pcx, pcx.accepter.location)
    if pcx.status is PeeringStatus.DELETING:
        words = "wait: the peering is being deleted"
        return Step(Kind.PEERING, where, pcx.id, words, (), _until_deleted(pcx, where))
    if pcx.status in PASSING:
        words = f"its status is {pcx.status.value}, and EC2 refuses to delete it now"
        return Blocker(where, pcx.id, words, "wait a minute, and print this list again")
    words = f"its status is {pcx.status_text or pcx.status.value}, which this version does not know"
    return Blocker(where, pcx.id, words, "look at it in the console")


def _deleted(pcx: PeeringConnection, where: Location, words: str) -> Step:
    call = ec2("DeleteVpcPeeringConnection", where, VpcPeeringConnectionId=pcx.id)
    gone = (NO_PEERING, "InvalidStateTransition")
    return Step(Kind.PEERING, where, pcx.id, words, (call,), _until_deleted(pcx, where), gone)


def _rejected(pcx: PeeringConnection, where: Location) -> Step:
    words = (
        f"reject the request of account {pcx.requester.location.account_id}: it blocks the VPC's "
        "deletion, and only its requester can delete it"
    )
    call = ec2("RejectVpcPeeringConnection", where, VpcPeeringConnectionId=pcx.id)
    return Step(Kind.PEERING, where, pcx.id, words, (call,), gone=(NO_PEERING,))


def _until_deleted(pcx: PeeringConnection, where: Location) -> Wait:
    call = ec2("DescribeVpcPeeringConnections", where, VpcPeeringConnectionIds=[pcx.id])
    return Wait(
        "until it is deleted: between Regions that takes a while",
        call,
        "vpc-peering-connection-deleted",
    )


def routes(seen: Seen) -> Iterator[Step]:
    """Yield the deletion of each route to the peerings, except in tables that are deleted themselves."""
    own = seen.vpc.id if seen.vpc else ""
    for table in seen.tables:
        if table.vpc_id == own:
            continue  # its own tables are deleted, or go with it
        for route in table.routes:
            if route.target in seen.pcx_ids and (route.destination or route.prefix_list):
                yield _route(table, route)


def _route(table: RouteTable, route: Route) -> Step:
    said = route.prefix_list or str(route.destination)
    call = ec2("DeleteRoute", table.location, RouteTableId=table.id, **{_destination(route): said})
    return Step(
        Kind.ROUTE,
        table.location,
        f"{table.id} {said}",
        f"delete the route to {route.target}",
        (call,),
        gone=("InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"),
        by_itself="" if route.prefix_list or is_exempt(table.tags) else BY_PEERKEEPER,
    )


def _destination(route: Route) -> str:
    if route.prefix_list:
        return "DestinationPrefixListId"
    six = route.destination is not None and route.destination.version == 6
    return "DestinationIpv6CidrBlock" if six else "DestinationCidrBlock"


def stale_rules(seen: Seen) -> Iterator[Step]:
    """Yield the revocation of the rules that go stale, except in groups that are deleted with the VPC."""
    own = seen.vpc.id if seen.vpc else ""
    for rule in seen.rules:
        over = rule.pcx_id in seen.pcx_ids or (seen.of_vpc and rule.named_vpc == seen.target)
        if over and (not own or seen.vpc_of_group(rule.group) != own):
            yield revoked(
                (rule,),
                Kind.STALE_RULE,
                f"revoke this rule of {rule.group}, which names {rule.named} over {rule.pcx_id}: it goes "
                "stale, and comes alive again if the same VPCs are peered again",
            )


def revoked(rules: tuple[GroupReference, ...], kind: Kind, words: str) -> Step:
    """Return the revocation of rules of one group and direction, by their ids."""
    first = rules[0]
    way = "Egress" if first.egress else "Ingress"
    call = ec2(
        f"RevokeSecurityGroup{way}",
        first.location,
        GroupId=first.group,
        SecurityGroupRuleIds=[rule.id for rule in rules],
    )
    resource = first.id if kind is Kind.STALE_RULE else first.group
    gone = ("InvalidSecurityGroupRuleId.NotFound", "InvalidGroup.NotFound")
    return Step(kind, first.location, resource, words, (call,), gone=gone)
