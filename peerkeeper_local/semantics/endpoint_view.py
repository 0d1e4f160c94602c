"""How a describe shows an endpoint. In: an endpoint. Out: a document in botocore's shape."""

from collections.abc import Mapping
from datetime import UTC, datetime

from peerkeeper_local.semantics.endpoint_names import dns_entries
from peerkeeper_local.semantics.endpoint_services import BALANCER, service_named
from peerkeeper_local.semantics.endpoints import Endpoint, no_such_endpoint, state_of
from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.listings import Listing
from peerkeeper_local.semantics.location import Location

ENDPOINTS = Listing(
    "VpcEndpoints",
    "VpcEndpointId",
    "VpcEndpointIds",
    {
        "ip-address-type": ("IpAddressType",),
        "service-name": ("ServiceName",),
        "service-region": ("ServiceRegion",),
        "vpc-id": ("VpcId",),
        "vpc-endpoint-id": ("VpcEndpointId",),
        "vpc-endpoint-state": ("State",),
        "vpc-endpoint-type": ("VpcEndpointType",),
    },
    no_such_endpoint,
    least=1,
    capped=True,
)


def description(
    endpoint: Endpoint,
    location: Location,
    moment: Moment,
    tags: Mapping[str, str],
    group_names: Mapping[str, str],
) -> Document:
    """Return the endpoint as its owner sees it. Sources: EC2 API, VpcEndpoint; observed (which keys).

    `group_names`: the name of each security group that still exists, by id.
    """
    zones = [place.zone for place in endpoint.places]
    service = service_named(endpoint.service, location.region)
    shown: Document = {
        "VpcEndpointId": endpoint.id,
        "VpcEndpointType": endpoint.kind,
        "VpcId": endpoint.vpc_id,
        "ServiceName": endpoint.service,
        "State": state_of(endpoint, moment),
        "PolicyDocument": endpoint.policy,
        "RouteTableIds": list(endpoint.tables),
        "SubnetIds": list(endpoint.subnet_ids),
        "Groups": [
            {"GroupId": each, "GroupName": group_names[each]}
            for each in endpoint.groups
            if each in group_names
        ],
        "IpAddressType": "ipv4",
        "PrivateDnsEnabled": endpoint.private_dns,
        "RequesterManaged": False,
        "NetworkInterfaceIds": [place.interface_id for place in endpoint.places],
        "DnsEntries": [],
        "CreationTimestamp": datetime.fromtimestamp(endpoint.created, UTC),
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "OwnerId": location.account,
        "ServiceRegion": location.region,
    }
    if endpoint.kind == BALANCER:
        del shown["PolicyDocument"]  # it has none. Source: PrivateLink guide, endpoint policies
    elif not endpoint.gateway:
        named = dns_entries(endpoint.id, service, location.region, zones, endpoint.private_dns)
        shown["DnsEntries"] = named
    return shown
