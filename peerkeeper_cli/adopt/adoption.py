"""Which tags adopt an estate, checked by planning again with them. In: an estate. Out: `Adoption`. Pure.

The planner is run with the tags set. What it then wants and did not want before is the work of an adoption:

    what is wanted more                            what is done about it
    a route in a table whose siblings route it     that table gets peerkeeper:routes with what it routes
    DNS of a VPC, a DNS option, or dns-off         the VPC gets peerkeeper:dns=leave, if nothing asked for it
    anything else, or any finding                  the peering is not adopted, unless changes are asked for
    a request accepted                             listed: only wider words can bring that

It ends when the tags bring only what is listed. Each round settles a tag or gives a peering up.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from peerkeeper.planning.consent import sets_dns
from peerkeeper.settings import Mode, Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
)
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tag_keys import APPROVED, DNS
from peerkeeper.values.tags import value_of

from peerkeeper_cli.adopt.candidates import Candidate, NotAdopted, candidates
from peerkeeper_cli.adopt.narrow_table import narrow_table
from peerkeeper_cli.adopt.tag_to_set import TagToSet, with_tags
from peerkeeper_cli.adopt.touched import touched, vpcs_of
from peerkeeper_cli.adopt.wider_words import wider_words
from peerkeeper_cli.foresight.foresee import Foreseen, foresee


@dataclass(frozen=True, slots=True)
class Adoption:
    """The tags, what they adopt, what stays as it is, and what would change with them."""

    tags: tuple[TagToSet, ...]
    adopted: tuple[str, ...]
    left: tuple[NotAdopted, ...]
    brings: tuple[Change, ...]
    """Writes that follow from the tags; none, unless changes were asked for."""
    accepts: tuple[str, ...]
    """Requests that would be accepted because of the tags; none, unless wider words were asked for."""
    after: Snapshot
    """The estate as it would be, with the tags."""


def adoption(
    seen: Snapshot,
    settings: Settings,
    *,
    with_changes: bool = False,
    widen: bool = False,
    before: Foreseen | None = None,
) -> Adoption:
    """Return the tags that adopt every peering that can be adopted without a change.

    `with_changes`: also the peerings that would change. `widen`: VPCs agree to the VPCs of their peers.
    `before`: what is foreseen in mode full without the tags, if the caller knows it already.
    """
    settings = replace(settings, mode=Mode.FULL)
    found = [*candidates(seen, settings, with_changes=with_changes)]
    work = _Work(seen, settings, before or foresee(seen, settings), widen=widen)
    work.left += [one for one in found if isinstance(one, NotAdopted)]
    work.open = {one.pcx_id: one for one in found if isinstance(one, Candidate)}
    while not work.settled(with_changes=with_changes):
        pass
    tags = tuple(sorted({*work.approvals(), *work.more}))
    return Adoption(
        tags,
        tuple(sorted(work.open)),
        tuple(sorted(work.left)),
        work.brings,
        tuple(sorted(one.pcx_id for one in work.brings if isinstance(one, AcceptPeering))),
        work.after,
    )


class _Work:
    """What is settled so far."""

    def __init__(
        self, seen: Snapshot, settings: Settings, before: Foreseen, *, widen: bool
    ) -> None:
        self.seen, self.settings, self.before, self.widen = seen, settings, before, widen
        self.asks_dns = {*_sides_that_ask(before)}
        self.open: dict[str, Candidate] = {}
        self.left: list[NotAdopted] = []
        self.more: dict[TagToSet, frozenset[str]] = {}
        """Tags other than the approvals, and the peerings that need each."""
        self.brings: tuple[Change, ...] = ()
        self.after = before.seen

    def approvals(self) -> list[TagToSet]:
        """Return the tags that agree to the peerings."""
        if self.widen:
            return [*wider_words(self.seen, self.open.values())]
        return [
            TagToSet(
                view.location, view.id, APPROVED, "true", "our side agrees to only this peering"
            )
            for one in self.open.values()
            for view, _, _ in one.views
        ]

    def settled(self, *, with_changes: bool) -> bool:
        """Plan with the tags and settle what they bring. Return whether they bring nothing more."""
        after = foresee(with_tags(self.seen, {*self.approvals(), *self.more}), self.settings)
        self.after = after.seen
        self.brings = tuple(one for one in after.changes if one not in self.before.changes)
        known = {_about(one) for one in self.before.findings}
        news = [one for one in after.findings if _about(one) not in known]
        again = [*self._mended(after.seen, news)]
        if again:
            self.more.update(again)
            return False
        wrong = {} if with_changes else self._blamed(news)
        for pcx_id, words in wrong.items():
            del self.open[pcx_id]
            self.left.append(NotAdopted(pcx_id, "would change", words))
        self.more = {tag: ids for tag, ids in self.more.items() if ids & self.open.keys()}
        return not wrong

    def _mended(
        self, seen: Snapshot, news: Iterable[Finding]
    ) -> Iterable[tuple[TagToSet, frozenset[str]]]:
        """Yield tags that keep from us what the adoption would bring, each with whom it is for."""
        for change in self.brings:
            if isinstance(change, (EnableDnsSupport, EnableDnsHostnames)):
                for pcx_id, tag in self._leave_vpc_dns(change.location, change.vpc_id):
                    yield from self._fresh(tag, pcx_id)
            if not isinstance(change, (CreateRoute, AllowRemoteDnsResolution)):
                continue
            if change.pcx_id not in self.open:
                continue
            tag = (
                narrow_table(self.seen, self.before, change, self.open)
                if isinstance(change, CreateRoute)
                else self._leave_dns(change.location, change.pcx_id)
            )
            yield from self._fresh(tag, change.pcx_id)
        for finding in news:
            if finding.code is Code.DNS_OFF and finding.subject in self.open:
                tag = self._leave_dns(finding.location, finding.subject)
                yield from self._fresh(tag, finding.subject)

    def _blamed(self, news: Iterable[Finding]) -> dict[str, str]:
        """Return the peerings that would change, or that a sweep would report, and how.

        A change or finding about another resource counts against every peering of that VPC, since only their
        tags bring it. Wider words may admit requests. What these bring is only listed.
        """
        found: dict[str, str] = {}
        for change in self.brings:
            words = f"{type(change).__name__}: {change.reason}"
            for pcx_id in self._behind(change.location, touched(change)):
                found.setdefault(pcx_id, words)
        for finding in news:
            ids = {finding.pcx_id, finding.subject}
            for pcx_id in self._behind(finding.location, ids):
                found.setdefault(pcx_id, f"{finding.code}: {finding.message}")
        return found

    def _behind(self, where: Location, ids: Set[str]) -> list[str]:
        """Return the peerings to adopt that one of these resources is, or else whose VPC it is of."""
        mine = [one for one in self.open if one in ids]
        if mine or self.widen:
            return mine
        vpcs = {*vpcs_of(self.seen, where, ids)}
        return [
            one.pcx_id
            for one in self.open.values()
            if any((own.location, own.vpc_id) in vpcs for _, own, _ in one.views)
        ]

    def _fresh(
        self, tag: TagToSet | None, pcx_id: str
    ) -> Iterable[tuple[TagToSet, frozenset[str]]]:
        if tag and pcx_id not in self.more.get(tag, frozenset()):
            yield tag, self.more.get(tag, frozenset()) | {pcx_id}

    def _leave_vpc_dns(self, where: Location, vpc_id: str) -> Iterable[tuple[str, TagToSet | None]]:
        for one in self.open.values():
            if any((own.location, own.vpc_id) == (where, vpc_id) for _, own, _ in one.views):
                yield one.pcx_id, self._leave_dns(where, one.pcx_id)

    def _leave_dns(self, where: Location, pcx_id: str) -> TagToSet | None:
        """Return the tag that keeps the DNS of our side as it is, if nothing asks for its DNS today."""
        for view, own, _ in self.open[pcx_id].views:
            vpc = self.seen.vpcs[own.location, own.vpc_id]
            asked = (where, vpc.id) in self.asks_dns or sets_dns(vpc.tags, self.settings)
            if view.location == where and not asked and value_of(vpc.tags, DNS) is None:
                return TagToSet(where, vpc.id, DNS, "leave", "its DNS stays as it is")
        return None


def _sides_that_ask(before: Foreseen) -> Iterable[Key]:
    """Yield each VPC whose side had a DNS option due before. No tag may keep its DNS as it is."""
    for change in before.changes:
        if isinstance(change, AllowRemoteDnsResolution):
            pcx = before.seen.peerings[change.location, change.pcx_id]
            side = pcx.requester if change.requester_side else pcx.accepter
            yield side.location, side.vpc_id


def _about(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about: its words may count what others did."""
    return finding.code, finding.location, finding.subject, finding.pcx_id
