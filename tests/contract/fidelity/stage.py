"""A stage on which the same scene is played twice: on plain moto, and on the local cloud.

In: a scene, a function of the stage. Out: what it saw. The stage knows no rules of EC2.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unittest.mock import patch

import botocore.session
import moto.ec2.models.amis
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

from peerkeeper_local.cloud import Limits, LocalCloud
from peerkeeper_local.cloud.principals import Principals

OURS, THEIRS = "111122223333", "444455556666"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
SMALL = Limits(routes_per_table=3, outstanding_requests=8)
_SESSION = botocore.session.Session()


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that plain moto does otherwise than EC2.

    `scene` returns what is seen; `aws` is what EC2 shows (by `source`), `moto` what moto shows.
    `limits`: the quotas of the local cloud, small enough to reach.
    """

    name: str
    source: str
    scene: Callable[["Stage"], object]
    aws: object
    moto: object
    limits: Limits = SMALL


class Stage:
    """Clients in Seoul and Tokyo, a stranger's in Seoul, and a clock if the world has one."""

    def __init__(self, client: Callable[..., Any], advance: Callable[[float], object]) -> None:
        """`client` makes one by region, account and service, which is EC2 unless said."""
        self._client = client
        self.advance = advance

    # A client takes a while to make, and few scenes need all three.
    @cached_property
    def seoul(self) -> Any:
        return self._client(SEOUL, OURS)

    @cached_property
    def tokyo(self) -> Any:
        return self._client(TOKYO, OURS)

    @cached_property
    def stranger(self) -> Any:
        return self._client(SEOUL, THEIRS)

    @cached_property
    def zones(self) -> Any:
        return self._client(SEOUL, OURS, "route53")

    @cached_property
    def their_zones(self) -> Any:
        return self._client(SEOUL, THEIRS, "route53")

    @cached_property
    def quotas(self) -> Any:
        return self._client(SEOUL, OURS, "service-quotas")

    @cached_property
    def trails(self) -> Any:
        return self._client(SEOUL, OURS, "cloudtrail")

    @cached_property
    def buckets(self) -> Any:
        return self._client(SEOUL, OURS, "s3")

    def vpc(self, client: Any, cidr: str = "10.0.0.0/16") -> str:
        return str(client.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"])

    def dns(self, client: Any, vpc_id: str) -> None:
        client.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": True})

    def table(self, client: Any, vpc_id: str) -> str:
        """Return the main route table of a VPC."""
        wanted = [{"Name": "vpc-id", "Values": [vpc_id]}]
        tables = client.describe_route_tables(Filters=wanted)["RouteTables"]
        return str(tables[0]["RouteTableId"])

    def request(self, **more: Any) -> str:
        """Let Seoul ask Tokyo; return the pending peering's id."""
        ours, theirs = self.vpc(self.seoul), self.vpc(self.tokyo, "10.1.0.0/16")
        return self.requested(ours, theirs, PeerRegion=TOKYO, **more)

    def requested(self, ours: str, theirs: str, **more: Any) -> str:
        made = self.seoul.create_vpc_peering_connection(VpcId=ours, PeerVpcId=theirs, **more)
        self.advance(2)
        return str(made["VpcPeeringConnection"]["VpcPeeringConnectionId"])

    def active(self) -> str:
        """Return the id of an active peering from Seoul to Tokyo."""
        pcx = self.request()
        self.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        self.advance(10)
        return pcx

    def side(self, pcx: str, side: str = "RequesterVpcInfo") -> str:
        """Return the VPC id of one side."""
        return str(self.shown(self.seoul, pcx)[side]["VpcId"])

    def shown(self, client: Any, pcx: str) -> dict[str, Any]:
        reply = client.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])
        return dict(reply["VpcPeeringConnections"][0])

    def code(self, client: Any, pcx: str) -> str:
        return str(self.shown(client, pcx)["Status"]["Code"])

    def with_stranger(self) -> str:
        """Let Seoul ask the stranger, who does not answer yet; return the peering's id."""
        ours, theirs = self.vpc(self.seoul), self.vpc(self.stranger, "10.1.0.0/16")
        return self.requested(ours, theirs, PeerOwnerId=THEIRS)

    def gateway(self, vpc: str) -> str:
        """Attach a new internet gateway to a VPC of Seoul; return its id."""
        made = self.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.seoul.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc)
        return str(made)

    def new_table(self, vpc: str) -> str:
        made = self.seoul.create_route_table(VpcId=vpc)
        return str(made["RouteTable"]["RouteTableId"])

    def subnet(self, vpc: str, cidr: str = "10.0.1.0/24") -> str:
        made = self.seoul.create_subnet(VpcId=vpc, CidrBlock=cidr)
        return str(made["Subnet"]["SubnetId"])

    def main_association(self, vpc: str) -> str:
        wanted = [
            {"Name": "vpc-id", "Values": [vpc]},
            {"Name": "association.main", "Values": ["true"]},
        ]
        (table,) = self.seoul.describe_route_tables(Filters=wanted)["RouteTables"]
        return str(table["Associations"][0]["RouteTableAssociationId"])

    def routed(self, pcx: str, cidr: str = "10.1.0.0/16") -> str:
        """Point Seoul's main table at a peering; return the table's id."""
        table = self.table(self.seoul, self.side(pcx))
        self.seoul.create_route(
            RouteTableId=table, DestinationCidrBlock=cidr, VpcPeeringConnectionId=pcx
        )
        return table

    def routes(self, table: str) -> list[dict[str, Any]]:
        reply = self.seoul.describe_route_tables(RouteTableIds=[table])
        return list(reply["RouteTables"][0]["Routes"])


