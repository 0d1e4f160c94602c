"""Is the hub's stack whole, and what are its version and parameters? In: DescribeStacks. Out: checks.

    StackStatus                                       result
    *_COMPLETE, but of no rollback                    pass
    UPDATE_ROLLBACK_COMPLETE                          fail: the last deployment was taken back
    *_IN_PROGRESS                                     unknown: look again
    anything else                                     fail

A parameter that differs from today's default is listed. Two make the check fail: EndpointUrl, and one that a
samconfig.toml holds at another value, since the next deployment sets it. If that file cannot be read, the
check is unknown.
Source: CloudFormation User Guide, stack status codes; SAM developer guide, configuration file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, Result, failed, passed
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.settings_source.parameters import DEFAULTS

NAME, VERSION, PARAMETERS = "stack", "version", "parameters"
Stack = Mapping[str, Any]
WHOLE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})
OWN = frozenset({"HubBusArn", "SweepFunction"})
"""Outputs by which the hub's stack is known, under any name."""


def asked(site: Site) -> Call:
    """Return the question: all stacks of the hub's region, since one may have any name."""
    return call("cloudformation", site.hub, "DescribeStacks")


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield the one question."""
    if site.deployed and not site.local:
        yield asked(site)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield how the stack is, its version, and its parameters."""
    if not site.deployed or site.local:
        return
    answer = answers[asked(site)]
    if answer.value is None:
        yield unread(NAME, site.hub, asked(site), answer)
        return
    stack = hub_stack(site, answers)
    if stack is None:
        words = "the functions are there, and no stack has the outputs of template.yaml"
        yield failed(NAME, site.hub, words, site.deploy_hub)
        return
    yield _state(site, stack)
    yield _version(site, stack)
    yield _parameters(site, stack)


def hub_stack(site: Site, answers: Answers) -> Stack | None:
    """Return the hub's stack, if it was read and is there."""
    found: list[Stack] = answers[asked(site)].get("Stacks") or []
    return next((one for one in found if outputs(one).keys() >= OWN), None)


def age(site: Site, answers: Answers) -> float:
    """Return how many seconds ago the hub's stack was made. Infinite if that is unknown."""
    made = (hub_stack(site, answers) or {}).get("CreationTime")
    return site.now - made.timestamp() if isinstance(made, datetime) else float("inf")


def outputs(stack: Stack) -> dict[str, str]:
    """Return a stack's outputs by name."""
    return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs") or ()}


def parameters(stack: Stack) -> dict[str, str]:
    """Return a stack's parameters by name."""
    said = stack.get("Parameters") or ()
    return {one["ParameterKey"]: one.get("ParameterValue", "") for one in said}


def state(name: str, where: object, stack: Stack, remedy: str) -> Check:
    """Return whether a stack is whole."""
    status, called = str(stack["StackStatus"]), stack["StackName"]
    if status in WHOLE:
        return passed(name, str(where), f"{called} is {status}")
    if status.endswith("_IN_PROGRESS"):
        return Check(name, Result.UNKNOWN, str(where), f"{called} is {status}: look again later")
    why = stack.get("StackStatusReason")
    return failed(name, str(where), f"{called} is {status}{f': {why}' if why else ''}", remedy)


def _state(site: Site, stack: Stack) -> Check:
    return state(NAME, site.hub, stack, site.deploy_hub)


def _version(site: Site, stack: Stack) -> Check:
    there = outputs(stack).get("Version", "before 0.1.0")
    if there == site.version:
        return passed(VERSION, site.hub, f"{there}, as this command")
    words = f"the stack is {there}, this command {site.version}: its defaults and names may differ"
    return failed(VERSION, site.hub, words, f"git checkout v{site.version} && {site.deploy_hub}")


def _parameters(site: Site, stack: Stack) -> Check:
    there = parameters(stack)
    differ = [
        f"{name}={there[name]}"
        for name in DEFAULTS
        if there.get(name, DEFAULTS[name]) != DEFAULTS[name]
    ]
    missing = [name for name in DEFAULTS if name not in there]
    words = f"not today's defaults: {'; '.join(differ)}" if differ else "all at today's defaults"
    if missing:
        words += f"; the stack does not know {', '.join(missing)}"
    if there.get("EndpointUrl"):
        said = (
            f"EndpointUrl={there['EndpointUrl']}: the functions call that address, not AWS. {words}"
        )
        mend = f"{site.deploy_hub} --parameter-overrides 'EndpointUrl=\"\"'"
        return failed(PARAMETERS, site.hub, said, mend)
    undone = [
        f"{name}={value} (the stack has {there.get(name) or 'nothing'})"
        for name, value in site.frozen.items()
        if name in DEFAULTS and there.get(name) != value
    ]
    if undone:
        said = f"{site.frozen_in} would make the next `sam deploy` set {', '.join(undone)}; {words}"
        return failed(PARAMETERS, site.hub, said, f"git checkout {site.frozen_in}")
    if site.frozen_fault:
        said = f"{site.frozen_fault}. So it is unknown what the next `sam deploy` sets; {words}"
        mend = f"correct {site.frozen_in}, or move it away"
        return Check(PARAMETERS, Result.UNKNOWN, str(site.hub), said, (mend,))
    return passed(PARAMETERS, site.hub, words)
