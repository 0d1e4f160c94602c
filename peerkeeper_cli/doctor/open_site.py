"""What is to be examined, as the options say it. In: `Opened`. Out: `Site`. It looks for the hub."""

from __future__ import annotations

from pathlib import Path

from peerkeeper import __version__
from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.settings_source.hub import hubs
from peerkeeper_cli.settings_source.parameters import DEFAULTS
from peerkeeper_cli.settings_source.samconfig import (
    ConfigError,
    NoEnvironmentError,
    samconfig,
    stack_name,
)

STACK = "peerkeeper"
SAMCONFIG = "samconfig.toml"
"""The file that `sam deploy` reads by default."""


def site_of(opened: Opened) -> Site:
    """Return the site: the hub's region, whether the hub is there, and every place that it manages."""
    account = opened.access.own.account
    places = opened.places(opened.access.logins)
    opened.look_after(places)
    if opened.asked.role_name:
        named = opened.asked.accounts or {one.account_id for one in opened.settings.locations}
        fresh = opened.assume(named)
        opened.look_after(fresh)
        places |= fresh
    if opened.located:
        places |= opened.settings.locations
    hub = Location(account, opened.asked.hub or opened.settings.home_region)
    found = hubs(opened.access, [hub.region]) if not opened.local_url else None
    file = opened.asked.config or Path(SAMCONFIG)
    frozen, fault = _frozen(file, opened.asked.config_env)
    return Site(
        hub=hub,
        deployed=found is None or hub.region in found.found,
        places=tuple(sorted(places)),
        settings=opened.settings,
        version=__version__,
        now=opened.now,
        local=bool(opened.local_url),
        frozen=frozen,
        frozen_in=str(file),
        frozen_fault=fault,
        hub_unread=found.unread.get(hub.region, "") if found else "",
    )


def _frozen(file: Path, environment: str) -> tuple[dict[str, str], str]:
    """Return the parameters in the file, and why it could not be read.

    Both are empty if there is no such file or no such environment in it, or if it is for another stack.
    """
    if not file.exists():
        return {}, ""
    try:
        found = samconfig(file, environment).parameters
    except NoEnvironmentError:
        return {}, ""
    except ConfigError as error:
        return {}, str(error) if stack_name(file, environment) in ("", STACK) else ""
    return ({} if found.keys() - DEFAULTS.keys() else found), ""
