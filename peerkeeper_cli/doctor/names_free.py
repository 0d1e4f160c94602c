"""Before anything is deployed: could the roles be made? In: answers of GetRole. Out: checks.

    what is so                      result
    the hub is deployed             nothing: the roles are looked at themselves
    no role of these names          pass
    a role of one of them           fail: the deployment would end with "already exists"

IAM has no regions, so a hub or spoke in another region holds the names too.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.role_names import hub_roles, spoke_roles
from peerkeeper_cli.doctor.site import Site

NAME = "names of roles"


def calls(site: Site, _: Answers) -> Iterator[Call]:
    """Yield one question a role."""
    if not site.deployed and not site.hub_unread:
        for account in (site.hub.account_id, *site.accounts):
            yield from _asked(site, account)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check an account."""
    if site.deployed or site.hub_unread:
        return
    for account in (site.hub.account_id, *site.accounts):
        yield _judged(site, account, answers)


def _judged(site: Site, account: str, answers: Answers) -> Check:
    asked = _asked(site, account)
    for one in asked:
        if answers[one].trouble:
            return unread(NAME, account, one, answers[one])
    taken = [role for one in asked if (role := answers[one].get("Role"))]
    if not taken:
        return passed(NAME, account, "the names of the roles are free")
    named = ", ".join(
        f"{one['RoleName']} (made {str(one.get('CreateDate', ''))[:10]})" for one in taken
    )
    words = (
        f"roles with these names exist, but no hub in {site.hub}: {named}. A deployment would fail; a hub in "
        "another region may own them, or another stack"
    )
    return failed(NAME, account, words, f"aws iam get-role --role-name {taken[0]['RoleName']}")


def _asked(site: Site, account: str) -> list[Call]:
    named = hub_roles if account == site.hub.account_id else spoke_roles
    names = named(site.settings)
    return [call("iam", site.iam(account), "GetRole", RoleName=name) for name in names]