def message(call: Callable[..., Any], **sent: Any) -> str:
    """Return the words of a refusal; "" if there was none."""
    try:
        call(**sent)
    except ClientError as error:
        return str(error.response["Error"]["Message"])
    return ""


def status(call: Callable[..., Any], **sent: Any) -> int:
    """Return the HTTP status of the answer."""
    try:
        reply = call(**sent)
    except ClientError as error:
        reply = error.response
    return int(reply["ResponseMetadata"]["HTTPStatusCode"])


def outcome(call: Callable[..., Any], **sent: Any) -> str:
    """Return "done", the error code, or the name of what moto let through."""
    try:
        call(**sent)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    except (ValueError, NotImplementedError, AttributeError, KeyError, StopIteration) as error:
        return type(error).__name__
    return "done"


@contextmanager
def plain_moto() -> Iterator[Stage]:
    """Open moto as it comes (but for machine images, which take a second to make)."""
    with ExitStack() as opening:
        images = moto.ec2.models.amis.AmiBackend
        opening.enter_context(patch.object(images, "_load_amis", lambda _images: None))
        opening.enter_context(mock_aws(config={"core": {"mock_credentials": False}}))
        principals = Principals(SEOUL)

        def client(region: str, account: str, service: str = "ec2") -> Any:
            keys = principals.credentials(account, "operator")
            return _SESSION.create_client(
                service,
                region_name=region,
                aws_access_key_id=keys.access_key,
                aws_secret_access_key=keys.secret_key,
                aws_session_token=keys.token,
                config=Config(retries={"total_max_attempts": 1}),
            )

        yield Stage(client, lambda _seconds: None)


@contextmanager
def local_cloud(limits: Limits = SMALL) -> Iterator[Stage]:
    """Open the local cloud, with quotas small enough to reach."""
    with LocalCloud(OURS, (SEOUL, TOKYO), limits=limits) as cloud:
        yield stage_of(cloud)


def stage_of(cloud: LocalCloud) -> Stage:
    """Return the stage of an open local cloud."""

    def client(region: str, account: str, service: str = "ec2") -> Any:
        return cloud.client(service, region, account)

    return Stage(client, cloud.clock.advance)
