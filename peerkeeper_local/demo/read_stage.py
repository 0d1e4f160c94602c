"""The command line's reader on a stage of this process: no server, no credentials of the machine's.

In: a stage. Out: `Opened`, as the operator of each account of the stage; `Estate`.
"""

from __future__ import annotations

from botocore.session import Session
from peerkeeper.aws.pace import Pace
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.estate import Estate, read
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.allowed_actions import hold
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.threads import Threads
from peerkeeper_local.serve.variables import environment_of_the_functions
from peerkeeper_local.story import Stage


def settings_on(stage: Stage) -> Settings:
    """Return the settings that the stage's functions have."""
    return settings_from(environment_of_the_functions(stage))


def login_on(stage: Stage, account: str, command: str) -> Login:
    """Return the operator's login in an account."""
    variables = stage.cloud.environment(stage.cloud.operator(account))
    session = Session()
    session.set_credentials(
        variables["AWS_ACCESS_KEY_ID"],
        variables["AWS_SECRET_ACCESS_KEY"],
        variables.get("AWS_SESSION_TOKEN"),
    )
    hold(session, command)
    return Login(account, session, "the operator", stage.cloud.regions[0])


def opened_on(stage: Stage, command: str = "plan") -> Opened:
    """Return what `peerkeeper` opens on the stage, with all accounts that the hub manages."""
    settings = settings_on(stage)
    accounts = sorted({one.account_id for one in settings.locations})
    accounts.sort(key=lambda one: one != settings.account)
    access = Access(
        [login_on(stage, one, command) for one in accounts], pace=Pace(sleep=lambda _: None)
    )
    regions = tuple(sorted({one.region for one in settings.locations}))
    return Opened(
        AskedFor(command), access, settings, "the stage", True, stage.cloud.clock.now(), regions
    )


def estate_on(stage: Stage, command: str = "plan") -> Estate:
    """Return the estate as the command line reads it."""
    opened = opened_on(stage, command)
    return read(opened, Threads(opened.access, Silent()))
