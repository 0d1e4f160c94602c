"""Hosted zones of all accounts, as values. In: moto's zones. Out: the same, and what moto does not keep.

moto keeps a zone's name, records and VPCs, only in its account. Authorizations and changes are kept here.
Not thread-safe: the caller holds the cloud's lock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from moto.route53.models import route53_backends

from peerkeeper_local.cloud.clock import utc_of
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.zone_calls import change_status
from peerkeeper_local.semantics.zones import Asked, Zone, ZoneRefusal, ZoneVpc, short_id


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a zone: whose it was, when it was submitted (epoch seconds), and its comment."""

    account: str
    submitted: float
    comment: str | None


class HostedZones:
    """The zones of one local cloud."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._authorized: dict[str, tuple[ZoneVpc, ...]] = {}
        self._changes: dict[str, Change] = {}

    def find(self, zone_id: str) -> Zone | None:
        """Return the zone of that id, long or short, of any owner."""
        wanted = short_id(zone_id)
        return next((zone for zone in self._all() if zone.id == wanted), None)

    def of_vpc(self, vpc: ZoneVpc) -> list[Zone]:
        """Return the zones of any owner that the VPC is associated with."""
        return [zone for zone in self._all() if vpc in zone.vpcs]

    def keep(self, zone: Zone) -> None:
        """Remember the VPCs and authorizations of a zone."""
        (stored,) = (each for each in _stored(zone.owner) if each.resource_id == zone.id)
        stored.vpcs = [{"vpc_id": vpc.vpc_id, "vpc_region": vpc.region} for vpc in zone.vpcs]
        self._authorized[zone.id] = zone.authorized

    def references(self, account: str) -> set[str]:
        """Return the caller references of the account's zones."""
        return {zone.caller_reference for zone in _stored(account)}

    def asked(self, vpc: ZoneVpc, caller: str) -> Asked:
        """Return what there is to know of a VPC that the caller names."""
        return Asked(vpc, caller, self._owner_of(vpc, caller), tuple(self.of_vpc(vpc)))

    def submit(self, account: str, comment: str | None) -> dict[str, Any]:
        """Note a change, and return it as Route 53 shows it."""
        change_id = f"C{len(self._changes) + 1:013d}"
        self._changes[change_id] = Change(account, self._world.clock.now(), comment)
        return self.change(change_id, account)

    def change(self, change_id: str, account: str) -> dict[str, Any]:
        """Return a change of the account's. Raises ZoneRefusal (NoSuchChange). Source: Route 53 API."""
        known = change_id.removeprefix("/change/")
        change = self._changes.get(known)
        if change is None or change.account != account:
            raise ZoneRefusal("NoSuchChange", f"No change found with ID: {known}")
        return {
            "Id": f"/change/{known}",
            "Status": change_status(change.submitted, self._world.moment()),
            "SubmittedAt": utc_of(change.submitted),
            "Comment": change.comment,
        }

    def _owner_of(self, vpc: ZoneVpc, caller: str) -> str | None:
        """Return whose the VPC is; None if there is none. The caller's account is looked at first."""
        others = {location.account for location in self._world.locations} - {caller}
        for account in (caller, *sorted(others)):
            if self._world.side(Location(account, vpc.region), vpc.vpc_id):
                return account
        return None

    def _all(self) -> Iterator[Zone]:
        for account in sorted(route53_backends):
            for stored in _stored(account):
                yield Zone(
                    id=stored.resource_id,
                    name=stored.name,
                    owner=account,
                    private=stored.private_zone,
                    vpcs=tuple(
                        ZoneVpc(vpc.get("vpc_region", ""), vpc.get("vpc_id", ""))
                        for vpc in stored.vpcs
                    ),
                    authorized=self._authorized.get(stored.resource_id, ()),
                )


def _stored(account: str) -> list[Any]:
    """Return moto's zones of the account, which has a store for each partition that it was asked in."""
    return [zone for store in route53_backends[account].values() for zone in store.zones.values()]
