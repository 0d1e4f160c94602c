"""What roles may do in a local cloud.

In: roles as stacks make them, accounts with their organization; then calls. Out: nothing, or the refusal that
AWS answers with. Only roles that a stack made are held to policies: their own, their boundary's and their
organization's. Any other caller may do anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.permissions import needed
from peerkeeper_local.cloud.world import World
from peerkeeper_local.iam import (
    Layers,
    Policy,
    Request,
    Role,
    allowed_on_resource,
    put_events,
    refusal,
)
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal


class Authority:
    """The roles of a local cloud, and the organization of each account."""

    def __init__(self) -> None:
        self.organizations: dict[str, str] = {}
        self.used: set[tuple[str, str]] = set()
        """(role ARN, action) of every call that was allowed."""
        self.assumptions: list[tuple[str, str, bool]] = []
        """(caller's role ARN, role ARN, whether it was allowed) of every AssumeRole."""
        self.bus_policies: dict[str, Policy] = {}
        """By bus: its policy for other accounts. A bus that is not listed admits only its own account."""
        self.managed_policies: dict[str, Policy] = {}
        """By ARN."""
        self.closed: set[str] = set()
        """Accounts of other companies. Only roles that a stack made there can be assumed."""
        self._roles: dict[str, Role] = {}
        self._boundaries: dict[str, Policy] = {}
        self._controls: dict[str, tuple[Policy, ...]] = {}
        self._withheld: set[tuple[str, str]] = set()
        self._gone: set[str] = set()

    def add(self, role: Role) -> None:
        """Hold this role to its policies from now on. Raises KeyError for a boundary that is not there."""
        if role.boundary:
            self.bound(role.arn, self.managed_policies[role.boundary])
        self._roles[role.arn] = role
        self._gone.discard(role.arn)

    def remove(self, arn: str) -> None:
        """Delete the role, and with it every session of it. Raises KeyError if it is not there."""
        del self._roles[arn]
        self._gone.add(arn)

    def role(self, arn: str) -> Role:
        """Return the role. Raises KeyError if it is not there."""
        return self._roles[arn]

    @contextmanager
    def without(self, arn: str, action: str) -> Iterator[None]:
        """Forbid the role one action while it lasts, even if its policies allow it."""
        self._withheld.add((arn, action))
        try:
            yield
        finally:
            self._withheld.discard((arn, action))

    def bound(self, arn: str, boundary: Policy | None) -> None:
        """Give the role this permissions boundary, or none."""
        self._boundaries.pop(arn, None)
        if boundary is not None:
            self._boundaries[arn] = boundary

    def control(self, account: str, *policies: Policy) -> None:
        """Let these service control policies hold in the account, and no others."""
        self._controls[account] = policies

    def check_ec2(
        self, caller: str, location: Location, action: str, params: Document, world: World
    ) -> None:
        """Raise Refusal (UnauthorizedOperation) unless the caller's role may make this EC2 call.

        AuthFailure where the role was deleted. Source: EC2 API reference, errors.
        """
        if role_arn(caller) in self._gone:
            words = "AWS was not able to validate the provided access credentials"
            raise Refusal("AuthFailure", words)
        role = self._roles.get(role_arn(caller))
        if role is None:
            return
        for resource, keys in needed(action, params, location, world):
            region = {"ec2:Region": location.region, "aws:RequestedRegion": location.region}
            request = Request(role.arn, f"ec2:{action}", resource, {**region, **keys})
            if why := self._refusal(role, request):
                raise _unauthorized(caller, request, why)
            self.used.add((role.arn, request.action))

    def check(
        self,
        caller: str,
        location: Location,
        action: str,
        resource: str = "*",
        *,
        code: str = "AccessDeniedException",
    ) -> None:
        """Raise Refusal (`code`) unless the caller's role may do this on the resource; by default, on all.

        `action`: with its service, as IAM spells it.
        """
        role = self._roles.get(role_arn(caller))
        if role is None:
            return
        request = Request(role.arn, action, resource, {"aws:RequestedRegion": location.region})
        if why := self._refusal(role, request):
            words = f"User: {caller} is not authorized to perform: {action} {why}"
            raise Refusal(code, words)
        self.used.add((role.arn, action))

    def objection(self, caller: str, target: str, external_id: str | None) -> str:
        """Return why the caller may not assume the role, as STS says it (AccessDenied); empty if it may.

        The caller's role must allow it and the other role must trust it. A caller from outside of the stacks
        may assume any role from outside of the stacks, except in closed accounts.
        """
        principal = role_arn(caller)
        by, role = self._roles.get(principal), self._roles.get(target)
        closed = target.split(":")[4] in self.closed - {caller.split(":")[4]}
        if by is None and role is None and not closed:
            return ""
        request = Request(principal, "sts:AssumeRole", target, self._between(principal, target))
        given = {"sts:ExternalId": external_id} if external_id else {}
        asked = replace(request, resource="*", context={**request.context, **given})
        trusted = role is not None and allowed_on_resource(role.trust, asked)
        why = self._refusal(by, request) if by else ""
        may = trusted and not why
        if may:
            self.used.add((principal, request.action))
        self.assumptions.append((principal, target, may))
        words = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {target}"
        return "" if may else f"{words} {why}".rstrip()

    def bus_objection(self, caller: str, bus: str, kind: tuple[str, str]) -> str:
        """Return why the caller may not put an event of this kind on another account's bus; empty if it may.

        `kind`: source and detail type. Source: EventBridge API reference, PutEvents, AccessDenied.
        """
        organization = self.organizations.get(caller.split(":")[4], "")
        request = put_events(caller, bus, kind, by_rule=False, organization=organization)
        if allowed_on_resource(self.bus_policies.get(bus, {"Statement": []}), request):
            return ""
        return (
            f"User: {caller} is not authorized to perform: events:PutEvents on resource: {bus} "
            "because no resource-based policy allows the events:PutEvents action"
        )

    def _refusal(self, role: Role, request: Request) -> str:
        """Return why the role may not do it, as AWS says it; empty if it may."""
        layers = Layers(
            () if (role.arn, request.action) in self._withheld else role.policies,
            self._boundaries.get(role.arn),
            self._controls.get(request.account, ()),
        )
        return refusal(layers, request)

    def _between(self, principal: str, target: str) -> dict[str, str]:
        """Return the context keys of a request between two accounts.

        Source: IAM User Guide, global condition context keys.
        """
        ours, theirs = principal.split(":")[4], target.split(":")[4]
        found = {"aws:PrincipalArn": principal, "aws:ResourceAccount": theirs}
        if ours in self.organizations:
            found["aws:PrincipalOrgID"] = self.organizations[ours]
        if theirs in self.organizations:
            found["aws:ResourceOrgID"] = self.organizations[theirs]
        return found


def role_arn(caller: str) -> str:
    """Return the role's ARN behind an assumed role's; any other ARN as it is."""
    _, partition, _, _, account, resource = caller.split(":", 5)
    if not resource.startswith("assumed-role/"):
        return caller
    return f"arn:{partition}:iam::{account}:role/{resource.split('/')[1]}"


def _unauthorized(caller: str, request: Request, why: str) -> Refusal:
    """Source: EC2 errors, UnauthorizedOperation; the encoded message at its end is left out."""
    return Refusal(
        "UnauthorizedOperation",
        f"You are not authorized to perform this operation. User: {caller} is not authorized to perform: "
        f"{request.action} on resource: {request.resource} {why}",
    )
