"""Settings, from the environment that template.yaml makes of its parameters.

In: the environment. Out: `Settings`, or one `SettingsError` that names every fault and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from peerkeeper.errors import SettingsError
from peerkeeper.values.ec2 import Location, Network, inside, network, overlap

PREFIX = "PEERKEEPER_"
PRIVATE = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"
ACCOUNT = re.compile(r"[0-9]{12}")
ORGANIZATION = "organization"
REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]{1,2}")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Mode(StrEnum):
    """How far Peerkeeper goes."""

    OBSERVE = "observe"
    ADD_ONLY = "add-only"
    FULL = "full"


class VpcDns(StrEnum):
    """What becomes of the DNS attributes of our VPCs."""

    ENFORCE = "enforce"
    LEAVE = "leave"


class EnforceIn(StrEnum):
    """In which VPCs `VpcDns` and `SubnetPublicIp` act; nothing else hangs on it."""

    PARTICIPATING = "participating"
    """Those whose own tags ask for it."""
    ALL = "all"


class SubnetPublicIp(StrEnum):
    """What becomes of our subnets' public IP on launch."""

    OFF_WHERE_PRIVATE = "off-where-private"
    MATCH_INTERNET_ROUTE = "match-internet-route"
    NEVER = "never"
    LEAVE = "leave"


class FleetSweep(StrEnum):
    """How the sweep reaches every location: one invocation for all, or a state machine's one for some."""

    DIRECT = "direct"
    STATE_MACHINE = "state-machine"


