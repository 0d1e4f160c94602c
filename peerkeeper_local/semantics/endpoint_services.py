"""The services that a VPC endpoint can be of. In: a Region. Out: services, as EC2 shows them.

A modest choice of what AWS has. A customer's own service, such as a firewall, is known only by its name.
Names cannot be derived from one another: ecr.api is api.ecr in DNS. Sources: PrivateLink guide, services
that integrate; EC2 API, DescribeVpcEndpointServices. Observed: the names of S3 and ECR, and that
DynamoDB has no private one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from peerkeeper_local.semantics.filters import Document, Paths
from peerkeeper_local.semantics.refusal import Refusal

GATEWAY, INTERFACE, BALANCER = "Gateway", "Interface", "GatewayLoadBalancer"
SERVICE_FILTERS: Paths = {
    "owner": ("Owner",),
    "service-name": ("ServiceName",),
    "service-region": ("ServiceRegion",),
    "service-type": ("ServiceType", "ServiceType"),
    "supported-ip-address-types": ("SupportedIpAddressTypes",),
}


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its short name, the types of its endpoints, its host and its private names.

    `host` is its label in `<host>.<region>.vpce.amazonaws.com`; in `private`, {} is the Region.
    """

    name: str
    private: tuple[str, ...]
    host: str
    kinds: tuple[str, ...] = (INTERFACE,)

    def full_name(self, region: str) -> str:
        """Return the service's name in a Region, as CreateVpcEndpoint takes it."""
        return f"com.amazonaws.{region}.{self.name}"

    def private_names(self, region: str) -> tuple[str, ...]:
        """Return the names that private DNS answers in the VPC; empty if the service has none."""
        return tuple(name.format(region) for name in self.private)


def _plain(name: str) -> Service:
    return Service(name, (f"{name}.{{}}.amazonaws.com",), name)


_S3_NAMES = ("s3", "*.s3", "*.s3-accesspoint", "*.s3-control")
_PLAIN = """athena autoscaling cloudformation ec2 ec2messages ecs elasticloadbalancing events kms
lambda logs monitoring secretsmanager sns sqs ssm ssmmessages states sts"""
SERVICES = (
    Service(
        "s3", tuple(f"{name}.{{}}.amazonaws.com" for name in _S3_NAMES), "s3", (GATEWAY, INTERFACE)
    ),
    Service("dynamodb", (), "dynamodb", (GATEWAY, INTERFACE)),
    Service("ecr.api", ("api.ecr.{}.amazonaws.com",), "api.ecr"),
    Service("ecr.dkr", ("*.dkr.ecr.{}.amazonaws.com",), "dkr.ecr"),
    Service("eks-auth", ("eks-auth.{}.api.aws",), "eks-auth"),
    Service("execute-api", ("*.execute-api.{}.amazonaws.com",), "execute-api"),
    Service("kinesis-streams", ("kinesis.{}.amazonaws.com",), "kinesis"),
    *map(_plain, _PLAIN.split()),
)


def no_such_service(name: str) -> Refusal:
    """Source: EC2 errors; text observed."""
    return Refusal("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")


def service_named(name: str, region: str) -> Service:
    """Return a service of `region` by its full name; a customer's own is taken to be there.

    Raises Refusal (InvalidServiceName) also for one of another Region. Source: EC2 errors; observed.
    """
    for service in SERVICES:
        if service.full_name(region) == name:
            return service
    own = re.fullmatch(rf"com\.amazonaws\.vpce\.{region}\.(vpce-svc-[0-9a-f]+)", name)
    if own:
        return Service(own[1], (), own[1], (BALANCER, INTERFACE))
    raise no_such_service(name)


def service_details(region: str, zones: Sequence[str]) -> list[Document]:
    """Return every service of `region`, once for each type of endpoint. Source: EC2 API, ServiceDetail.

    `zones`: the names of the Region's zones; every service is in all of them.
    """
    return [_detail(service, kind, region, zones) for service in SERVICES for kind in service.kinds]


def _detail(service: Service, kind: str, region: str, zones: Sequence[str]) -> Document:
    name = service.full_name(region)
    number = sha256(f"{name} {kind}".encode()).hexdigest()[:17]
    private = service.private_names(region) if kind == INTERFACE else ()
    host = f"{service.host}.{region}"
    detail: Document = {
        "ServiceName": name,
        "ServiceId": f"vpce-svc-{number}",
        "ServiceType": [{"ServiceType": kind}],
        "ServiceRegion": region,
        "AvailabilityZones": list(zones),
        "Owner": "amazon",
        "BaseEndpointDnsNames": [
            f"{host}.vpce.amazonaws.com" if kind == INTERFACE else f"{host}.amazonaws.com"
        ],
        "VpcEndpointPolicySupported": True,
        "AcceptanceRequired": False,
        "ManagesVpcEndpoints": False,
        "Tags": [],
        "SupportedIpAddressTypes": ["ipv4"],
    }
    if private:
        detail["PrivateDnsName"] = private[0]
        detail["PrivateDnsNames"] = [{"PrivateDnsName": each} for each in private]
        detail["PrivateDnsNameVerificationState"] = "verified"
    return detail
