"""Changes of existing rules: what they allow, or only their descriptions. In: requests. Out: replies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.groups import Kept, change_rule, rules_kept
from peerkeeper_local.cloud.operations.security_group_rules import SecurityGroupRuleOperations
from peerkeeper_local.semantics.refusal import Refusal, no_such_rule, required
from peerkeeper_local.semantics.security_group_rules import (
    check_same_kind,
    rule_requested,
)


class SecurityGroupChangeOperations(SecurityGroupRuleOperations):
    """Change rules by their ids, and the descriptions of rules."""

    def modify_security_group_rules(self) -> ActionResult:
        """Let rules say something else, each of its own kind: all of them, or none if one is refused."""
        group = self._group()
        kept = {each.id: each for each in rules_kept(group)}
        changes = []
        for each in required(self.params, "SecurityGroupRules"):
            old = _known(kept, each["SecurityGroupRuleId"])
            sent = each.get("SecurityGroupRule") or {}
            rule = rule_requested(sent, self.location.account, old.rule.egress)
            check_same_kind(old.id, old.rule, rule)
            changes.append((old, rule, self._named_vpc(group, rule)))
        changing = {old.id for old, _, _ in changes}
        present = [each.rule for each in kept.values() if each.id not in changing]
        self._check_new(group.id, [rule for _, rule, _ in changes], present)
        for old, rule, vpc_id in changes:
            change_rule(group, old.id, rule, vpc_id)
        return ActionResult({"Return": True})

    def update_security_group_rule_descriptions_ingress(self) -> ActionResult:
        """Give rules for the way in other words, or none."""
        return self._described_anew(egress=False)

    def update_security_group_rule_descriptions_egress(self) -> ActionResult:
        """Give rules for the way out other words, or none."""
        return self._described_anew(egress=True)

    def _described_anew(self, egress: bool) -> ActionResult:
        """Source: EC2 API, UpdateSecurityGroupRuleDescriptionsIngress; assumed (an unknown rule)."""
        group = self._group()
        kept = {each.id: each for each in rules_kept(group) if each.rule.egress == egress}
        words: dict[str, Any] = {}
        for each in self.params.get("SecurityGroupRuleDescriptions") or ():
            words[_known(kept, each["SecurityGroupRuleId"]).id] = each.get("Description")
        if self.params.get("IpPermissions"):
            by_sense = {each.rule.same: each.id for each in kept.values()}
            for rule in self._rules_sent(egress):
                if rule.same not in by_sense:
                    raise Refusal(
                        "InvalidPermission.NotFound",
                        "The specified rule does not exist in this security group.",
                    )
                words[by_sense[rule.same]] = rule.description
        for rule_id, text in words.items():
            old = kept[rule_id]
            change_rule(group, rule_id, replace(old.rule, description=text), old.named_vpc)
        return ActionResult({"Return": True})


def _known(kept: Mapping[str, Kept], rule_id: str) -> Kept:
    if rule_id not in kept:
        raise no_such_rule(rule_id)
    return kept[rule_id]