@dataclass(frozen=True, slots=True)
class DeleteOverride:
    """For one release: let this many deletes that rest on absence through the brake, in one location."""

    location: Location
    count: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. Built once, at cold start."""

    locations: frozenset[Location]
    """Those named one by one: each listed account in each region; of an organization the hub's own alone."""
    account: str = ""
    """The hub's own account."""
    organization: bool = False
    """Whichever account EventBridge lets in is looked after, in the regions of `locations`."""
    spoke_role: str = ""
    """The name of this function's role in the other accounts; each holds one of that name."""
    external_id: str = ""
    """What those roles ask for where there is no organization; empty: nothing."""
    mode: Mode = Mode.OBSERVE
    allowed_accounts: frozenset[str] = frozenset()
    """Empty: only the location's own account."""
    allowed_destinations: tuple[Network, ...] = ()
    excluded_destinations: tuple[Network, ...] = ()
    """Those written `!10.9.0.0/16`: never routed to a peer, whatever else is allowed."""
    allow_ipv6: bool = False
    allow_more_specific_than: frozenset[Network] = frozenset()
    allow_multipath_charges: bool = False
    enforce_in: EnforceIn = EnforceIn.PARTICIPATING
    vpc_dns: VpcDns = VpcDns.ENFORCE
    subnet_public_ip: SubnetPublicIp = SubnetPublicIp.OFF_WHERE_PRIVATE
    delete_override: DeleteOverride | None = None
    queues: Mapping[str, str] = field(default_factory=dict)
    """Queue URL by function name."""
    home_region: str = ""
    """The hub's region: that of the queues."""
    senders: frozenset[str] = frozenset()
    """Unique ids of our function roles, as SQS stamps them on what they send."""
    bus: str = ""
    """The event bus that announcements go to; empty: to none."""

    def covers(self, location: Location) -> bool:
        """Tell whether we look after this location: whether it may be read, and changed."""
        if location in self.locations:
            return True
        return self.organization and Location(self.account, location.region) in self.locations

    def allows_destination(self, destination: Network) -> bool:
        """Tell whether a network of a peer may be routed: inside an allowed one, apart from each excluded."""
        allowed = any(inside(destination, to) for to in self.allowed_destinations)
        return allowed and not any(overlap(destination, out) for out in self.excluded_destinations)

    def destinations_said(self) -> str:
        """Return AllowedDestinations in words, as a person writes it."""
        said = [
            *map(str, self.allowed_destinations),
            *(f"!{to}" for to in self.excluded_destinations),
        ]
        return ", ".join(said) or "empty"

    def allows_account(self, account_id: str, own: Location) -> bool:
        """Tell whether a peer in this account may meet our side at all."""
        return account_id in (self.allowed_accounts or {own.account_id})


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Return the settings in the environment; an empty or missing variable means its default.

    Raises SettingsError with every fault at once.
    """
    source = _Source(environment)
    account = source.take("ACCOUNT", "", _matching(ACCOUNT, "a 12-digit account id"))
    home = environment.get("AWS_REGION", "")
    regions = source.take("REGIONS", home, _each(_matching(REGION, "a region name")))
    others = source.take("ACCOUNTS", "", _accounts) or ()
    organization = ORGANIZATION in others
    spoke_role = environment.get(PREFIX + "SPOKE_ROLE", "").strip()
    sweep = source.take("FLEET_SWEEP", "direct", _one_of(FleetSweep))
    if organization and sweep is FleetSweep.DIRECT:
        source.faults.append(
            f"{PREFIX}ACCOUNTS is 'organization' and {PREFIX}FLEET_SWEEP is 'direct': a sweep of accounts "
            "that are not listed needs FleetSweep=state-machine; or list the accounts"
        )
    if others and not spoke_role:
        source.faults.append(f"{PREFIX}SPOKE_ROLE is not set: {PREFIX}ACCOUNTS needs it")
    accounts = {account or "", *({*others} - {ORGANIZATION})}
    destinations = source.take("ALLOWED_DESTINATIONS", PRIVATE, _each(_rule_of_destination)) or ()
    if destinations and all(out for out, _ in destinations):
        source.faults.append(
            f"{PREFIX}ALLOWED_DESTINATIONS only excludes networks: name those that are allowed as well, "
            f"as in {PRIVATE},!100.64.0.0/10"
        )
    settings = Settings(
        locations=frozenset(
            Location(each, region) for each in accounts for region in regions or ()
        ),
        account=account or "",
        organization=organization,
        spoke_role=spoke_role,
        external_id=environment.get(PREFIX + "EXTERNAL_ID", "").strip(),
        mode=source.take("MODE", "observe", _one_of(Mode)) or Mode.OBSERVE,
        allowed_accounts=frozenset(
            source.take("ALLOWED_ACCOUNTS", "", _each(_matching(ACCOUNT, "a 12-digit account id")))
            or ()
        ),
        allowed_destinations=tuple(to for out, to in destinations if not out),
        excluded_destinations=tuple(to for out, to in destinations if out),
        allow_ipv6=source.take("ALLOW_IPV6", "false", _boolean) or False,
        allow_more_specific_than=frozenset(
            source.take("ALLOW_MORE_SPECIFIC_THAN", "", _each(_destination)) or ()
        ),
        allow_multipath_charges=source.take("ALLOW_MULTIPATH_CHARGES", "false", _boolean) or False,
        enforce_in=source.take("ENFORCE_IN", "participating", _one_of(EnforceIn))
        or EnforceIn.PARTICIPATING,
        vpc_dns=source.take("VPC_DNS", "enforce", _one_of(VpcDns)) or VpcDns.ENFORCE,
        subnet_public_ip=source.take(
            "SUBNET_PUBLIC_IP", "off-where-private", _one_of(SubnetPublicIp)
        )
        or SubnetPublicIp.LEAVE,
        delete_override=source.take("DELETE_OVERRIDE", "", _override),
        queues=source.queues(),
        home_region=home,
        senders=frozenset(words(environment.get(PREFIX + "SENDERS", ""))),
        bus=environment.get(PREFIX + "BUS", ""),
    )
    if source.faults:
        raise SettingsError("Peerkeeper's settings are wrong:", source.faults)
    return settings


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
        """Return the queue URLs by function; a logical id (as `sam local` gives) is no URL: left out."""
        start = PREFIX + "QUEUE_"
        found = {k.removeprefix(start).lower(): v for k, v in self.environment.items()}
        return {
            function: url
            for function, url in found.items()
            if url.startswith("http") and start + function.upper() in self.environment
        }


def words(text: str) -> list[str]:
    """Return the words of a list separated by commas, as parameters give it."""
    return [word.strip() for word in text.split(",") if word.strip()]


def _each(parse: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    return lambda text: tuple(parse(word) for word in words(text))


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not {what}")
        return text

    return parse


def _accounts(text: str) -> tuple[str, ...]:
    if text == ORGANIZATION:
        return (ORGANIZATION,)
    return _each(
        _matching(ACCOUNT, "a 12-digit account id, nor is the list the word organization")
    )(text)


def _one_of(kind: type[E]) -> Callable[[str], E]:
    def parse(text: str) -> E:
        if text not in [member.value for member in kind]:
            raise ValueError(f"allowed are {', '.join(member.value for member in kind)}")
        return kind(text)

    return parse


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("allowed are true, false")
    return text == "true"


def _destination(text: str) -> Network:
    parsed = network(text)
    if str(parsed) != text:
        raise ValueError(f"{text!r} is not a network address; did you mean {parsed}?")
    if parsed.prefixlen == 0:
        raise ValueError("a default route is never a destination of a peering")
    return parsed


def _rule_of_destination(text: str) -> tuple[bool, Network]:
    """Return whether the network is excluded (`!` before it), and the network."""
    return text.startswith("!"), _destination(text.removeprefix("!"))


def _override(text: str) -> DeleteOverride | None:
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{12})/([a-z0-9-]+)=([0-9]{1,4})", text)
    if not found or not REGION.fullmatch(found[2]):
        raise ValueError("write <account id>/<region>=<count>, as in 111122223333/eu-west-1=12")
    return DeleteOverride(Location(found[1], found[2]), int(found[3]))
