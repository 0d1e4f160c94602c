"""Make one change: one EC2 call, and its outcome.

In: clients, a change that the guard let through. Out: `Outcome`, or None where its turn came too late. Never
decides, never retries beyond botocore's own.
"""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper.aws import parse
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.error_codes import UNREADABLE, trouble_from, unreadable
from peerkeeper.aws.pace import TurnTooLate
from peerkeeper.values.changes import (
    ACTIONS,
    AcceptPeering,
    AddEndpointTable,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
    TagStatus,
)
from peerkeeper.values.ec2 import PeeringConnection
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.trouble import Meaning


def apply(clients: Clients, change: Change) -> Outcome | None:
    """Make the change and return its outcome; trouble is in the value.

    None where it was not begun, since its turn came too late.

    `unchanged` where EC2 says that nothing is left to do: the route is deleted, the route exists, or the
    request is no longer pending. A route that exists may be somebody else's, so the caller reads the table
    again.
    """
    try:
        return Outcome(change, Result.APPLIED, seen=_call(clients, change))
    except TurnTooLate:
        return None
    except (ClientError, BotoCoreError) as error:
        trouble = trouble_from(error, ACTIONS[type(change)])
    except UNREADABLE as error:
        # The change may have been made: it is looked at again.
        trouble = unreadable(error, ACTIONS[type(change)])
    gone = isinstance(change, DeleteRoute) and trouble.meaning is Meaning.ABSENT
    benign = gone or trouble.meaning in (Meaning.ALREADY_SO, Meaning.STATE)
    result = Result.UNCHANGED if benign else Result.FAILED
    words = f"{trouble.code}: {trouble.message}"
    return Outcome(change, result, words, None if gone else trouble)


def _call(clients: Clients, change: Change) -> PeeringConnection | None:
    ec2 = clients.ec2(change.location)
    match change:
        case AcceptPeering(pcx_id=pcx):
            reply = ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
            return parse.peering(reply["VpcPeeringConnection"], change.location)
        case CreateRoute():
            _create_route(clients, change)
        case DeleteRoute(route_table_id=table, destination=to):
            if to.version == 4:
                ec2.delete_route(RouteTableId=table, DestinationCidrBlock=str(to))
            else:
                ec2.delete_route(RouteTableId=table, DestinationIpv6CidrBlock=str(to))
        case AllowRemoteDnsResolution():
            _allow_remote_dns(clients, change)
        case EnableDnsSupport(vpc_id=vpc):
            ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsSupport={"Value": True})
        case EnableDnsHostnames(vpc_id=vpc):
            ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        case SetMapPublicIpOnLaunch(subnet_id=subnet, value=value):
            ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": value})
        case AddEndpointTable() | EnablePrivateDns():
            _add_to_endpoint(clients, change)
        case TagStatus(pcx_id=pcx, status=status):
            ec2.create_tags(Resources=[pcx], Tags=[{"Key": STATUS, "Value": status.value}])
    return None


def _create_route(clients: Clients, change: CreateRoute) -> None:
    ec2, to = clients.ec2(change.location), change.destination
    table, pcx = change.route_table_id, change.pcx_id
    if to.version == 4:
        ec2.create_route(
            RouteTableId=table, DestinationCidrBlock=str(to), VpcPeeringConnectionId=pcx
        )
    else:
        ec2.create_route(
            RouteTableId=table, DestinationIpv6CidrBlock=str(to), VpcPeeringConnectionId=pcx
        )


def _add_to_endpoint(clients: Clients, change: AddEndpointTable | EnablePrivateDns) -> None:
    """Add one table to the endpoint, or turn its private DNS on. The call carries nothing else."""
    ec2, endpoint = clients.ec2(change.location), change.endpoint_id
    if isinstance(change, AddEndpointTable):
        ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[change.route_table_id])
    else:
        ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, PrivateDnsEnabled=True)


def _allow_remote_dns(clients: Clients, change: AllowRemoteDnsResolution) -> None:
    """Set our side's option and nothing else.

    A call that carries the other side, or a ClassicLink field, fails as a whole across regions; a
    multipath field could turn on a charge. Source: EC2 API reference; answers seen in issue threads.
    """
    ec2, option = clients.ec2(change.location), {"AllowDnsResolutionFromRemoteVpc": True}
    if change.requester_side:
        ec2.modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=change.pcx_id,
            RequesterPeeringConnectionOptions=option,  # type: ignore[arg-type]
        )
    else:
        ec2.modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=change.pcx_id,
            AccepterPeeringConnectionOptions=option,  # type: ignore[arg-type]
        )
