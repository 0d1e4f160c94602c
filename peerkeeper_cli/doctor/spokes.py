"""The spokes' stacks: there, whole, of this hub, and allowing what it wants? In: DescribeStacks. Out: checks.

The first row that fits, for each place except the hub's:

    what is so                                               result
    no stack there has this hub's HubBusArn as a parameter   fail: deploy one
    the stack is not whole                                   fail, or unknown while it changes

    its ceiling, where it holds the account's roles          result
    Mode below the hub's                                     fail: what the hub would do is denied there
    Regions or AllowedAccounts leave out one of the hub's    fail
    else                                                     pass

A StackSet chooses the names of its stacks, so they are known by their parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Mode
from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.doctor.stack import Stack, parameters, state

NAME, CEILING = "spoke", "ceiling of a spoke"
MODES = [one.value for one in Mode]


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield one question a place."""
    if site.deployed and not site.local:
        yield from map(_asked, site.others)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield the stack of each place, and the ceiling of each account."""
    if not site.deployed or site.local:
        return
    for place in site.others:
        said = answers[_asked(place)]
        if said.value is None:
            yield unread(NAME, place, _asked(place), said)
            continue
        stack = _spoke(site, place, answers)
        if stack is None:
            words = f"no stack of spoke.yaml is there for the hub in {site.hub}"
            yield failed(NAME, place, words, site.deploy_spoke(place))
            continue
        yield state(NAME, place, stack, site.deploy_spoke(place))
        if parameters(stack).get("RoleRegion") == place.region:
            yield _ceiling(site, place, stack)


def _ceiling(site: Site, place: Location, stack: Stack) -> Check:
    said = parameters(stack)
    wanted = {
        "Regions": {one.region for one in site.places},
        "AllowedAccounts": set(site.settings.allowed_accounts),
    }
    mode = said.get("Mode", Mode.OBSERVE.value)
    faults: dict[str, str] = {}
    if MODES.index(mode) < MODES.index(site.settings.mode.value):
        faults[f"Mode is {mode}, and the hub's is {site.settings.mode}"] = (
            f"Mode={site.settings.mode}"
        )
    for name, all_ in wanted.items():
        given = {one for one in said.get(name, "").split(",") if one}
        own = place.region if name == "Regions" else place.account_id
        lacking = sorted(all_ - (given or {own}))
        if lacking:
            faults[f"{name} leaves out {', '.join(lacking)}"] = (
                f"{name}={','.join(sorted(all_ | given))}"
            )
    if not faults:
        return passed(CEILING, place, f"Mode={mode} there, {site.settings.mode} in the hub")
    words = f"{'; '.join(faults)}: AWS denies what the hub would do there"
    mend = (
        f"aws cloudformation deploy --region {place.region} --stack-name {stack['StackName']} "
        "--template-file spoke.yaml --capabilities CAPABILITY_NAMED_IAM --parameter-overrides "
        + " ".join(faults.values())
    )
    return failed(CEILING, place, words, mend)


def _spoke(site: Site, place: Location, answers: Answers) -> Stack | None:
    found: list[Stack] = answers[_asked(place)].get("Stacks") or []
    own = [one for one in found if parameters(one).get("HubBusArn") == site.bus_arn]
    return own[0] if own else None


def _asked(place: Location) -> Call:
    return call("cloudformation", place, "DescribeStacks")
