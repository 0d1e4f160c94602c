"""Network interfaces that a service of AWS makes and manages. In: moto's store. Out: moto's interface."""

from collections.abc import Sequence
from typing import Any

from peerkeeper_local.semantics.refusal import Refusal


def make(
    backend: Any,  # noqa: ANN401 - moto is not typed
    subnet_id: str,
    kind: str,
    description: str,
    *,
    groups: Sequence[str] = (),
    address: str | None = None,
) -> Any:  # noqa: ANN401 - as above
    """Return a new interface in use: requester-managed, with `address` or one of the subnet's.

    `kind`: vpc_endpoint or nat_gateway; `groups` may be none. Raises Refusal if the subnet cannot
    give that address (code assumed). Source: EC2 API, NetworkInterface; observed.
    """
    subnet = backend.get_subnet(subnet_id)
    if address is None:
        address = subnet.get_available_subnet_ip(None)
    else:
        try:
            subnet.request_ip(address, None)
        except Exception as error:  # moto raises nothing narrower
            raise Refusal(
                "InvalidParameterValue", f"{address} is not free in {subnet_id}."
            ) from error
    made = backend.create_network_interface(
        subnet, address, group_ids=list(groups), description=description
    )
    made.interface_type, made.requester_managed, made.status = kind, True, "in-use"
    made.source_dest_check = kind != "nat_gateway"
    if not groups:
        made._group_set = []  # moto puts the default group there
    return made


def regroup(backend: Any, interface_id: str, groups: Sequence[str]) -> None:  # noqa: ANN401 - as above
    """Give the interface these security groups, which have to be there."""
    found = [backend.get_security_group_from_id(each) for each in groups]
    backend.enis[interface_id]._group_set = found


def remove(backend: Any, interface_id: str) -> None:  # noqa: ANN401 - as above
    """Delete the interface and free its address, if it is still there."""
    found = backend.enis.pop(interface_id, None)
    if found is not None and found.private_ip_address in found.subnet._subnet_ips:
        found.subnet.del_subnet_ip(found.private_ip_address)
