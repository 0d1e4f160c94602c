"""Whether a rule may name a group of another VPC, and when such a rule is stale.

In: the two VPCs, the peerings between them, and the group if it is there. Out: nothing, a link, or a
Refusal. Source: VPC Peering Guide, security groups.

| the named group is                       | may be named | a rule that names it          |
|------------------------------------------|--------------|-------------------------------|
| in the same VPC                          | yes          | holds; the group cannot go    |
| in a VPC with an active peering          | yes          | holds                         |
| in a VPC whose peering is not active     | no           | is stale until it is again    |
| deleted, in a VPC that is or was peered  | no           | is stale for good             |
| in a VPC of another Region, or unpeered  | no           | never comes to be             |
"""

from collections.abc import Iterable
from dataclasses import dataclass

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.refusal import Refusal, no_such_group


@dataclass(frozen=True, slots=True)
class Link:
    """The peering that a rule goes by: its id and the code of its state."""

    pcx_id: str
    code: str

    @property
    def alive(self) -> bool:
        """Whether traffic may pass by it."""
        return self.code == "active"


def link(vpc_id: str, other: str, peerings: Iterable[Peering], moment: Moment) -> Link | None:
    """Return the peering that joins two VPCs, or did last; None if none ever did.

    The active one first, so that a rule comes alive again when the VPCs are peered again; then the
    one accepted last. A request joins nothing until it is accepted.
    """
    between = sorted(
        (
            each
            for each in peerings
            if each.accepted is not None
            and {each.requester.vpc_id, each.accepter.vpc_id} == {vpc_id, other}
            and not each.between_regions
        ),
        key=lambda each: (state_of(each, moment).code == "active", each.accepted or 0.0),
    )
    if not between:
        return None
    return Link(between[-1].id, state_of(between[-1], moment).code)


def check_reference(vpc_id: str, named: str, named_vpc: str | None, joined: Link | None) -> None:
    """Raise Refusal (InvalidGroup.NotFound) unless a group of `vpc_id` may name the group `named`.

    `named_vpc`: where it is, None if there is no such group in that account and Region. Sources:
    VPC Peering Guide, security groups; observed (the code, and both texts).
    """
    if named_vpc is None:
        raise no_such_group(named)
    if named_vpc != vpc_id and not (joined is not None and joined.alive):
        raise Refusal(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.",
        )


def stale(same_vpc: bool, there: bool, joined: Link | None) -> bool:
    """Whether a rule that names a group is stale. `there`: whether the group still is.

    Sources: EC2 API, DescribeStaleSecurityGroups; VPC Peering Guide, security groups.
    """
    return not same_vpc and not (there and joined is not None and joined.alive)
