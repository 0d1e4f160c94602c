"""The hub's functions: there, active, and reading their queues? In: answers of Lambda. Out: checks.

The first row that fits:

    what is so                                     result
    the function is not there                      fail
    State Failed, or LastUpdateStatus Failed       fail, with Lambda's reason
    State Pending, LastUpdateStatus InProgress     unknown: look again
    its queue is read by no mapping, or by one
    that is not enabled                            fail: update-event-source-mapping
    else                                           pass

Source: Lambda API reference, GetFunctionConfiguration, ListEventSourceMappings.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper_cli.doctor.call import Answer, Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, Result, failed, passed
from peerkeeper_cli.doctor.role_names import functions
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.doctor.sweep import state_machine

NAME = "function"
OF_A_FLEET = ("list-locations", "summarize-sweep")
INVOKED = frozenset({"sweep", *OF_A_FLEET})
"""By the schedule, or a state machine; the others read a queue."""


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Yield what is asked of each function."""
    if site.deployed and not site.local:
        for name in _names(site, answers):
            yield _configured(site, name)
            if name not in INVOKED:
                yield _mapped(site, name)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check a function."""
    if site.deployed and not site.local:
        for name in _names(site, answers):
            yield _judged(site, name, answers)


def _names(site: Site, answers: Answers) -> tuple[str, ...]:
    return (*functions(site.settings), *(OF_A_FLEET if state_machine(site, answers) else ()))


def _judged(site: Site, name: str, answers: Answers) -> Check:
    asked, said = _configured(site, name), answers[_configured(site, name)]
    if said.absent:
        words = f"peerkeeper-{name} does not exist"
        return failed(NAME, site.hub, words, site.deploy_hub)
    if said.value is None:
        return unread(NAME, site.hub, asked, said)
    if wrong := _state(site, name, said):
        return wrong
    if name not in INVOKED:
        mapped = answers[_mapped(site, name)]
        if mapped.value is None:
            return unread(NAME, site.hub, _mapped(site, name), mapped)
        if wrong := _reading(site, name, mapped):
            return wrong
    updated = str(said.get("LastModified"))[:16].replace("T", " ")
    return passed(NAME, site.hub, f"peerkeeper-{name} is active, last updated {updated}")


def _state(site: Site, name: str, said: Answer) -> Check | None:
    for field, good, waiting in (
        ("State", ("Active", "Inactive", None), "Pending"),
        ("LastUpdateStatus", ("Successful", None), "InProgress"),
    ):
        found = said.get(field)
        if found == waiting:
            words = f"{field} of peerkeeper-{name} is {found}; look again later"
            return Check(NAME, Result.UNKNOWN, str(site.hub), words)
        if found not in good:
            why = said.get(f"{field}Reason") or "Lambda gives no reason"
            words = f"{field} of peerkeeper-{name} is {found}: {why}"
            return failed(NAME, site.hub, words, site.deploy_hub)
    return None


def _reading(site: Site, name: str, said: Answer) -> Check | None:
    found = said.get("EventSourceMappings") or []
    if not found:
        words = f"nothing hands the queue's messages to peerkeeper-{name}"
        return failed(NAME, site.hub, words, site.deploy_hub)
    for one in found:
        if one.get("State") not in ("Enabled", "Enabling", "Creating", "Updating"):
            words = f"peerkeeper-{name} reads no messages: its mapping is {one.get('State')}"
            mend = (
                f"aws lambda update-event-source-mapping --region {site.hub.region} --uuid {one['UUID']} "
                "--enabled"
            )
            return failed(NAME, site.hub, words, mend)
    return None


def _configured(site: Site, name: str) -> Call:
    full = f"peerkeeper-{name}"
    return call("lambda", site.hub, "GetFunctionConfiguration", FunctionName=full)


def _mapped(site: Site, name: str) -> Call:
    full = f"peerkeeper-{name}"
    return call("lambda", site.hub, "ListEventSourceMappings", FunctionName=full)
