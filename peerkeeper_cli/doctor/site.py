"""What is to be examined: the hub, the places that it manages, and by which settings. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location

BUS = "peerkeeper"
FORWARD = "peerkeeper-forward"
SPOKE_STACK = "peerkeeper-spoke"


@dataclass(frozen=True, slots=True)
class Site:
    """One installation, or one that is to be."""

    hub: Location
    """Where the hub is, or would be."""
    deployed: bool
    places: tuple[Location, ...]
    """Each account in each region that the hub manages, or would manage."""
    settings: Settings = field(default_factory=lambda: Settings(frozenset()))
    version: str = ""
    """Of this command."""
    now: float = 0.0
    local: bool = False
    """A local cloud, which runs the functions itself, without CloudFormation, Lambda or CloudWatch."""
    frozen: Mapping[str, str] = field(default_factory=dict)
    """Parameters in a samconfig.toml. The next `sam deploy` sets them, even if the stack has other values."""
    frozen_in: str = ""
    """That file."""
    frozen_fault: str = ""
    """Why that file could not be read. Empty if it was read, or is not there."""
    hub_unread: str = ""
    """Why it is unknown whether the hub is there."""

    @property
    def partition(self) -> str:
        """AWS's partition."""
        return self.settings.partition

    @property
    def bus_arn(self) -> str:
        """The hub's event bus."""
        hub = self.hub
        return f"arn:{self.partition}:events:{hub.region}:{hub.account_id}:event-bus/{BUS}"

    @property
    def others(self) -> tuple[Location, ...]:
        """The places that a spoke forwards."""
        return tuple(place for place in self.places if place != self.hub)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts other than the hub's."""
        return tuple(sorted({one.account_id for one in self.places} - {self.hub.account_id}))

    def role_region(self, account: str) -> str:
        """Return the region to ask IAM from in an account: one that the hub manages there."""
        here = [one.region for one in self.places if one.account_id == account]
        return self.hub.region if self.hub.region in here or not here else here[0]

    def iam(self, account: str) -> Location:
        """Return the place to ask IAM in."""
        return Location(account, self.role_region(account))

    def deploy_spoke(self, place: Location) -> str:
        """Return the command that deploys a spoke there, with that account's credentials."""
        words = [
            f"aws cloudformation deploy --region {place.region} --stack-name {SPOKE_STACK}",
            "--template-file spoke.yaml --capabilities CAPABILITY_NAMED_IAM --parameter-overrides",
            f"HubBusArn={self.bus_arn}",
        ]
        if place.account_id != self.hub.account_id:
            regions = ",".join(sorted({one.region for one in self.places}))
            words += [f"RoleRegion={self.role_region(place.account_id)}", f"Regions={regions}"]
            words.append(f"Mode={self.settings.mode.value}")
            allowed = ",".join(sorted(self.settings.allowed_accounts))
            words += [f"AllowedAccounts={allowed}"] if allowed else []
            secret = self.settings.external_id
            words.append(f"ExternalId={secret}" if secret else "OrganizationId=ID")
        return " ".join(words)

    @property
    def deploy_hub(self) -> str:
        """Return the command that deploys the hub again."""
        return f"sam build && sam deploy --region {self.hub.region}"
