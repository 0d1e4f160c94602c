"""What `peerkeeper explain` says of a peering of an estate, with the settings that are deployed there."""

import os
from unittest.mock import patch

from peerkeeper.settings.environment import settings_from

from peerkeeper_cli.explain.explanation import explain
from peerkeeper_cli.explain.read_peering import read
from peerkeeper_cli.explain.sources import _login, _reach
from peerkeeper_local.story.stage import SEOUL


def explained(estate, pcx):
    """The explanation, read with an operator's credentials."""
    operator = f"arn:aws:iam::{estate.cloud.account}:user/operator"
    deployed = estate.pump.hub.function("ConnectPeerings").environment
    settings = settings_from({**deployed, "AWS_REGION": SEOUL})
    with patch.dict(os.environ, estate.cloud.environment(operator)):
        reach = _reach(settings, {settings.account: _login(None, None)})
        seen = read(pcx, reach.locations, settings, reach, estate.cloud.clock.now())
    return explain(pcx, seen, settings)
