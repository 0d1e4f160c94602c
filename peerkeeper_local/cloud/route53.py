"""Route 53 with private zones as AWS has them. In: a world. Out: a seam like EC2's.

moto answers what is not here: records, health checks, tags, query logs.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import ClassVar
from unittest.mock import patch

import moto.route53.urls
from moto.core import errors
from moto.core.responses import ActionResult, EmptyResult
from moto.route53.models import HostedZoneIdentifier
from moto.route53.responses import Route53

from peerkeeper_local.cloud.authority import Authority
from peerkeeper_local.cloud.hosted_zones import HostedZones
from peerkeeper_local.cloud.principals import Principals
from peerkeeper_local.cloud.service_seam import LocalService, laid_over
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics import zone_calls, zones
from peerkeeper_local.semantics.zones import Asked, Zone, ZoneVpc

ZONE = r"{0}/(?P<api_version>[\d_-]+)/hostedzone/(?P<zone_id>[^/]+)"
PATHS = (
    rf"{ZONE}/authorizevpcassociation/?$",
    rf"{ZONE}/deauthorizevpcassociation/?$",
    r"{0}/(?P<api_version>[\d_-]+)/hostedzonelimit/(?P<zone_id>[^/]+)/(?P<limit_type>[^/]+)$",
)
"""Those that moto has not."""
RECORDS = 10_000
"""Source: Route 53 Developer Guide, quotas."""
AUTHORIZATIONS_PAGE, ZONES_PAGE = 50, 100
"""Source: Route 53 API reference, ListVPCAssociationAuthorizations; the other is assumed."""


class LocalRoute53(LocalService, Route53):  # type: ignore[misc]  # moto is not typed
    """moto's Route 53, with associations, authorizations and changes as Route 53 does them."""

    zones: ClassVar[HostedZones]
    authority: ClassVar[Authority]
    principals: ClassVar[Principals]

    def checked(self, action: str) -> None:
        """Raise Refusal (AccessDenied) unless the caller may.

        Source: Service Authorization Reference, Route 53; the code is observed.
        """
        caller = self.principals.arn(self.location, self.get_access_key())
        zone = self.params.get("HostedZoneId") or self.params.get("Id") or ""
        ids = [zone] if zone else self.params.get("ResourceIds") or ()
        partition = self.principals.partition
        for on in [
            f"arn:{partition}:route53:::hostedzone/{zones.short_id(one)}" for one in ids
        ] or ["*"]:
            self.authority.check(
                caller, self.location, f"route53:{action}", on, code="AccessDenied"
            )

    def create_hosted_zone(self) -> ActionResult:
        """Create a zone; one with a VPC is private whether the request says so or not.

        Source: Route 53 API (PrivateZone is optional for private zones; CallerReference).
        """
        caller = self.current_account
        zone_calls.check_reference(self.params["CallerReference"], self.zones.references(caller))
        if "VPC" in self.params:
            zone_calls.check_new(f"{self.params['Name'].rstrip('.')}.", self._asked())
            self.params["HostedZoneConfig"] = {
                **(self.params.get("HostedZoneConfig") or {}),
                "PrivateZone": True,
            }
        return self._submitted(super().create_hosted_zone())

    def delete_hosted_zone(self) -> ActionResult:
        """Delete a zone."""
        return self._submitted(super().delete_hosted_zone())

    def change_resource_record_sets(self) -> ActionResult:
        """Change records."""
        comment = (self.params.get("ChangeBatch") or {}).get("Comment")
        return self._submitted(super().change_resource_record_sets(), comment)

    def get_change(self) -> ActionResult:
        """Tell how far a change is."""
        return ActionResult(
            {"ChangeInfo": self.zones.change(self.params["Id"], self.current_account)}
        )

    def associate_vpc_with_hosted_zone(self) -> ActionResult:
        """Associate a VPC."""
        self.zones.keep(zones.associate(self._zone(), self._asked(), self.world.limits))
        return self._submitted(ActionResult({}), self.params.get("Comment"))

    def disassociate_vpc_from_hosted_zone(self) -> ActionResult:
        """Disassociate a VPC."""
        self.zones.keep(zones.disassociate(self._zone(), self._asked()))
        return self._submitted(ActionResult({}), self.params.get("Comment"))

    def create_vpc_association_authorization(self) -> ActionResult:
        """Authorize the owner of a VPC to associate it."""
        zone, vpc = self._own_zone(), self._vpc()
        self.zones.keep(zones.authorize(zone, vpc, self.world.limits))
        return ActionResult({"HostedZoneId": zone.id, "VPC": zone_calls.vpc_shown(vpc)})

    def delete_vpc_association_authorization(self) -> ActionResult:
        """Take an authorization back."""
        self.zones.keep(zones.deauthorize(self._own_zone(), self._vpc()))
        return EmptyResult()

    def list_vpc_association_authorizations(self) -> ActionResult:
        """List the VPCs that are authorized."""
        zone = self._own_zone()
        size = min(int(self.params.get("MaxResults") or AUTHORIZATIONS_PAGE), AUTHORIZATIONS_PAGE)
        shown = [zone_calls.vpc_shown(vpc) for vpc in zone.authorized]
        page, token = zone_calls.page(shown, self.params.get("NextToken"), size)
        return ActionResult({"HostedZoneId": zone.id, "VPCs": page, "NextToken": token})

    def list_hosted_zones_by_vpc(self) -> ActionResult:
        """List the zones of a VPC, of any owner."""
        vpc = ZoneVpc(self.params["VPCRegion"], self.params["VPCId"])
        zone_calls.check_reader(self.zones.asked(vpc, self.current_account))
        size = min(int(self.params.get("MaxItems") or ZONES_PAGE), ZONES_PAGE)
        shown = [zone_calls.summary(zone) for zone in self.zones.of_vpc(vpc)]
        page, token = zone_calls.page(shown, self.params.get("NextToken"), size)
        return ActionResult(
            {"HostedZoneSummaries": page, "MaxItems": str(size), "NextToken": token}
        )

    def get_hosted_zone_limit(self) -> ActionResult:
        """Tell how many VPCs, or records, a zone may have, and has."""
        zone = self._own_zone()
        kind = self.params["Type"]
        if kind == "MAX_VPCS_ASSOCIATED_BY_ZONE":
            zone_calls.check_private(zone)
            most, count = self.world.limits.vpcs_per_zone, len(zone.vpcs)
        else:
            most = RECORDS
            count = self.backend.get_hosted_zone(zone.id).resource_record_set_count
        return ActionResult({"Limit": {"Type": kind, "Value": most}, "Count": count})

    def _zone(self) -> Zone:
        zone_id = self.params["HostedZoneId"]
        zone = self.zones.find(zone_id)
        if zone is None:
            raise zones.no_such_zone(zone_id)
        return zone

    def _own_zone(self) -> Zone:
        zone_id = self.params["HostedZoneId"]
        return zone_calls.owned(self.zones.find(zone_id), zone_id, self.current_account)

    def _vpc(self) -> ZoneVpc:
        sent = self.params["VPC"] or {}
        return ZoneVpc(str(sent.get("VPCRegion", "")), str(sent.get("VPCId", "")))

    def _asked(self) -> Asked:
        return self.zones.asked(self._vpc(), self.current_account)

    def _submitted(self, done: ActionResult, comment: str | None = None) -> ActionResult:
        """Return the result with the change that was just submitted."""
        change = self.zones.submit(self.current_account, comment)
        return ActionResult({**done.result, "ChangeInfo": change})


def route53_of(
    world: World,
    lock: AbstractContextManager[object],
    authority: Authority,
    principals: Principals,
) -> Iterator[AbstractContextManager[object]]:
    """Yield what lays these zones over moto's Route 53, and what makes ids as Route 53 does."""
    # Codes that every service of AWS may answer with stand in no service's model.
    common = [*errors.COMMON_ERROR_CODES, "AccessDenied"]
    yield patch.object(errors, "COMMON_ERROR_CODES", common)
    generate = HostedZoneIdentifier.generate

    def from_z(*given: object, **named: object) -> str:
        """Source: Route 53 API reference, examples; observed."""
        return f"Z{generate(*given, **named)[1:]}"

    yield patch.object(HostedZoneIdentifier, "generate", from_z)
    url_paths, kept = moto.route53.urls.url_paths, HostedZones(world)
    rights = {"authority": authority, "principals": principals}
    yield laid_over(url_paths, LocalRoute53, world, lock, paths=PATHS, zones=kept, **rights)
