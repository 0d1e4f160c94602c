"""One side of a peering, test by test.

In: a snapshot, settings, a view of the peering and its side. Out: lines. It decides nothing: tests and
verdicts are the rules' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerkeeper.planning.agreement import agreement
from peerkeeper.planning.rules.acceptance import acceptance, acceptance_checks
from peerkeeper.planning.rules.dns_resolution import dns_check, dns_resolution
from peerkeeper.planning.rules.missing_routes import missing_routes
from peerkeeper.settings import Settings
from peerkeeper.values.changes import AcceptPeering, AllowRemoteDnsResolution, Change, CreateRoute
from peerkeeper.values.connectivity import Cause, SideVerdict, Way
from peerkeeper.values.ec2 import ROUTABLE, TERMINAL, PeeringConnection, PeeringStatus, Side, Vpc
from peerkeeper.values.findings import Check, Code, Finding
from peerkeeper.values.scope import Deferral
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt, told

from peerkeeper_cli.explain.line import RESULTS, Line
from peerkeeper_cli.explain.status import stands
from peerkeeper_cli.explain.table_lines import Told, dead_in_the_way, held, narrower

IN_THE_WAY = frozenset(
    {
        Code.CONFLICT,
        Code.CLAIMED_TWICE,
        Code.PREFIX_LIST,
        Code.SURPLUS,
        Code.DESTINATION,
        Code.OVERLAP,
        Code.SCOPE_OUTSIDE,
        Code.SCOPE_UNREADABLE,
    }
)
"""Findings about single routes; all others are shown as the tests that failed."""

GAPS = {Way.BLOCKED: "fail", Way.WAITS: "wait", Way.UNKNOWN: "unknown"}
"""How a gap shows. What is due has its own change."""


@dataclass(frozen=True, slots=True)
class Sided:
    """Our side `own` of the peering, as `view` shows it in its location."""

    seen: Snapshot
    settings: Settings
    view: PeeringConnection
    own: Side
    peer: Side
    findings: tuple[Finding, ...]
    """All of the plan's."""
    verdicts: tuple[SideVerdict, ...]
    located: bool = True
    """Whether the settings say what the hub manages. If not, all that was read counts as managed."""

    @property
    def name(self) -> str:
        """Where the side lies, and which it is."""
        role = "requester" if self.own == self.view.requester else "accepter"
        return f"{self.own.location} {role}"

    @property
    def status(self) -> PeeringStatus | None:
        """The status that decides here: the other side may have seen it end."""
        return self.seen.status_of(self.own.location, self.view.id)

    def lines(self) -> Iterator[Line]:
        """Yield every step of this side's decisions."""
        yield from self._peering()
        vpc = self.seen.vpcs.get((self.own.location, self.own.vpc_id))
        if self.status in TERMINAL:
            return
        yield from self._tags()
        if not vpc:
            words = f"our VPC {self.own.vpc_id} was not read"
            yield self._line("peering", "VPC", "unknown", words)
            return
        if self.own == self.view.accepter:
            yield from self._acceptance(vpc)
        yield from self._routes(vpc)
        yield from self._dns(vpc)

    def _line(self, part: str, test: str, result: str, words: str) -> Line:
        return Line(self.name, part, test, result, words)

    def _checks(self, part: str, checks: Iterable[Check]) -> Iterator[Line]:
        for check in checks:
            yield self._line(part, check.name, RESULTS[check.passed], check.words)

    def _peering(self) -> Iterator[Line]:
        views = [self.view, *self.seen.views_of(self.view.id)]
        view = next((one for one in views if one.status is self.status), self.view)
        result, words = stands(view, self.status, self.findings, self.seen.now)
        yield self._line("peering", "status", result, words)
        if known := told(self.view.tags):
            yield self._line("peering", "last status", "-", f"last status: {known}")
        if not self.settings.covers(self.peer.location):
            yield self._line("peering", "other side", "-", self._other_side())

    def _other_side(self) -> str:
        where = self.peer.location
        if self.located:
            return f"{where} is not managed: its owner routes that side"
        own = where.account_id == self.own.location.account_id
        way = "name its --region" if own else "name a --profile of it"
        return f"{where} was not read, and its side is not seen: {way} as well"

    def _tags(self) -> Iterator[Line]:
        """Yield what is wrong with the tags that this side's decisions rest on."""
        ours = {self.view.id, self.own.vpc_id}
        ours |= {table.id for table in self.seen.tables_of(self.own.location, self.own.vpc_id)}
        for one in self.findings:
            here = one.location == self.own.location and one.subject in ours
            if here and one.code is Code.TAG_FAULT:
                yield self._line("tags", one.subject, "fail", one.message)

    def _acceptance(self, vpc: Vpc) -> Iterator[Line]:
        if self.status is not PeeringStatus.PENDING_ACCEPTANCE:
            yield self._line(
                "acceptance", "pending", "-", f"nothing to accept: it is {self.status}"
            )
        else:
            yield from self._checks(
                "acceptance", acceptance_checks(self.view, vpc, self.seen, self.settings)
            )
        yield from self._verdicts("acceptance", acceptance(self.seen, self.settings))

    def _routes(self, vpc: Vpc) -> Iterator[Line]:
        checks = agreement(self.view, self.own, self.peer, vpc, self.settings, accepting=False)
        yield from self._checks("routes", checks)
        yield from self._exempt("routes", vpc)
        if self.status not in ROUTABLE:
            yield self._line("routes", "accepted", "-", "routes are written once it is accepted")
            return
        yield from self._of_tables(held(self.seen, self.view, self.own, self.peer))
        yield from self._verdicts("routes", missing_routes(self.seen, self.settings))
        yield from self._gaps()
        for side in self._judged:
            dead = dead_in_the_way(self.seen, self.settings, self.view, side)
            yield from self._of_tables(dead)
            for _, result, words in narrower(self.seen, side):
                yield self._line("routes", Code.DIVERTED.value, result, words)

    def _of_tables(self, lines: Iterable[Told]) -> Iterator[Line]:
        for table_id, result, words in lines:
            yield self._line("routes", table_id, result, words)

    @property
    def _judged(self) -> list[SideVerdict]:
        key = (self.own.location, self.own.vpc_id)
        return [side for side in self.verdicts if (side.location, side.vpc_id) == key]

    def _gaps(self) -> Iterator[Line]:
        """Yield what is not carried, and that no rule has a change or a finding for."""
        for side in self._judged:
            for leg in side.gaps:
                named = leg.cause is Cause.MODE or (leg.way is Way.BLOCKED and not leg.words)
                if leg.way in GAPS and not named:
                    words = leg.words or f"{leg.table_id} does not carry {leg.destination} yet"
                    yield self._line("routes", leg.table_id, GAPS[leg.way], words)

    def _dns(self, vpc: Vpc) -> Iterator[Line]:
        if self.own.allows_remote_dns:
            words = f"the peer resolves {vpc.id}'s names to private addresses"
            yield self._line("DNS", "option", "pass", words)
            return
        if self.status is PeeringStatus.ACTIVE:
            check = dns_check(self.seen, self.settings, self.view, self.own)
            yield from self._checks("DNS", [check])
        else:
            yield self._line("DNS", "option", "-", "the option can be set once it is active")
        yield from self._verdicts("DNS", dns_resolution(self.seen, self.settings))

    def _exempt(self, part: str, vpc: Vpc) -> Iterator[Line]:
        exempt = is_exempt(vpc.tags)
        words = (
            f"our VPC {vpc.id} is {'exempt: it is out of every rule' if exempt else 'not exempt'}"
        )
        yield self._line(part, "exempt", RESULTS[not exempt], words)

    def _verdicts(self, part: str, items: Iterable[Change | Finding | Deferral]) -> Iterator[Line]:
        """Yield what the rule says of this side: changes due, what is in the way, what waits."""
        for item in items:
            match item:
                case Deferral(hint=hint) if (hint.location, hint.id) == self._key:
                    yield self._line(part, "verdict", "wait", item.why)
                case Finding(code=code) if code in IN_THE_WAY and self._is_about(item):
                    yield self._line(part, code.value, "fail", item.message)
                case Finding(code=Code.NARROW | Code.WIDER | Code.LEFT_TO_OWNER) if self._is_about(
                    item
                ):
                    yield self._line(part, item.code.value, "-", item.message)
                case AcceptPeering() | CreateRoute() | AllowRemoteDnsResolution():
                    if self._is_ours(item):
                        yield self._line(part, type(item).__name__, "due", item.reason)
                case _:
                    continue

    @property
    def _key(self) -> tuple[object, str]:
        return self.own.location, self.view.id

    def _is_about(self, finding: Finding) -> bool:
        table = self.seen.route_tables.get((finding.location, finding.subject))
        if table and table.vpc_id != self.own.vpc_id:
            return False
        return (finding.location, finding.pcx_id or finding.subject) == self._key

    def _is_ours(self, change: AcceptPeering | CreateRoute | AllowRemoteDnsResolution) -> bool:
        if (change.location, change.pcx_id) != self._key:
            return False
        match change:
            case AcceptPeering(vpc_id=vpc_id):
                return vpc_id == self.own.vpc_id
            case CreateRoute(route_table_id=table):
                return self.seen.route_tables[change.location, table].vpc_id == self.own.vpc_id
            case AllowRemoteDnsResolution(requester_side=requester):
                return requester == (self.own == self.view.requester)
