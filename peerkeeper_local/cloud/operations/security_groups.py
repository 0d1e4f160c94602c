"""Security group operations. In: requests. Out: replies; groups of peer VPCs are named as EC2 allows."""

from typing import Any

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.group_analyses import groups_for_vpc, references, stale_groups
from peerkeeper_local.cloud.groups import group_by_id, groups_of, rules_kept
from peerkeeper_local.cloud.interfaces import interfaces_with
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.dependencies import check_delete_group
from peerkeeper_local.semantics.filters import matching, respelt
from peerkeeper_local.semantics.host_filter_paths import GROUPS_FOR_VPC
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.refusal import (
    Refusal,
    no_such_default_group,
    no_such_group,
    no_such_rule,
    required,
)
from peerkeeper_local.semantics.security_group_rules import NAMES


class SecurityGroupOperations(Operations):
    """Create, describe and delete security groups; say which rules are stale and who names whom."""

    def create_security_group(self) -> ActionResult:
        """Create a group in a VPC, by default in the default one. Tags are shown. Source: EC2 API."""
        if self.params.get("VpcId"):
            self.vpc()
        elif self.ec2_backend.get_default_vpc() is None:
            raise no_default_vpc()
        name = self.required("GroupName")
        if name.startswith("sg-"):
            raise Refusal("InvalidParameterValue", f"Group names may not start with sg-: {name}")
        reply = dict(super().create_security_group().result)
        spec = self.params.get("TagSpecifications") or []
        tags = [tag for each in spec for tag in each.get("Tags") or ()]
        return ActionResult({**reply, "Tags": tags} if tags else reply)

    def delete_security_group(self) -> ActionResult:
        """Delete a group that no interface carries and no other group of its VPC names."""
        group = self._group()
        others = [
            each.id
            for each in groups_of(self.ec2_backend)
            if each.vpc_id == group.vpc_id
            and each.id != group.id
            and any(kept.rule.group == group.id for kept in rules_kept(each))
        ]
        check_delete_group(
            group.id, group.is_default, interfaces_with(self.ec2_backend, group.id), others
        )
        del self.ec2_backend.groups[group.vpc_id][group.id]
        return ActionResult({"Return": True, "GroupId": group.id})

    def describe_security_groups(self) -> ActionResult:
        """Describe groups. Ids name any groups, names only groups of the default VPC.

        Source: EC2 API, DescribeSecurityGroups (GroupNames).
        """
        sent = self.params.get("Filters") or []
        protocols = ("ip-permission.protocol", "egress.ip-permission.protocol")
        self.params["Filters"] = respelt(sent, dict.fromkeys(protocols, NAMES))
        names = self.params.get("GroupNames") or []
        if names:
            named = [self._group_called(each).id for each in names]
            self.params["GroupIds"] = [*(self.params.get("GroupIds") or []), *named]
        return self.described("SecurityGroups", "GroupId", no_such_group, self.world.limits.page)

    def describe_security_group_rules(self) -> ActionResult:
        """Describe rules, each by itself."""
        return self.described(
            "SecurityGroupRules", "SecurityGroupRuleId", no_such_rule, self.world.limits.page
        )

    def describe_stale_security_groups(self) -> ActionResult:
        """Describe the stale rules of the groups of one VPC."""
        found = stale_groups(self.world, self.location, self.vpc().id)
        most = self.world.limits.stale_groups_page
        return ActionResult(page_of(found, "StaleSecurityGroupSet", self.params, most))

    def describe_security_group_references(self) -> ActionResult:
        """Say which peer VPCs name one of the caller's groups."""
        ids = list(required(self.params, "GroupId"))
        for each in ids:
            if group_by_id(self.world, self.location, each) is None:
                raise no_such_group(each)
        found = references(self.world, self.location, ids)
        return ActionResult({"SecurityGroupReferenceSet": found})

    def get_security_groups_for_vpc(self) -> ActionResult:
        """Return the groups that interfaces of a VPC may carry."""
        groups = groups_for_vpc(self.world, self.location, self.vpc().id)
        found = matching(groups, self.params.get("Filters") or [], GROUPS_FOR_VPC)
        most = self.world.limits.page
        return ActionResult(page_of(found, "SecurityGroupForVpcs", self.params, most))

    def _group(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Return the group that the call names by id, or in the default VPC by name.

        Raises Refusal: MissingParameter, NotFound, VPCIdNotSpecified. Source: EC2 errors.
        """
        group_id, name = self.params.get("GroupId"), self.params.get("GroupName")
        if group_id:
            found = group_by_id(self.world, self.location, group_id)
        elif name:
            return self._group_called(name)
        else:
            raise Refusal(
                "MissingParameter", "The request must contain the parameter groupName or groupId"
            )
        if found is None:
            raise no_such_group(str(group_id))
        return found

    def _group_called(self, name: str) -> Any:  # noqa: ANN401 - moto is not typed
        """Return a group of the default VPC by its name or id. Raises Refusal (NotFound)."""
        found = self._group_by_name(name)
        if found is None:
            raise no_such_default_group(name, self.ec2_backend.get_default_vpc().id)
        return found

    def _group_by_name(self, name: str) -> Any:  # noqa: ANN401 - moto is not typed
        """Return a group of the default VPC by its name or id, None if there is none."""
        default = self.ec2_backend.get_default_vpc()
        if default is None:
            raise no_default_vpc()
        groups = self.ec2_backend.groups[default.id].values()
        return next((group for group in groups if name in (group.name, group.id)), None)


def no_default_vpc() -> Refusal:
    """Source: observed."""
    return Refusal(
        "VPCIdNotSpecified",
        "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.",
    )
