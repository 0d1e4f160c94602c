"""Are the roles there, and do other accounts' roles trust the hub? In: answers of GetRole. Out: checks.

The first row that fits, for an account (of the hub's only whether they are there):

    what is so                                                        result
    a role is not there                                               fail
    its trust does not name the hub's account                         fail
    it asks for another aws:PrincipalArn than the hub's function      fail
    it asks for another sts:ExternalId than the hub gives             fail
    it asks for neither aws:PrincipalOrgID nor sts:ExternalId         fail: anybody of the hub's account
    else                                                              pass

Source: IAM API reference, GetRole; docs/adopt/fleet.md, who trusts whom.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from peerkeeper.spoke_roles import HUB_PREFIX, SPOKE_PREFIX, role_arn

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.policies import allowing, condition, principals
from peerkeeper_cli.doctor.role_names import HUB_OF_A_FLEET, hub_roles, spoke_roles
from peerkeeper_cli.doctor.site import Site
from peerkeeper_cli.doctor.sweep import state_machine

NAME = "roles"


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Yield one question a role."""
    for account in _accounts(site):
        for role in _names(site, account, answers):
            yield _asked(site, account, role)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check an account."""
    for account in _accounts(site):
        yield _judged(site, account, answers)


def _judged(site: Site, account: str, answers: Answers) -> Check:
    names = _names(site, account, answers)
    said = {name: answers[_asked(site, account, name)] for name in names}
    for name, answer in said.items():
        if answer.trouble:
            return unread(NAME, account, _asked(site, account, name), answer)
    remedy = (
        site.deploy_hub if account == site.hub.account_id else site.deploy_spoke(site.iam(account))
    )
    if missing := [name for name, answer in said.items() if answer.absent]:
        return failed(NAME, account, f"not there: {', '.join(missing)}", remedy)
    if account == site.hub.account_id:
        return passed(NAME, account, f"all {len(names)} are there")
    wrong = {
        fault: name
        for name, answer in said.items()
        for fault in _faults(site, name, _trust(answer.get("Role")))
    }
    if wrong:
        words = "; ".join(f"{name} {fault}" for fault, name in wrong.items())
        return failed(NAME, account, words, remedy)
    return passed(NAME, account, f"all {len(names)} exist and trust the hub")


def _faults(site: Site, name: str, trust: Mapping[str, Any]) -> Iterator[str]:
    hub = site.hub.account_id
    statements = [one for one in allowing(trust, "sts:AssumeRole") if hub in principals(one, "AWS")]
    if not statements:
        yield f"does not trust account {hub}"
        return
    one = statements[0]
    own = role_arn(site.partition, hub, HUB_PREFIX + name.removeprefix(SPOKE_PREFIX))
    asked_for = condition(one, "aws:PrincipalArn")
    if asked_for and own not in asked_for:
        yield f"trusts {', '.join(asked_for)}, not {own}"
    external, organization = condition(one, "sts:ExternalId"), condition(one, "aws:PrincipalOrgID")
    if external and site.settings.external_id not in external:
        yield "asks for another ExternalId than the hub gives"
    if not external and not organization:
        yield "asks for no aws:PrincipalOrgID and no sts:ExternalId"


def _trust(role: Mapping[str, Any]) -> Mapping[str, Any]:
    said = role.get("AssumeRolePolicyDocument") or {}
    found: Mapping[str, Any] = json.loads(unquote(said)) if isinstance(said, str) else said
    return found


def _accounts(site: Site) -> tuple[str, ...]:
    return (site.hub.account_id, *site.accounts) if site.deployed else ()


def _names(site: Site, account: str, answers: Answers) -> tuple[str, ...]:
    if account != site.hub.account_id:
        return spoke_roles(site.settings)
    return (*hub_roles(site.settings), *(HUB_OF_A_FLEET if state_machine(site, answers) else ()))


def _asked(site: Site, account: str, role: str) -> Call:
    return call("iam", site.iam(account), "GetRole", RoleName=role)
