"""What AWS puts into every Region of every account. In: moto's empty store. Out: nothing.

moto makes the default VPC and its subnets, but no internet gateway and no route to it, although the
subnets give out public addresses. Source: VPC User Guide, default VPCs. moto also lacks the set of
DHCP options that every VPC of a Region starts with. Source: VPC User Guide, DHCP option sets.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.semantics.dhcp import NONE, shown_options
from peerkeeper_local.semantics.prefix_lists import AWS, Entry, PrefixList


def furnish(backend: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Give the default VPC in `backend`, if it has one, its internet gateway and default route."""
    vpc = backend.get_default_vpc()
    if vpc is None or any(gateway.vpc is vpc for gateway in backend.internet_gateways.values()):
        return
    gateway = backend.create_internet_gateway()
    backend.attach_internet_gateway(gateway.id, vpc.id)
    main = next(
        table
        for table in backend.route_tables.values()
        if table.vpc_id == vpc.id and table.main_association_id
    )
    backend.create_route(main.id, "0.0.0.0/0", gateway_id=gateway.id)


def supply_dhcp_options(backend: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Make the DHCP options of the Region of `backend`. A set that has a VPC cannot be deleted."""
    region = backend.region_name
    domain = "ec2.internal" if region == "us-east-1" else f"{region}.compute.internal"
    options = backend.create_dhcp_options(["AmazonProvidedDNS"], [domain])
    options.vpc = backend.get_default_vpc()
    backend.regional_dhcp_options = options.id


def with_dhcp_options(backend: Any, vpc: Document) -> Document:  # noqa: ANN401 - moto is not typed
    """Return a VPC as EC2 shows it: moto says "default" of one that was given no set."""
    stored = backend.vpcs.get(vpc["VpcId"])
    own = None if vpc["DhcpOptionsId"] == NONE else vpc["DhcpOptionsId"]
    none_wanted = getattr(stored, "no_dhcp_options", False)
    return {**vpc, "DhcpOptionsId": shown_options(own, none_wanted, backend.regional_dhcp_options)}


def as_shown(
    document: Document, at_first: Mapping[str, Any], empty: Collection[str] = ("Tags",)
) -> Document:
    """Return a VPC or subnet as EC2 shows it: with the keys that moto lacks, without some lists if `empty`.

    Source: observed.
    """
    kept = {key: value for key, value in document.items() if value or key not in empty}
    return {**at_first, **kept}


def with_ipv6_states(subnet: Document) -> Document:
    """Return a subnet with the state of its IPv6 blocks, which moto misspells. It shows no other blocks."""
    for each in subnet.get("Ipv6CidrBlockAssociationSet") or ():
        each["Ipv6CidrBlockState"] = {"State": "associated"}
    return subnet


def adopt_prefix_lists(backend: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Take over the lists that AWS has in every Region, with moto's names and entries.

    A Region has one id for each list, the same for every account. Source: observed.
    """
    moto_s = tuple(backend.managed_prefix_lists.values())
    backend.managed_prefix_lists.clear()
    for listed in moto_s:
        name, entries = listed.prefix_list_name, _entries(listed)
        number = sha256(f"{backend.region_name} {name}".encode()).hexdigest()[:17]
        made = PrefixList(
            f"pl-{number}", name, listed.address_family, AWS, len(entries), (entries,)
        )
        backend.managed_prefix_lists[made.id] = made


def _entries(listed: Any) -> tuple[Entry, ...]:  # noqa: ANN401 - moto is not typed
    return tuple(Entry(each["Cidr"]) for version in listed.entries.values() for each in version)
