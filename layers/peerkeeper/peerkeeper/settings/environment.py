"""The environment that template.yaml makes of its parameters, read into settings.

In: the environment. Out: `Settings`, or one `SettingsError` that names every fault and what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from peerkeeper.errors import SettingsError
from peerkeeper.settings.parsers import (
    ORGANIZATION,
    accounts,
    boolean,
    destination,
    each,
    matching,
    one_of,
    override,
    rule_of_destination,
    words,
)
from peerkeeper.settings.settings import (
    ACCOUNT,
    PARTITION,
    REGION,
    Endpoints,
    EnforceIn,
    FleetSweep,
    FurtherLook,
    Mode,
    QuotaCheck,
    RouteScope,
    Settings,
    SubnetPublicIp,
    VpcDns,
)
from peerkeeper.values.ec2 import Location

PREFIX = "PEERKEEPER_"
PRIVATE = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"
T = TypeVar("T")


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Return the settings in the environment; an empty or missing variable means its default.

    Raises SettingsError with every fault at once.
    """
    source = _Source(environment)
    located = _located(source)
    allowing = _allowing(located, source)
    settings = replace(
        allowing,
        route_scope=source.take("ROUTE_SCOPE", "keep", one_of(RouteScope)) or RouteScope.KEEP,
        enforce_in=source.take("ENFORCE_IN", "participating", one_of(EnforceIn))
        or EnforceIn.PARTICIPATING,
        vpc_dns=source.take("VPC_DNS", "enforce", one_of(VpcDns)) or VpcDns.ENFORCE,
        subnet_public_ip=source.take(
            "SUBNET_PUBLIC_IP", "off-where-private", one_of(SubnetPublicIp)
        )
        or SubnetPublicIp.LEAVE,
        stale_group_rules=source.take("STALE_GROUP_RULES", "off", one_of(FurtherLook))
        or FurtherLook.OFF,
        private_zones=source.take("PRIVATE_ZONES", "off", one_of(FurtherLook)) or FurtherLook.OFF,
        quota_check=source.take("QUOTA_CHECK", "off", one_of(QuotaCheck)) or QuotaCheck.OFF,
        reachability=source.take("REACHABILITY", "off", one_of(FurtherLook)) or FurtherLook.OFF,
        endpoints=source.take("ENDPOINTS", "off", one_of(Endpoints)) or Endpoints.OFF,
        delete_override=source.take("DELETE_OVERRIDE", "", override),
        queues=source.queues(),
        senders=frozenset(words(environment.get(PREFIX + "SENDERS", ""))),
        bus=environment.get(PREFIX + "BUS", ""),
    )
    if source.faults:
        raise SettingsError("Peerkeeper's settings are wrong:", source.faults)
    return settings


def _located(source: _Source) -> Settings:
    """Return the settings that say where Peerkeeper looks, and as whom."""
    account = source.take("ACCOUNT", "", matching(ACCOUNT, "a 12-digit account id")) or ""
    home = source.environment.get("AWS_REGION", "")
    regions = source.take("REGIONS", home, each(matching(REGION, "a region name"))) or ()
    others = source.take("ACCOUNTS", "", accounts) or ()
    organization = ORGANIZATION in others
    spoke_role = source.environment.get(PREFIX + "SPOKE_ROLE", "").strip()
    sweep = source.take("FLEET_SWEEP", "direct", one_of(FleetSweep))
    if organization and sweep is FleetSweep.DIRECT:
        source.faults.append(
            f"{PREFIX}ACCOUNTS is 'organization' and {PREFIX}FLEET_SWEEP is 'direct': "
            "set FleetSweep=state-machine, or list the accounts"
        )
    if others and not spoke_role:
        source.faults.append(f"{PREFIX}SPOKE_ROLE is not set: {PREFIX}ACCOUNTS needs it")
    listed = {account, *({*others} - {ORGANIZATION})}
    return Settings(
        locations=frozenset(Location(one, region) for one in listed for region in regions),
        account=account,
        organization=organization,
        spoke_role=spoke_role,
        external_id=source.environment.get(PREFIX + "EXTERNAL_ID", "").strip(),
        home_region=home,
        partition=source.take("PARTITION", "aws", matching(PARTITION, "a partition")) or "aws",
    )


def _allowing(located: Settings, source: _Source) -> Settings:
    """Return the settings with what Peerkeeper may do, and with whom, put in."""
    destinations = source.take("ALLOWED_DESTINATIONS", PRIVATE, each(rule_of_destination)) or ()
    if destinations and all(out for out, _ in destinations):
        source.faults.append(
            f"{PREFIX}ALLOWED_DESTINATIONS only excludes networks: name the allowed networks too, "
            f"as in {PRIVATE},!100.64.0.0/10"
        )
    listed = each(matching(ACCOUNT, "a 12-digit account id"))
    return replace(
        located,
        mode=source.take("MODE", "observe", one_of(Mode)) or Mode.OBSERVE,
        allowed_accounts=frozenset(source.take("ALLOWED_ACCOUNTS", "", listed) or ()),
        allowed_destinations=tuple(to for out, to in destinations if not out),
        excluded_destinations=tuple(to for out, to in destinations if out),
        allow_ipv6=source.take("ALLOW_IPV6", "false", boolean) or False,
        allow_more_specific_than=frozenset(
            source.take("ALLOW_MORE_SPECIFIC_THAN", "", each(destination)) or ()
        ),
        allow_multipath_charges=source.take("ALLOW_MULTIPATH_CHARGES", "false", boolean) or False,
    )


class _Source:
    """The environment, read variable by variable, faults gathered on the way."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def take(self, name: str, default: str, parse: Callable[[str], T]) -> T | None:
        """Return the parsed variable; on a fault note it and return None."""
        text = self.environment.get(PREFIX + name, "").strip() or default
        try:
            return parse(text)
        except ValueError as fault:
            self.faults.append(f"{PREFIX}{name} is {text!r}: {fault}")
            return None

    def queues(self) -> dict[str, str]:
        """Return the queue URLs by function. It leaves out what is no URL: `sam local` gives logical ids."""
        start = PREFIX + "QUEUE_"
        found = {k.removeprefix(start).lower(): v for k, v in self.environment.items()}
        return {
            function: url
            for function, url in found.items()
            if url.startswith("http") and start + function.upper() in self.environment
        }
