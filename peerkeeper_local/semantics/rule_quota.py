"""Whether a group takes more rules. In: rules, weights of prefix lists. Out: a number, or a Refusal."""

from collections.abc import Collection, Iterable

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.networks import network
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_quota import NO_LISTS, Weights
from peerkeeper_local.semantics.security_group_rules import Rule, words

VERSIONS = (4, 6)


def check_new(
    group_id: str,
    rules: Iterable[Rule],
    present: Iterable[Rule],
    limits: Limits,
    weights: Weights = NO_LISTS,
) -> None:
    """Raise Refusal unless the group takes all of `rules` beside those `present`.

    `weights`: of the prefix lists that the rules name. Sources: EC2 errors; VPC User Guide, quotas
    and prefix lists. Observed: InvalidPermission.Duplicate.
    """
    known = list(present)
    for rule in rules:
        if any(rule.same == each.same for each in known):
            raise Refusal(
                "InvalidPermission.Duplicate",
                f'the specified rule "{words(rule)}" already exists',
            )
        known.append(rule)
        for version in VERSIONS:
            counts = _weight(rule, version, weights)
            used = rules_used(known, rule.egress, version, weights) if counts else 0
            if used > limits.rules_per_group:
                raise Refusal(
                    "RulesPerSecurityGroupLimitExceeded",
                    f"The maximum number of rules per security group '{group_id}' has been reached.",
                )


def rules_used(rules: Iterable[Rule], egress: bool, version: int, weights: Weights) -> int:
    """Return how many rules of one way and one IP version (4 or 6) the rules count for."""
    return sum(_weight(each, version, weights) for each in rules if each.egress == egress)


def has_room(rules: Collection[Rule], limits: Limits, weights: Weights) -> bool:
    """Whether a group may have these rules, if lists count for as much as `weights` says."""
    used = (
        rules_used(rules, way, version, weights) for way in (False, True) for version in VERSIONS
    )
    return max(used) <= limits.rules_per_group


def _weight(rule: Rule, version: int, weights: Weights) -> int:
    """Return what a rule counts for: a CIDR and a list in its own version, a group in both.

    Sources: VPC User Guide, quotas (a group) and prefix lists (MaxEntries).
    """
    if rule.cidr:
        return int(network(rule.cidr).version == version)
    if rule.prefix_list:
        of, weight = weights.get(rule.prefix_list, (4, 1))
        return weight if of == version else 0
    return 1
