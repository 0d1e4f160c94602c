"""What is in a VPC in addition to AWS's own furniture. In: moto's store. Out: ids."""

from collections.abc import Iterator
from typing import Any

from peerkeeper_local.cloud.groups import groups_of


def tenants(backend: Any, vpc_id: str) -> list[str]:  # noqa: ANN401 - moto is not typed
    """Return what has to go before the VPC: moto sees to subnets, tables and VPN gateways.

    Sources: EC2 API, DeleteVpc; observed (an egress-only internet gateway).
    """
    return list(_tenants(backend, vpc_id))


def _tenants(backend: Any, vpc_id: str) -> Iterator[str]:  # noqa: ANN401 - moto is not typed
    for group in groups_of(backend):
        if group.vpc_id == vpc_id and not group.is_default:
            yield group.id
    for acl in backend.network_acls.values():
        if acl.vpc_id == vpc_id and not acl.default:
            yield acl.id
    for endpoint in backend.vpc_end_points.values():
        # One that is being deleted holds subnets by its interfaces, if it has any (assumed of the VPC).
        if endpoint.vpc_id == vpc_id and endpoint.deleted is None:
            yield endpoint.id
    for gateway in backend.egress_only_internet_gateways.values():
        if gateway.vpc_id == vpc_id:
            yield gateway.id


def clear_out(backend: Any, vpc_id: str) -> None:  # noqa: ANN401 - moto is not typed
    """Let the default network ACL go with its VPC; moto leaves it. Source: EC2 API, DeleteVpc."""
    for acl_id, acl in tuple(backend.network_acls.items()):
        if acl.vpc_id == vpc_id:
            del backend.network_acls[acl_id]
