"""What else Route 53 asks of calls about zones: who may make, list and count them, pages, changes.

In: what a call names. Out: nothing, a document, page or status, or a ZoneRefusal.
"""

from collections.abc import Iterable, Sequence

from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.paging import slice_of
from peerkeeper_local.semantics.zones import (
    Asked,
    Zone,
    ZoneRefusal,
    ZoneVpc,
    check_name,
    check_vpc_id,
    invalid_vpc,
    no_such_zone,
)

PENDING, INSYNC = "PENDING", "INSYNC"


def owned(zone: Zone | None, zone_id: str, caller: str) -> Zone:
    """Return the zone if the caller owns it. Raises ZoneRefusal. Source: assumed (another's looks absent)."""
    if zone is None or zone.owner != caller:
        raise no_such_zone(zone_id)
    return zone


def check_new(name: str, asked: Asked) -> None:
    """Raise ZoneRefusal if no zone of that name may be created with the VPC.

    Source: Route 53 API (InvalidVPCId, ConflictingDomainExists).
    """
    check_vpc_id(asked.vpc)
    if asked.owner != asked.caller:
        raise invalid_vpc(asked.vpc)
    check_name(name, asked)


def check_reference(reference: str, used: Iterable[str]) -> None:
    """Raise ZoneRefusal if a zone of this account was created with the reference. Source: Route 53 API."""
    if reference in used:
        words = f"A hosted zone has already been created with the reference {reference}."
        raise ZoneRefusal("HostedZoneAlreadyExists", words)


def check_private(zone: Zone) -> None:
    """Raise ZoneRefusal for a public zone, which has no VPCs to count. Source: Route 53 API."""
    if not zone.private:
        raise ZoneRefusal("HostedZoneNotPrivate", f"The hosted zone {zone.id} is public.")


def check_reader(asked: Asked) -> None:
    """Raise ZoneRefusal unless the VPC is the caller's, whose zones it may list.

    Source: Route 53 API lists only InvalidInput. Assumed: it is the code for another's VPC.
    """
    if asked.owner != asked.caller:
        region, vpc_id = asked.vpc
        words = f"The VPC {vpc_id} in {region} is not a VPC of this account."
        raise ZoneRefusal("InvalidInput", words)


def vpc_shown(vpc: ZoneVpc) -> Document:
    """Return the VPC as replies show it."""
    return {"VPCRegion": vpc.region, "VPCId": vpc.vpc_id}


def summary(zone: Zone) -> Document:
    """Return the zone as the list of a VPC's zones shows it. Source: Route 53 API, HostedZoneSummary."""
    return {"HostedZoneId": zone.id, "Name": zone.name, "Owner": {"OwningAccount": zone.owner}}


def page(
    documents: Sequence[Document], token: str | None, size: int
) -> tuple[list[Document], str | None]:
    """Return one page and the token of the next. Raises ZoneRefusal (InvalidPaginationToken).

    Source: Route 53 API.
    """
    try:
        return slice_of(documents, token, size)
    except ValueError:
        words = "The token for the next page is invalid."
        raise ZoneRefusal("InvalidPaginationToken", words) from None


def change_status(submitted: float, moment: Moment) -> str:
    """Return the status of a change submitted then (epoch seconds). Source: Route 53 API, GetChange."""
    return PENDING if moment.now < submitted + moment.delays.zone_change else INSYNC
