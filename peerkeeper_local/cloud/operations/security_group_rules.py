"""Rules of security groups: authorize, change and revoke. In: requests. Out: replies."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.group_documents import rule_document
from peerkeeper_local.cloud.groups import Kept, add_rule, drop_rules, group_by_id, rules_kept
from peerkeeper_local.cloud.operations.security_groups import SecurityGroupOperations
from peerkeeper_local.cloud.prefix_lists import weights
from peerkeeper_local.semantics.group_references import check_reference, link
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal, no_such_rule
from peerkeeper_local.semantics.rule_quota import check_new
from peerkeeper_local.semantics.security_group_rules import Rule, rules_of


class SecurityGroupRuleOperations(SecurityGroupOperations):
    """Authorize and revoke rules, by what they say or by their ids."""

    def authorize_security_group_ingress(self) -> ActionResult:
        """Add rules for the way in: all of them, or none if one is refused."""
        return self._authorized(egress=False)

    def authorize_security_group_egress(self) -> ActionResult:
        """Add rules for the way out."""
        return self._authorized(egress=True)

    def revoke_security_group_ingress(self) -> ActionResult:
        """Take rules for the way in away."""
        return self._revoked(egress=False)

    def revoke_security_group_egress(self) -> ActionResult:
        """Take rules for the way out away."""
        return self._revoked(egress=True)

    def _authorized(self, egress: bool) -> ActionResult:
        group = self._group()
        rules = self._rules_sent(egress)
        vpcs = [self._named_vpc(group, rule) for rule in rules]
        present = [kept.rule for kept in rules_kept(group)]
        self._check_new(group.id, rules, present)
        tags = self._parse_tag_specification().get("security-group-rule", {})
        kept = [add_rule(group, *each, tags) for each in zip(rules, vpcs, strict=True)]
        return ActionResult({"Return": True, "SecurityGroupRules": self._rules_told(group, kept)})

    def _check_new(self, group_id: str, rules: list[Rule], present: list[Rule]) -> None:
        """Raise Refusal unless the group takes the rules beside those present."""
        named = (rule.prefix_list for rule in (*rules, *present))
        counts = weights(self.world, self.location, named)
        check_new(group_id, rules, present, self.world.limits, counts)

    def _rules_sent(self, egress: bool) -> list[Rule]:
        """Return the rules that the call names, with ids for names of groups."""
        rules = []
        for rule in rules_of(self.params, self.location.account, egress):
            if rule.group and not rule.group.startswith("sg-"):
                found = self._group_by_name(rule.group)
                rules.append(rule if found is None else replace(rule, group=found.id))
            else:
                rules.append(rule)
        return rules

    def _named_vpc(self, group: Any, rule: Rule) -> str:  # noqa: ANN401 - moto is not typed
        """Return the VPC of the group that a rule names. Raises Refusal if it may not be named."""
        lists = self.ec2_backend.managed_prefix_lists
        if rule.prefix_list and rule.prefix_list not in lists:
            words = f"The ID '{rule.prefix_list}' does not exist"
            raise Refusal("InvalidPrefixListID.NotFound", words)
        if not rule.group:
            return ""
        there = Location(rule.owner, self.location.region)
        named = group_by_id(self.world, there, rule.group)
        vpc_id = None if named is None else named.vpc_id
        joined = link(group.vpc_id, vpc_id or "", self.world.peerings.values(), self.moment)
        check_reference(group.vpc_id, rule.group, vpc_id, joined)
        return vpc_id or ""

    def _revoked(self, egress: bool) -> ActionResult:
        """Remove the rules that the call names; in a default VPC a missing one is no error.

        Source: EC2 API, RevokeSecurityGroupIngress.
        """
        group = self._group()
        kept = [each for each in rules_kept(group) if each.rule.egress == egress]
        ids = self.params.get("SecurityGroupRuleIds") or []
        if ids:
            known = {each.id: each for each in kept}
            for each in ids:
                if each not in known:
                    raise no_such_rule(each)
            gone = [known[each] for each in ids]
        else:
            gone = self._named_among(group, kept, egress)
        drop_rules(group, (each.id for each in gone))
        told = [_revoked(self._rules_told(group, [each])[0]) for each in gone]
        return ActionResult({"Return": True, "RevokedSecurityGroupRules": told})

    def _named_among(self, group: Any, kept: Sequence[Kept], egress: bool) -> list[Kept]:  # noqa: ANN401
        wanted = {rule.same for rule in self._rules_sent(egress)}
        gone = [each for each in kept if each.rule.same in wanted]
        default = self.ec2_backend.get_default_vpc()
        lenient = default is not None and default.id == group.vpc_id
        if len(gone) < len(wanted) and not lenient:
            raise Refusal(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.",
            )
        return gone

    def _rules_told(self, group: Any, kept: Sequence[Kept]) -> list[Document]:  # noqa: ANN401 - moto's
        return [rule_document(self.world, self.location, group, each) for each in kept]


def _revoked(rule: Document) -> Document:
    """Return a rule as a revoke shows it. Source: EC2 API, RevokedSecurityGroupRule."""
    keys = (
        "SecurityGroupRuleId",
        "GroupId",
        "IsEgress",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIpv4",
        "CidrIpv6",
        "PrefixListId",
        "Description",
    )
    told = {key: rule[key] for key in keys if key in rule}
    named = rule.get("ReferencedGroupInfo")
    return {**told, "ReferencedGroupId": named["GroupId"]} if named else told
