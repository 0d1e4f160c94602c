"""Parameters of template.yaml as a command line gives them.

In: words such as `Accounts=444455556666`. Out: values by name, or one error with every fault in it. What the
template takes and the local cloud cannot do is a fault too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import botocore.session

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.seeds.looked_after import HUB_ACCOUNT, looked_after
from peerkeeper_local.story.stage import ROOT

DEFAULTS = {"Mode": "full"}
"""Where the local cloud does not begin as template.yaml does: there is much to see."""


class ParameterError(ValueError):
    """What was given for the parameters cannot be served; the text holds every fault, a line each."""


def parameters(
    words: Iterable[str], mode: str | None = None, seeded: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return values by name; `mode` stands for `Mode=...`. `seeded`: what holds if a value is not given.

    Without that, Mode is full. Raises ParameterError with every fault, each with its remedy.
    """
    said = [*([f"Mode={mode}"] if mode else []), *words]
    given = DEFAULTS | dict(seeded or {}) | dict(word.split("=", 1) for word in said if "=" in word)
    if found := [*_no_parameters(said), *_not_served(given), *_refused(given)]:
        raise ParameterError("".join(f"\n- {each}" for each in found) if found[1:] else found[0])
    return given


def _no_parameters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if "=" not in word:
            yield f"{word!r} has no =: write Parameter=Value, such as RouteScope=vpc"
    names = Counter(word.partition("=")[0] for word in words if "=" in word)
    for name, count in names.items():
        if count > 1:
            short = " (--mode is short for it)" if name == "Mode" else ""
            yield f"parameter {name} is given {count} times: give it once{short}"


def _refused(given: Mapping[str, str]) -> list[str]:
    """Return what CloudFormation would refuse of the parameters that are served here."""
    asked = {name: value for name, value in given.items() if name not in dict(_unserved(given))}
    return Deployment(ROOT).faults(HUB_ACCOUNT, looked_after(given).regions[0], asked)


def _not_served(given: Mapping[str, str]) -> Iterator[str]:
    for name, why in _unserved(given):
        yield f"parameter {name}: {why}"


def _unserved(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each parameter whose value the local cloud cannot serve, with the reason and the remedy."""
    places = looked_after(given)
    if given.get("FleetSweep") == "state-machine":
        yield "FleetSweep", "no state machine runs in the local cloud; direct sweeps every location"
    if "organization" in places.accounts:
        why = "nothing lists an organization in the local cloud; name its accounts, with commas"
        yield "Accounts", why
    if given.get("OrganizationalUnits"):
        yield "OrganizationalUnits", "there are none in the local cloud; name accounts in Accounts"
    if HUB_ACCOUNT in places.accounts:
        yield "Accounts", f"{HUB_ACCOUNT} is the hub's own account; leave it out"
    known = botocore.session.Session().get_available_regions("ec2")
    for region in places.regions:
        if region not in known:
            yield "Regions", f"AWS has no region {region!r}; there are {', '.join(known)}"
