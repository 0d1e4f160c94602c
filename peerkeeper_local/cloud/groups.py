"""moto's security groups as EC2 has them. In: moto's objects. Out: rules, and documents."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from moto.ec2.models.security_groups import SecurityGroupRule

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.group_references import Link, link
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.security_group_rules import Rule


class Kept(NamedTuple):
    """A rule that a group has: its id, what it says, and the VPC of the group that it names."""

    id: str
    rule: Rule
    named_vpc: str


class Named(NamedTuple):
    """A group that a rule names: whether it is there, its name, its VPC, and what joins the two."""

    there: bool
    name: str
    vpc_id: str
    link: Link | None


def groups_of(backend: Any) -> Iterator[Any]:  # noqa: ANN401 - moto is not typed
    """Yield every security group of a location."""
    for groups in backend.groups.values():
        yield from groups.values()


def group_by_id(world: World, location: Location, group_id: str) -> Any:  # noqa: ANN401 - as above
    """Return a group of any location, None if it is not there. Opens no new account."""
    if location not in world.locations:
        return None
    return world.backend(location).get_security_group_from_id(group_id)


def rules_kept(group: Any) -> list[Kept]:  # noqa: ANN401 - moto is not typed
    """Return the rules of a group, the inbound ones first."""
    return [_kept(each, group) for each in (*group.ingress_rules, *group.egress_rules)]


def _kept(stored: Any, group: Any) -> Kept:  # noqa: ANN401 - moto is not typed
    source, cidr = stored.source_group, stored.cidr_ipv4 or stored.cidr_ipv6 or ""
    ports = None if stored.from_port is None else (stored.from_port, stored.to_port)
    words = stored.ip_range.get("Description") or source.get("Description")
    rule = Rule(
        stored.is_egress,
        stored.ip_protocol,
        ports,
        cidr,
        stored.prefix_list_id or "",
        source.get("GroupId", ""),
        source.get("UserId") or (group.owner_id if source else ""),
        words,
    )
    return Kept(stored.id, rule, source.get("VpcId") or group.vpc_id)


def add_rule(group: Any, rule: Rule, named_vpc: str, tags: dict[str, str] | None = None) -> Kept:  # noqa: ANN401
    """Give the group a rule that was allowed; return it as kept."""
    stored = _stored(group, rule, named_vpc, tags)
    (group.egress_rules if rule.egress else group.ingress_rules).append(stored)
    return _kept(stored, group)


def change_rule(group: Any, rule_id: str, rule: Rule, named_vpc: str) -> None:  # noqa: ANN401
    """Let a rule of the group say something else; it keeps its id, its tags and its place."""
    rules = group.egress_rules if rule.egress else group.ingress_rules
    place = next(place for place, each in enumerate(rules) if each.id == rule_id)
    rules[place] = _stored(group, rule, named_vpc, None)
    rules[place].id = rule_id


def _stored(group: Any, rule: Rule, named_vpc: str, tags: dict[str, str] | None) -> Any:  # noqa: ANN401
    note = {"Description": rule.description} if rule.description else {}
    key = "CidrIpv6" if ":" in rule.cidr else "CidrIp"
    pair = {"GroupId": rule.group, "UserId": rule.owner, "VpcId": named_vpc}
    stored = SecurityGroupRule(
        group.ec2_backend,
        rule.protocol,
        group.id,
        rule.ports[0] if rule.ports else -1,
        rule.ports[1] if rule.ports else -1,
        {**({key: rule.cidr} if rule.cidr else {}), **({} if rule.group else note)},
        {**pair, **note} if rule.group else None,
        {"PrefixListId": rule.prefix_list} if rule.prefix_list else None,
        is_egress=rule.egress,
        tags=tags,
    )
    if rule.ports is None:
        stored.from_port = stored.to_port = None
    return stored


def drop_rules(group: Any, ids: Iterable[str]) -> None:  # noqa: ANN401 - moto is not typed
    """Remove rules from a group by their ids."""
    gone = set(ids)
    group.ingress_rules = [each for each in group.ingress_rules if each.id not in gone]
    group.egress_rules = [each for each in group.egress_rules if each.id not in gone]


def admit_itself(group: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Give a new default group its rule: its members reach each other. Source: VPC User Guide."""
    rule = Rule(False, "-1", group=group.id, owner=group.owner_id)
    add_rule(group, rule, group.vpc_id)


def named_by(world: World, location: Location, group: Any, kept: Kept) -> Named:  # noqa: ANN401
    """Return what is known of the group that a rule of `group` names."""
    there = group_by_id(world, Location(kept.rule.owner, location.region), kept.rule.group)
    vpc_id = kept.named_vpc if there is None else there.vpc_id
    if vpc_id == group.vpc_id:  # as in every default group: no need to look through the peerings
        return Named(there is not None, "" if there is None else there.name, vpc_id, None)
    joined = link(group.vpc_id, vpc_id, world.peerings.values(), world.moment())
    return Named(there is not None, "" if there is None else there.name, vpc_id, joined)


def referenced(named: Named, group: Any) -> Document:  # noqa: ANN401 - moto is not typed
    """Return what EC2 adds about a named group of another VPC. Source: EC2 API."""
    if named.vpc_id == group.vpc_id:
        return {}
    told: Document = {"VpcId": named.vpc_id}
    if named.link is not None:
        told |= {"VpcPeeringConnectionId": named.link.pcx_id, "PeeringStatus": named.link.code}
    return told
