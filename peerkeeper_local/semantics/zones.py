"""Private hosted zones of Route 53: which VPC may be associated with one, and by whom.

In: a zone, and what is asked: a VPC, by whom, whose it is. Out: the zone afterwards, or a ZoneRefusal.

| call | by the zone's owner | by the VPC's owner |
|---|---|---|
| authorize, take back | any VPC | never: it is not its zone |
| associate | a VPC of its own | any zone that authorizes the VPC, or is its own |
| disassociate | any VPC | its VPC |

Sources: "Route 53 API" is the text of the service model; quotas are from the Route 53 Developer Guide.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal

VPC_ID = re.compile("vpc-[0-9a-f]+")


class ZoneRefusal(Refusal):
    """A Route 53 error. The HTTP status is what the service model says of the code."""


class ZoneVpc(NamedTuple):
    """A VPC as Route 53 names it."""

    region: str
    vpc_id: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A hosted zone: its short id (`Z...`), its name with the dot at its end, whose it is, and its VPCs."""

    id: str
    name: str
    owner: str
    private: bool
    vpcs: tuple[ZoneVpc, ...] = ()
    authorized: tuple[ZoneVpc, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A VPC that a call names: the caller's account, the VPC's, and the zones associated with it already.

    `owner` is None where there is no such VPC in that Region.
    """

    vpc: ZoneVpc
    caller: str
    owner: str | None
    zones: tuple[Zone, ...] = ()


def associate(zone: Zone, asked: Asked, limits: Limits) -> Zone:
    """Return the zone with the VPC. Raises ZoneRefusal.

    The owner of the zone may not do it for another's VPC, authorized or not. Source: Route 53 API; that and
    the words are observed.
    """
    vpc, caller = asked.vpc, asked.caller
    if not zone.private:
        words = "Amazon Route 53 doesn't support associating a VPC with a public hosted zone."
        raise ZoneRefusal("PublicZoneVPCAssociation", words)
    check_vpc_id(vpc)
    if asked.owner is None:
        raise invalid_vpc(vpc)
    if caller != asked.owner or (caller != zone.owner and vpc not in zone.authorized):
        words = f"The VPC: {vpc.vpc_id} has not authorized to associate with your hosted zone."
        raise ZoneRefusal("NotAuthorizedException", words)
    check_name(zone.name, asked)
    if len(zone.vpcs) >= limits.vpcs_per_zone:
        words = f"The hosted zone {zone.id} is associated with {limits.vpcs_per_zone} VPCs already."
        raise ZoneRefusal("LimitsExceeded", words)
    return replace(zone, vpcs=(*zone.vpcs, vpc))


def disassociate(zone: Zone, asked: Asked) -> Zone:
    """Return the zone without the VPC. Raises ZoneRefusal.

    The last VPC stays. What was authorized stays authorized. Source: Route 53 API; that anybody else's zone
    looks absent is assumed.
    """
    vpc = asked.vpc
    if asked.caller not in (zone.owner, asked.owner):
        raise no_such_zone(zone.id)
    check_vpc_id(vpc)
    if vpc not in zone.vpcs:
        words = f"The VPC {vpc.vpc_id} and the hosted zone {zone.id} are not associated."
        raise ZoneRefusal("VPCAssociationNotFound", words)
    if len(zone.vpcs) == 1:
        words = f"The VPC {vpc.vpc_id} is the last one of the hosted zone {zone.id}."
        raise ZoneRefusal("LastVPCAssociation", words)
    return replace(zone, vpcs=tuple(each for each in zone.vpcs if each != vpc))


def authorize(zone: Zone, vpc: ZoneVpc, limits: Limits) -> Zone:
    """Return the zone with which the VPC's owner may associate the VPC. Raises ZoneRefusal.

    Source: Route 53 API. Assumed: twice is no error, and whether the VPC exists is not looked at.
    """
    check_vpc_id(vpc)
    if not zone.private:
        raise ZoneRefusal("InvalidInput", f"The hosted zone {zone.id} is public.")
    if vpc in zone.authorized:
        return zone
    if len(zone.authorized) >= limits.authorizations_per_zone:
        words = f"The hosted zone {zone.id} has {limits.authorizations_per_zone} authorizations."
        raise ZoneRefusal("TooManyVPCAssociationAuthorizations", words)
    return replace(zone, authorized=(*zone.authorized, vpc))


def deauthorize(zone: Zone, vpc: ZoneVpc) -> Zone:
    """Return the zone without the authorization; an association stays. Raises ZoneRefusal.

    Source: Route 53 API.
    """
    check_vpc_id(vpc)
    if vpc not in zone.authorized:
        words = f"The VPC {vpc.vpc_id} is not authorized to be associated with {zone.id}."
        raise ZoneRefusal("VPCAssociationAuthorizationNotFound", words)
    return replace(zone, authorized=tuple(each for each in zone.authorized if each != vpc))


def check_vpc_id(vpc: ZoneVpc) -> None:
    """Raise ZoneRefusal (InvalidVPCId) for what has not the form of an id. Source: Route 53 API."""
    if not VPC_ID.fullmatch(vpc.vpc_id):
        raise invalid_vpc(vpc)


def check_name(name: str, asked: Asked) -> None:
    """Raise ZoneRefusal if the VPC has a zone of that name; parents and children are other names.

    Source: Route 53 API; the words, and that the same zone is refused alike, are observed.
    """
    if any(zone.name.lower() == name.lower() for zone in asked.zones):
        region, vpc_id = asked.vpc
        raise ZoneRefusal(
            "ConflictingDomainExists",
            f"The VPC that you chose, {vpc_id} in region {region}, is already associated with another "
            f"private hosted zone that has an overlapping name space, {name}.",
        )


def invalid_vpc(vpc: ZoneVpc) -> ZoneRefusal:
    """Source: Route 53 API."""
    words = f"The VPC: {vpc.vpc_id} in {vpc.region} is not a VPC that this account may use."
    return ZoneRefusal("InvalidVPCId", words)


def no_such_zone(zone_id: str) -> ZoneRefusal:
    """Source: Route 53 API."""
    return ZoneRefusal("NoSuchHostedZone", f"No hosted zone found with ID: {short_id(zone_id)}")


def short_id(zone_id: str) -> str:
    """Return the id as lists show it: `Z...`. Creating and getting show `/hostedzone/Z...`.

    Source: Route 53 API reference, examples of CreateHostedZone and ListHostedZonesByVPC.
    """
    return zone_id.removeprefix("/hostedzone/")
