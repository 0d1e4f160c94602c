"""The hub's bus: is it there, and does its policy let each account in? In: DescribeEventBus. Out: checks.

The first row that fits, for each other account that the hub manages:

    a statement allows events:PutEvents to        result
    the account by its number, or its root        pass
    everybody, if of an organization              pass: with the organization named
    neither                                       fail: deploy the hub with it in Accounts

Source: EventBridge User Guide, permissions for event buses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.policies import allowing, condition, principals
from peerkeeper_cli.doctor.site import BUS, Site

NAME = "bus"


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield the one question."""
    if site.deployed:
        yield _asked(site)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check for the bus, or one for each account that must be let in."""
    if not site.deployed:
        return
    said = answers[_asked(site)]
    if said.absent:
        yield failed(NAME, site.hub, f"the bus {BUS} does not exist", site.deploy_hub)
    elif said.value is None:
        yield unread(NAME, site.hub, _asked(site), said)
    elif not site.accounts:
        yield passed(NAME, site.hub, "the bus exists; it lets in only this account")
    else:
        statements = allowing(json.loads(said.get("Policy") or "{}"), "events:PutEvents")
        for account in site.accounts:
            yield _judged(site, account, statements)


def _judged(site: Site, account: str, statements: list[Mapping[str, Any]]) -> Check:
    for one in statements:
        named = principals(one, "AWS")
        if account in named:
            return passed(NAME, account, "the hub's bus lets its events in")
        organization = condition(one, "aws:PrincipalOrgID")
        if "*" in named and organization:
            words = f"the hub's bus lets in every account of {', '.join(organization)}"
            return passed(NAME, account, words)
    words = "the hub's bus refuses the events of this account"
    accounts = ",".join(site.accounts)
    mend = f"{site.deploy_hub} --parameter-overrides Accounts={accounts}"
    return failed(NAME, account, words, mend)


def _asked(site: Site) -> Call:
    return call("events", site.hub, "DescribeEventBus", Name=BUS)
