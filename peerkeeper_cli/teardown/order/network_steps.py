"""What a VPC is built of: groups, subnets, tables, ACLs, gateways, itself. In: `Seen`. Out: steps, blockers.

The default group, the main table and the default ACL have no step: EC2 deletes them with the VPC. EC2 keeps
a group while another one of the VPC names it, and two groups may name each other. So the rules that name
another group are revoked first, unless that is a default one.

Source: EC2 API reference, DeleteVpc, DeleteSecurityGroup; VPC User Guide, delete your VPC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from peerkeeper_cli.teardown.order.blocker import Blocker
from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.order.calls import ec2
from peerkeeper_cli.teardown.order.peering_steps import revoked
from peerkeeper_cli.teardown.order.step import Step
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import OwnVpc, Seen


def network_steps(seen: Seen, vpc: OwnVpc) -> Iterator[Step | Blocker]:
    """Yield what is done about each of them, and about the VPC."""
    inside, where = vpc.contents, vpc.location
    yield from _groups(seen, vpc)
    subnets = ((one, ec2("DeleteSubnet", where, SubnetId=one)) for one in inside.subnets)
    yield from _each(vpc, Kind.SUBNET, subnets, "InvalidSubnetID.NotFound")
    for edge in inside.edges:
        call = ec2("DisassociateRouteTable", where, AssociationId=edge.association)
        words = f"disassociate the table from {edge.gateway}"
        gone = ("InvalidAssociationID.NotFound",)
        yield Step(Kind.EDGE, where, edge.table, words, (call,), gone=gone)
    tables = ((one, ec2("DeleteRouteTable", where, RouteTableId=one)) for one in inside.tables)
    yield from _each(vpc, Kind.TABLE, tables, "InvalidRouteTableID.NotFound")
    acls = ((one, ec2("DeleteNetworkAcl", where, NetworkAclId=one)) for one in inside.acls)
    yield from _each(vpc, Kind.ACL, acls, "InvalidNetworkAclID.NotFound")
    yield from _gateways(vpc)
    yield _vpc(vpc)


def _each(vpc: OwnVpc, kind: Kind, calls: Iterable[tuple[str, Call]], *gone: str) -> Iterator[Step]:
    for resource, call in calls:
        yield Step(kind, vpc.location, resource, f"delete the {kind.value}", (call,), gone=gone)


def _groups(seen: Seen, vpc: OwnVpc) -> Iterator[Step]:
    own = {one.id: one for one in seen.groups if one.vpc_id == vpc.id}
    crossing = sorted(
        (
            rule
            for rule in seen.rules
            if rule.group in own
            and rule.named in own
            and rule.named != rule.group
            and not own[rule.named].default
        ),
        key=lambda rule: (rule.group, rule.egress, rule.id),
    )
    for _, rules in groupby(crossing, lambda rule: (rule.group, rule.egress)):
        words = "revoke its rules that name other groups: these cannot be deleted before"
        yield revoked(tuple(rules), Kind.GROUP_RULE, words)
    groups = (
        (one.id, ec2("DeleteSecurityGroup", vpc.location, GroupId=one.id))
        for one in own.values()
        if not one.default
    )
    yield from _each(vpc, Kind.GROUP, groups, "InvalidGroup.NotFound")


def _gateways(vpc: OwnVpc) -> Iterator[Step | Blocker]:
    inside, where = vpc.contents, vpc.location
    for one in inside.internet_gateways:
        calls = (
            ec2("DetachInternetGateway", where, InternetGatewayId=one, VpcId=vpc.id),
            ec2("DeleteInternetGateway", where, InternetGatewayId=one),
        )
        gone = ("Gateway.NotAttached", "InvalidInternetGatewayID.NotFound")
        words = "detach the gateway, then delete it"
        yield Step(Kind.INTERNET_GATEWAY, where, one, words, calls, gone=gone)
    egress = (
        (one, ec2("DeleteEgressOnlyInternetGateway", where, EgressOnlyInternetGatewayId=one))
        for one in inside.egress_gateways
    )
    missing = "InvalidEgressOnlyInternetGatewayId.NotFound"
    yield from _each(vpc, Kind.EGRESS_GATEWAY, egress, missing, "InvalidGatewayID.NotFound")
    for one in inside.vpn_gateways:
        yield Blocker(
            where,
            one,
            "a VPN gateway is attached, and VPN connections may need it",
            f"aws ec2 detach-vpn-gateway --region {where.region} --vpn-gateway-id {one} "
            f"--vpc-id {vpc.id}",
        )


def _vpc(vpc: OwnVpc) -> Step | Blocker:
    if vpc.owner != vpc.location.account_id:
        words = f"account {vpc.owner} owns it and shares it"
        return Blocker(vpc.location, vpc.id, words, "only its owner deletes it")
    more = ": it is the default VPC of the Region" if vpc.default else ""
    more += ". Its default group, main table and default ACL go with it"
    call = ec2("DeleteVpc", vpc.location, VpcId=vpc.id)
    gone = ("InvalidVpcID.NotFound",)
    return Step(Kind.VPC, vpc.location, vpc.id, f"delete the VPC{more}", (call,), gone=gone)
