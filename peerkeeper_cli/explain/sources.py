"""Where settings and credentials come from: a served cloud, or an account in which the hub is deployed.

In: an endpoint, or profiles and a region. Out: settings and what can be reached, for reading alone. Raises
`ExplainError` in words. A served cloud's variables go into this process's environment: botocore reads them
there. Profiles, SSO and MFA are as boto3 knows them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import boto3
import botocore.session
from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.errors import SettingsError
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from peerkeeper_cli.explain.read_peering import NO_CREDENTIALS
from peerkeeper_cli.served_cloud.ask import ask
from peerkeeper_cli.served_cloud.errors import InvocationError

FUNCTION = "peerkeeper-connect-peerings"


class Login(NamedTuple):
    """One person's credentials in one account: boto3's session, and the botocore session under it."""

    core: botocore.session.Session
    boto3: boto3.Session


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
    reach = _reach(settings, {settings.account: _login(None, None)})
    return settings, reach, float(told["now"])


def deployed(profiles: Sequence[str], region: str | None) -> tuple[Settings, Reach]:
    """Return the settings of the hub that is deployed in the region, as its function has them.

    The first profile, or else the environment's own, is of the hub's account; the others of further ones.
    """
    try:
        hub = _login(profiles[0] if profiles else None, region)
        client: Any = hub.boto3.client("lambda")
        found = client.get_function_configuration(FunctionName=FUNCTION)
        home = client.meta.region_name
    except (ClientError, BotoCoreError) as error:
        words = (
            f"the settings of {FUNCTION} cannot be read: {error}; name the hub's --region, and a "
        )
        words += "--profile that may call lambda:GetFunctionConfiguration there"
        raise ExplainError(words) from error
    settings = _settings({**found["Environment"]["Variables"], "AWS_REGION": home})
    others = [(profile, *_account_of(profile, home)) for profile in profiles[1:]]
    for profile, account, _ in others:
        if not _places(settings, account):
            raise ExplainError(f"profile {profile} is of {account}, which is not looked after")
    return settings, _reach(
        settings, {settings.account: hub, **{account: own for _, account, own in others}}
    )


def _login(profile: str | None, region: str | None) -> Login:
    """Return the session of this profile; its first client raises BotoCoreError where there is none."""
    core = botocore.session.Session(profile=profile)
    return Login(core, boto3.Session(botocore_session=core, region_name=region))


def _settings(environment: Mapping[str, str]) -> Settings:
    try:
        return settings_from(environment)
    except SettingsError as error:
        raise ExplainError(str(error)) from error


def _account_of(profile: str, region: str) -> tuple[str, Login]:
    try:
        login = _login(profile, region)
        return str(login.boto3.client("sts").get_caller_identity()["Account"]), login
    except (ClientError, BotoCoreError) as error:
        raise ExplainError(f"profile {profile} cannot be used: {error}") from error


def _places(settings: Settings, account: str) -> set[Location]:
    regions = {location.region for location in settings.locations}
    return {where for region in regions if settings.covers(where := Location(account, region))}


def _reach(settings: Settings, logins: Mapping[str, Login]) -> Reach:
    """Make the clients of each account on its own session."""
    edges: dict[str, Edge] = {}
    places: set[Location] = set()
    for account, login in logins.items():
        own = _places(settings, account)
        edges[account] = Edge(Clients(own, settings.home_region, session=login.core))
        places |= own
    return Reach(edges, frozenset(places))
