"""Which settings a command goes by, and how it says so. In: what was asked, access, regions. Out: `Chosen`.

The first row that fits:

    what is given                     settings of
    a served local cloud              its functions
    --config samconfig.toml           that file
    neither, and one hub is found     the hub
    neither, and none is found        the template's defaults
    --set Name=Value                  put over any of these
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peerkeeper.errors import SettingsError
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import PREFIX, settings_from

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.page.count import many
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.settings_source.hub import hubs
from peerkeeper_cli.settings_source.parameters import environment, faults_of, parameter_of
from peerkeeper_cli.settings_source.samconfig import ConfigError, samconfig

VARIABLE = re.compile(PREFIX + r"[A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An environment as the functions have it, and whose it is."""

    environment: Mapping[str, str]
    said: str
    """Whose settings, as the first line says."""
    located: bool = False
    """Whether they say which accounts and regions the hub manages."""
    unsure: str = ""
    """Why it is unknown whether there is a hub. Empty if that is known."""


def chosen(asked: AskedFor, access: Access, regions: Sequence[str]) -> Chosen:
    """Return the settings that the options choose, without those given one by one. Raises ReadError."""
    if asked.config:
        return _of_config(asked)
    wanted = [asked.hub] if asked.hub else [*regions]
    found = hubs(access, wanted)
    if len(found.found) > 1:
        raise ReadError(
            f"there are hubs in {', '.join(sorted(found.found))}: name one of them with --hub"
        )
    for region, variables in found.found.items():
        return Chosen(variables, f"the hub in {access.own.account}/{region}", located=True)
    if asked.hub:
        why = found.unread.get(asked.hub, "its function is not there")
        raise ReadError(
            f"the hub in {access.own.account}/{asked.hub} cannot be read ({why}): the first --profile must "
            "be of the hub's account, and may need lambda:GetFunctionConfiguration"
        )
    words = _no_hub(found.unread, len(wanted))
    # Many organizations shut the regions that they do not use: there is no hub in those either.
    matter = {*asked.regions, access.own.home} & found.unread.keys()
    unsure = words if matter else ""
    return Chosen({}, f"the template's defaults ({words})", unsure=unsure)


def settings_of(
    base: Chosen, asked: AskedFor, account: str, home: str, partition: str
) -> tuple[Settings, str]:
    """Return the settings with those given one by one put over them, and whose they are. Raises ReadError."""
    given = {**asked.given}
    if wrong := faults_of(given):
        raise ReadError("; ".join(wrong))
    variables = {
        PREFIX + "ACCOUNT": account,
        PREFIX + "PARTITION": partition,
        "AWS_REGION": home,
        **base.environment,
        **environment(given),
    }
    if variables.get(PREFIX + "ACCOUNTS"):  # the roles are the person's own here
        variables.setdefault(PREFIX + "SPOKE_ROLE", "peerkeeper-spoke")
    said = ", ".join(f"{name}={value}" for name, value in given.items())
    words = f"{base.said}, with {said}" if given else base.said
    try:
        return replace(settings_from(variables), queues={}, bus=""), words
    except SettingsError as error:
        told = VARIABLE.sub(lambda found: parameter_of(found[0]), str(error))
        raise ReadError(f"the settings of {words}: {told}") from error


def _of_config(asked: AskedFor) -> Chosen:
    assert asked.config  # noqa: S101 - for the type checker
    try:
        config = samconfig(asked.config, asked.config_env)
    except ConfigError as error:
        raise ReadError(str(error)) from error
    if wrong := faults_of(config.parameters):
        raise ReadError(f"{asked.config}: {'; '.join(wrong)}")
    region = {"AWS_REGION": config.region} if config.region else {}
    located = bool(config.parameters.get("Regions") or config.region)
    said = f"{asked.config} [{asked.config_env}]"
    return Chosen({**region, **environment(config.parameters)}, said, located=located)


def _no_hub(unread: Mapping[str, str], looked: int) -> str:
    regions = many(looked, "region")
    if not unread:
        return f"no hub was found in {regions}"
    codes = ", ".join(sorted({*unread.values()}))
    return f"whether there is a hub could not be read in {len(unread)} of {regions}: {codes}"
