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
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.groups import hop_of_groups
from peerkeeper.planning.reachability.matrix import matrix
from peerkeeper.planning.reachability.packets import requests
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.values.ec2 import Network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.interfaces import NetworkInterface
from peerkeeper.values.reachability import Hop, State, Verdict
from peerkeeper.values.reads import By, Describe
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
    judge = _Judge(seen, around, side)
    if not all(read) or not judge.hosts:
        return tuple(Expected(one, Verdict.UNKNOWN) for one in traffic)
    return tuple(judge.one(each) for each in traffic)


@dataclass
class _Judge:
    """One of our sides. Not frozen: it keeps its ends."""

    seen: Snapshot
    around: Surroundings
    side: OurSide

    def one(self, traffic: Traffic) -> Expected:
        """Return the answer to one word: first without groups, then by groups for the pairs left."""
        cells = matrix(self.around, self.sources, tuple(self.hosts), traffic).cells
        best: tuple[Hop, ...] = ()
        unknown = False
        for (source, subnet), answer in cells.items():
            if answer.verdict is Verdict.BLOCKED:
                best = _closer(best, answer.blocking)
                continue
            for interface in self.hosts[subnet].values():
                hop = self._groups(source, interface, traffic)
                if hop.state is State.BLOCKED:
                    best = _closer(best, (hop,))
                elif answer.verdict is Verdict.REACHES and hop.state is State.PASSED:
                    return Expected(traffic, Verdict.REACHES)
                else:
                    unknown = True
        if unknown or not best:
            return Expected(traffic, Verdict.UNKNOWN)
        return Expected(traffic, Verdict.BLOCKED, best)

    @cached_property
    def hosts(self) -> Mapping[Endpoint, Mapping[tuple[str, ...], NetworkInterface]]:
        """Our subnets that have an interface, and in each one interface for each set of groups."""
        ends = {
            (subnet.id, network.version): _subnet(subnet.id, self.side.key, network)
            for subnet in self.seen.subnets_of(*self.side.key)
            for network in subnet.cidrs
        }
        found: dict[Endpoint, dict[tuple[str, ...], NetworkInterface]] = {}
        for one in self.seen.interfaces.values():
            if (one.location, one.vpc_id) == self.side.key:
                for version in {address.version for address in one.addresses}:
                    if end := ends.get((one.subnet_id, version)):
                        found.setdefault(end, {}).setdefault(one.group_ids, one)
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

    def _groups(self, source: Endpoint, interface: NetworkInterface, traffic: Traffic) -> Hop:
        """Return what the interface's groups do with packets from this subnet of the peer, at best."""
        version = source.network.version
        (end, *_) = (one for one in interface.endpoints() if one.network.version == version)
        found: list[Hop] = []
        for groups in self._senders(source, interface):
            sender = replace(source, group_ids=groups, any_of_subnet=False)
            flow = Flow(self.around, sender, end, requests(traffic, version), via=self.side.pcx)
            passed = hop_of_groups(flow, leaving=False)
            found += [passed.hop] if passed else []
        return min(found, key=lambda hop: BEST_FIRST.index(hop.state))

    def _senders(
        self, source: Endpoint, interface: NetworkInterface
    ) -> Iterator[tuple[str, ...] | None]:
        """Yield the groups that a sender may have: none, then the groups of each of the peer's interfaces.

        Only a rule that names a group of the peer asks for these. None: they are not known.
        """
        yield ()
        where, peer = self.side.own.location, self.side.peer
        groups = (self.seen.security_groups.get((where, one)) for one in interface.group_ids)
        rules = (rule for group in groups if group for rule in group.ingress if rule.group_id)
        if not any(self.side.pcx.id == r.peering_id or peer.vpc_id == r.group_vpc for r in rules):
            return
        if not self.seen.has_read(peer.location, Describe.INTERFACES, By.VPC, peer.vpc_id):
            yield None
            return
        theirs = (one for one in self.seen.interfaces.values() if one.location == peer.location)
        yield from {one.group_ids for one in theirs if one.subnet_id == source.subnet_id}


def _subnet(subnet_id: str, key: Key, network: Network) -> Endpoint:
    return Endpoint(*key, subnet_id, network, any_of_subnet=True, subnet_network=network)


def _closer(best: tuple[Hop, ...], other: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """Return the shorter list of hops that stop it."""
    return other if not best or len(other) < len(best) else best
