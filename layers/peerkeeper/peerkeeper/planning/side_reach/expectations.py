"""Judge whether the traffic that a tag expects reaches our VPC from the peer, and its replies come back.

In: the snapshot, surroundings, one of our sides, the traffic. Out: `Expected`.

    of the pairs of a subnet of the peer and an interface of ours    verdict
    one passes every hop                                             reaches
    no pair does, and of one no hop is known to stop it              unknown
    each is stopped by a hop                                         blocked, by the hops of the best pair
    there is none, or interfaces or groups were not read             unknown

One pair is enough: a VPC that expects `tcp/5432` has one database and many other interfaces. If the subnets
of the peer are not known, its networks take their place, and the hops on its side are unknown. What the
groups of the peer's interfaces let out is not judged. Pairs that every hop treats alike are judged once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.groups import hop_of_groups
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.matrix import matrix
from peerkeeper.planning.reachability.packets import requests
from peerkeeper.planning.reachability.slices import meet
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.values.ec2 import Network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Hop, State, Verdict
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.security_groups import GroupRule
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic

BEST_FIRST = (State.PASSED, State.UNKNOWN, State.BLOCKED)


class Expected(NamedTuple):
    """One word of a tag, and the answer."""

    traffic: Traffic
    verdict: Verdict
    stops: tuple[Hop, ...] = ()
    """If it is blocked: every hop that stops it, between the two ends that come closest."""


def judged(
    seen: Snapshot, around: Surroundings, side: OurSide, traffic: Sequence[Traffic]
) -> tuple[Expected, ...]:
    """Return the answer to each word."""
    read = (
        seen.has_read(side.own.location, kind, By.VPC, side.vpc.id)
        for kind in (Describe.INTERFACES, Describe.GROUPS)
    )
    ours = _Judge(seen, around, side)
    if not all(read) or not ours.pairs:
        return tuple(Expected(one, Verdict.UNKNOWN) for one in traffic)
    return tuple(ours.one(each) for each in traffic)


@dataclass
class _Judge:
    """One of our sides. Not frozen: it keeps its ends, and what groups admit."""

    seen: Snapshot
    around: Surroundings
    side: OurSide
    _known: dict[tuple[Traffic, Endpoint, tuple[str, ...]], Hop | None] = field(
        default_factory=dict
    )

    def one(self, traffic: Traffic) -> Expected:
        """Return the answer to one word: first by groups, then by all other hops for the pairs left."""
        left: dict[tuple[Endpoint, Endpoint], State] = {}
        for source, subnet in self.pairs:
            states = {
                hop.state if (hop := self._groups(source, groups, host, traffic)) else State.BLOCKED
                for groups, host in self.hosts[subnet].items()
            }
            if states != {State.BLOCKED}:
                passed = State.PASSED in states
                left[source, subnet] = State.PASSED if passed else State.UNKNOWN
        return self._by_network(left, traffic) if left else self._by_groups(traffic)

    def _by_network(
        self, left: Mapping[tuple[Endpoint, Endpoint], State], traffic: Traffic
    ) -> Expected:
        """Return the answer of the hops between the subnets of these pairs."""
        pair, state = next(iter(left.items()))
        first = judge(self.around, *pair, traffic)
        if first.verdict is Verdict.REACHES and state is State.PASSED:
            return Expected(traffic, Verdict.REACHES)  # so on nearly every day: one judgement
        sources, subnets = (tuple(dict.fromkeys(each)) for each in zip(*left, strict=True))
        cells = matrix(self.around, sources, subnets, traffic).cells
        answers = [(cells[each], state) for each, state in left.items()]
        if any(
            answer.verdict is Verdict.REACHES and state is State.PASSED for answer, state in answers
        ):
            return Expected(traffic, Verdict.REACHES)
        stopped = [one.blocking for one, _ in answers if one.verdict is Verdict.BLOCKED]
        if len(stopped) < len(answers):
            return Expected(traffic, Verdict.UNKNOWN)
        return Expected(traffic, Verdict.BLOCKED, min(stopped, key=len))

    def _by_groups(self, traffic: Traffic) -> Expected:
        """Return the answer if no group admits it: what stops the first pair, in the order of its hops."""
        source, subnet = next(iter(self.pairs))
        host = next(iter(self.hosts[subnet].values()))
        hop = self._hop(source, (), host, traffic)
        others = judge(self.around, source, subnet, traffic).blocking
        there = tuple(one for one in others if not one.back)
        back = tuple(one for one in others if one.back)
        return Expected(traffic, Verdict.BLOCKED, (*there, *([hop] if hop else ()), *back))

    @cached_property
    def pairs(self) -> tuple[tuple[Endpoint, Endpoint], ...]:
        """Each subnet of the peer with each of our subnets that has an interface, of one address family."""
        return tuple(
            (source, subnet)
            for source in self.sources
            for subnet in self.hosts
            if source.network.version == subnet.network.version
        )

    @cached_property
    def hosts(self) -> Mapping[Endpoint, Mapping[tuple[str, ...], Endpoint]]:
        """Our subnets that have an interface, and in each one address for each set of groups."""
        ends = {
            (subnet.id, network.version): _subnet(subnet.id, self.side.key, network)
            for subnet in self.seen.subnets_of(*self.side.key)
            for network in subnet.cidrs
        }
        found: dict[Endpoint, dict[tuple[str, ...], Endpoint]] = {}
        for one in self.seen.interfaces_of(*self.side.key):
            for address in one.endpoints():
                if end := ends.get((one.subnet_id, address.network.version)):
                    found.setdefault(end, {}).setdefault(one.group_ids, address)
        return found

    @cached_property
    def sources(self) -> tuple[Endpoint, ...]:
        """The peer's subnets, or its networks where the subnets are not known."""
        key = (self.side.peer.location, self.side.peer.vpc_id)
        subnets = [one for one in self.seen.subnets_of(*key) if one.cidrs]
        if subnets and self.seen.has_read_subnets(*key):
            return tuple(_subnet(one.id, key, network) for one in subnets for network in one.cidrs)
        networks = cidrs_of(self.seen, self.side.peer)
        return tuple(_subnet("", key, network) for network in networks)

    def _groups(
        self, source: Endpoint, groups: tuple[str, ...], host: Endpoint, traffic: Traffic
    ) -> Hop | None:
        """Return what these groups do with packets from this subnet of the peer, at best.

        None means that they stop all. The interface itself does not count, so each set is judged once.
        """
        key = (traffic, source, groups)
        if key not in self._known:
            found = [
                hop
                for sender in self._senders(source, groups)
                if (hop := self._hop(source, sender, host, traffic))
            ]
            best = min(found, key=lambda hop: BEST_FIRST.index(hop.state), default=None)
            self._known[key] = best
        return self._known[key]

    def _hop(
        self, source: Endpoint, sender: tuple[str, ...] | None, host: Endpoint, traffic: Traffic
    ) -> Hop | None:
        sends = replace(source, group_ids=sender, any_of_subnet=False)
        packets = requests(traffic, source.network.version)
        passed = hop_of_groups(Flow(self.around, sends, host, packets, via=self.side.pcx), False)
        return passed.hop if passed else None

    def _senders(
        self, source: Endpoint, groups: tuple[str, ...]
    ) -> Iterator[tuple[str, ...] | None]:
        """Yield the groups that a sender may have, as far as a rule can match: none, then the peer's.

        Only a rule that names a group of the peer asks for the groups of the peer's interfaces. None stands
        for groups that are not known.
        """
        where, peer = self.side.own.location, self.side.peer
        known = [self.seen.security_groups.get((where, one)) for one in groups]
        rules = [rule for group in known if group for rule in group.ingress]
        if None in known or any(_may_match(rule, source) for rule in rules):
            yield ()
        if not any(self.side.pcx.id == r.peering_id or peer.vpc_id == r.group_vpc for r in rules):
            return
        if not self.seen.has_read(peer.location, Describe.INTERFACES, By.VPC, peer.vpc_id):
            yield None
            return
        theirs = self.seen.interfaces_of(peer.location, peer.vpc_id)
        yield from {one.group_ids for one in theirs if one.subnet_id == source.subnet_id}


def _may_match(rule: GroupRule, source: Endpoint) -> bool:
    """Tell whether a rule by addresses can match a sender in this subnet at all."""
    return bool(rule.prefix_list) or bool(rule.network and meet(rule.network, source.network))


def _subnet(subnet_id: str, key: Key, network: Network) -> Endpoint:
    return Endpoint(*key, subnet_id, network, any_of_subnet=True, subnet_network=network)
