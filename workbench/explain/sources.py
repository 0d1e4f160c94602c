"""Where settings and credentials come from: a served cloud, or an account in which the hub is deployed.

In: an endpoint, or a profile and region. Out: settings and the edge, for reading alone. Raises
`ExplainError` in words. Puts variables into this process's environment: botocore reads them there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.errors import SettingsError
from peerkeeper.settings import Settings, settings_from

from workbench.invoke.errors import InvocationError
from workbench.invoke.remote import ask

FUNCTION = "peerkeeper-connect-peerings"


class ExplainError(Exception):
    """Nothing can be explained: no answer, no hub, or settings that are wrong."""


def served(endpoint: str) -> tuple[Settings, Edge, float]:
    """Return what a served cloud says of itself, its virtual time last."""
    try:
        variables, told = ask(endpoint, "variables"), ask(endpoint, "settings")
    except InvocationError as error:
        raise ExplainError(str(error)) from error
    os.environ.update(variables)
    return *_edge(told["environment"]), float(told["now"])


def deployed(profile: str | None, region: str | None) -> tuple[Settings, Edge]:
    """Return the settings of the hub that is deployed in the region, as its function has them."""
    if profile:
        os.environ["AWS_PROFILE"] = profile
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
    return _edge({**found["Environment"]["Variables"], "AWS_REGION": home})


def _edge(environment: Mapping[str, str]) -> tuple[Settings, Edge]:
    try:
        settings = settings_from(environment)
    except SettingsError as error:
        raise ExplainError(str(error)) from error
    own = [one for one in settings.locations if one.account_id == settings.account]
    return settings, Edge(Clients(own, settings.home_region))
