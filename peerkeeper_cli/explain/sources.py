"""Where settings and credentials come from: a served cloud, or an account in which the hub is deployed.

In: an endpoint, or profiles and a region. Out: settings and what can be reached, for reading alone. Raises
`ExplainError` in words. Puts variables into this process's environment: botocore reads them there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.errors import SettingsError
from peerkeeper.settings import Settings, settings_from
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from peerkeeper_cli.explain.read_peering import NO_CREDENTIALS
from peerkeeper_cli.served_cloud.ask import ask
from peerkeeper_cli.served_cloud.errors import InvocationError

FUNCTION = "peerkeeper-connect-peerings"


class ExplainError(Exception):
    """Nothing can be explained: no answer, no hub, or settings that are wrong."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The accounts whose credentials are at hand. A person cannot assume the functions' roles in others."""

    edges: Mapping[str, Edge]
    locations: frozenset[Location]
    """Where they may look: the regions looked after, of these accounts."""

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads with their own account's credentials; without these they are unread."""
        edge = self.edges.get(reads[0].location.account_id)
        return edge.observe(reads) if edge else Observed(reads, trouble=NO_CREDENTIALS)


def served(endpoint: str) -> tuple[Settings, Reach, float]:
    """Return what a served cloud says of itself, its virtual time last."""
    try:
        variables, told = ask(endpoint, "variables"), ask(endpoint, "settings")
    except InvocationError as error:
        raise ExplainError(str(error)) from error
    os.environ.update(variables)
    settings = _settings(told["environment"])
    return settings, _reach(settings, {settings.account: None}), float(told["now"])


def deployed(profiles: Sequence[str], region: str | None) -> tuple[Settings, Reach]:
    """Return the settings of the hub that is deployed in the region, as its function has them.

    The first profile, or else the environment's own, is of the hub's account; the others of further ones.
    """
    first = profiles[0] if profiles else None
    if first:
        os.environ["AWS_PROFILE"] = first
    if region:
        os.environ["AWS_DEFAULT_REGION"] = region
    try:
        client: Any = botocore.session.Session().create_client("lambda")
        found = client.get_function_configuration(FunctionName=FUNCTION)
        home = client.meta.region_name
    except (ClientError, BotoCoreError) as error:
        words = (
            f"the settings of {FUNCTION} cannot be read: {error}; name the hub's --region, and a "
        )
        words += "--profile that may call lambda:GetFunctionConfiguration there"
        raise ExplainError(words) from error
    settings = _settings({**found["Environment"]["Variables"], "AWS_REGION": home})
    others = {_account_of(profile): profile for profile in profiles[1:]}
    return settings, _reach(settings, {settings.account: first, **others})


def _settings(environment: Mapping[str, str]) -> Settings:
    try:
        return settings_from(environment)
    except SettingsError as error:
        raise ExplainError(str(error)) from error


def _account_of(profile: str) -> str:
    os.environ["AWS_PROFILE"] = profile
    try:
        client: Any = botocore.session.Session().create_client("sts")
        return str(client.get_caller_identity()["Account"])
    except (ClientError, BotoCoreError) as error:
        raise ExplainError(f"profile {profile} cannot be used: {error}") from error


def _reach(settings: Settings, profiles: Mapping[str, str | None]) -> Reach:
    """Make the clients of each account, by its profile. Raises ExplainError for one not looked after."""
    regions = {location.region for location in settings.locations}
    edges: dict[str, Edge] = {}
    places: set[Location] = set()
    for account, profile in profiles.items():
        own = {where for region in regions if settings.covers(where := Location(account, region))}
        if not own:
            raise ExplainError(f"profile {profile} is of {account}, which is not looked after")
        if profile:
            os.environ["AWS_PROFILE"] = profile
        edges[account] = Edge(Clients(own, settings.home_region))
        places |= own
    return Reach(edges, frozenset(places))
