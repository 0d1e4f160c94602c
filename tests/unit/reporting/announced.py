"""One report, or one change, behind each kind of announcement: their page's examples are made of these."""

import json
from dataclasses import replace
from typing import Any

from peerkeeper.fleet_sweep.summary import summary_of
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rules.consent_withdrawn import consent_withdrawn
from peerkeeper.planning.status_tag import DAY
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.bus_events import Announcement, DetailType
from peerkeeper.reporting.notices import digest, notices
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.values.changes import (
    AcceptPeering,
    CreateRoute,
    DeleteRoute,
    EnableDnsSupport,
    TagStatus,
)
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.consents import Breadth, Consent
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function
from peerkeeper.values.tag_acts import TagAct

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    US,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

EXPIRES = 1_773_046_860
SELF_WORD = (("peerkeeper:peers", "self"),)
SELF = Consent(TOKYO_VPC, "peerkeeper:peers", "self", Breadth.SELF)
ALONE = Consent(PCX, "peerkeeper:approved", "true", Breadth.PEERING)
ACCEPT = AcceptPeering(
    TOKYO, PCX, TOKYO_VPC, reason=f"our side agrees to meet {SEOUL_VPC} in {SEOUL}", consent=SELF
)
ROUTE = CreateRoute(SEOUL, SEOUL_TABLE, TOKYO_CIDR, PCX, reason="", consent=ALONE)
CARRIES = SideVerdict(PCX, SEOUL, SEOUL_VPC, carried=1)
STALE = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, OLD_PCX, reason="")


def done(function: Function, *changes, **more) -> Report:
    return Report(
        function, Mode.FULL, tuple(Outcome(change, Result.APPLIED) for change in changes), **more
    )


ORDERS = (("Name", "orders"), ("Owner", "payments"))
DATA = (("Name", "data"), ("Team", "platform"))
PEER = vpc(SEOUL, tags=ORDERS)
NAT = table(TOKYO, route("10.39.0.0/16", "nat-0a39a39a39a39a3a1"), tags=(("Name", "private"),))


def change_of(*resources, now=0.0, mode="full") -> TagStatus:
    """The status that the rules and the verdicts make of a world."""
    seen, set_to = snapshot(*resources, now=now), settings(mode=Mode(mode))
    made, _ = judged(plan(seen, set_to), seen, set_to)
    (change,) = (one for one in made.changes if isinstance(one, TagStatus))
    return change


def told_of(*resources, now=0.0) -> tuple[Announcement, ...]:
    """What people are told of a world."""
    return notices(change_of(*resources, now=now))


def withdrawn() -> Finding:
    """What is found where the tag of a VPC that routes a peering was just taken."""
    act = TagAct(TOKYO, TOKYO_VPC, ("peerkeeper:peers",), taken=True, actor=OPERATOR, at=AT)
    routed = table(TOKYO, route("10.39.0.0/16", PCX))
    seen = snapshot(peering(), vpc(tags=DATA), routed, tag_acts=frozenset({act}))
    (found,) = consent_withdrawn(seen, settings())
    return found


OPERATOR, AT = "arn:aws:iam::111122223333:user/operator", "2026-03-02T09:01:00Z"


def example(kind: DetailType) -> Announcement:
    """Return an announcement of this kind, made by the code that makes them."""
    pending = peering(status="pending-acceptance", expires=EXPIRES)
    silent, ours = vpc(tags=DATA), vpc(tags=(*DATA, *SELF_WORD))
    match kind:
        case DetailType.HELD:
            return told_of(pending, silent, PEER)[0]
        case DetailType.EXPIRING:
            return told_of(pending, silent, PEER, now=EXPIRES - DAY)[0]
        case DetailType.EXPIRED:
            return told_of(peering(status="expired"), silent, PEER)[0]
        case DetailType.NOT_CARRYING | DetailType.CONFLICT:
            return told_of(peering(), ours, PEER, NAT)[kind is DetailType.CONFLICT]
        case DetailType.DIGEST:
            return digest(
                [
                    change_of(pending, silent, PEER),
                    change_of(peering(id=OLD_PCX), ours, PEER, NAT),
                ]
            )
        case DetailType.FLEET_SWEPT:
            return Announcement(kind, json.dumps(fleet_swept(), sort_keys=True))
    sweep = Function.SWEEP
    report = {
        DetailType.ACCEPTED: done(Function.CONNECT, ACCEPT),
        DetailType.ROUTES: done(Function.CONNECT, ROUTE),
        DetailType.CARRIES: done(Function.CONNECT, ROUTE, verdicts=(CARRIES,)),
        DetailType.WITHDRAWN: done(Function.CONNECT, findings=(withdrawn(),)),
        DetailType.STALE: done(Function.CLEAN, STALE),
        DetailType.DRIFT: done(
            sweep, handed_on=(ROUTE, EnableDnsSupport(SEOUL, SEOUL_VPC, reason=""))
        ),
        DetailType.SWEPT: done(
            sweep,
            findings=(Finding(Code.SURPLUS, SEOUL, SEOUL_TABLE, "x"),),
            verdicts=(CARRIES,),
        ),
        DetailType.UNREACHABLE: done(sweep, findings=(unreachable(),)),
        DetailType.WITHHELD: done(Function.CLEAN, findings=(WITHHELD,)),
    }[kind]
    (found,) = (one for one in announcements(report) if one.kind is kind)
    return found


def fleet_swept() -> dict[str, Any]:
    """The detail that the summary's function returns, and the state machine puts on the bus."""
    done = {"location": str(SEOUL), "findings": {"dns-off": 1}, "hand_offs": 1, "calls": 9}
    done["verdicts"] = {"carries": 3, "partly": 1}
    why = unreachable(TOKYO).message
    lost = {
        "location": str(TOKYO),
        "findings": {Code.UNREACHABLE.value: 1},
        "unread": True,
        "why": why,
    }
    children = [{"Output": json.dumps({"results": [done]})}]
    failed = [{"Cause": json.dumps({"results": [lost]})}]
    off = {"location": f"{US}/ap-east-1", "why": "the region is not enabled in this account"}
    summary = summary_of("20260302T090000", {"SUCCEEDED": children, "FAILED": failed}, [off])
    return summary.detail("s3://peerkeeper-sweeps/sweeps/20260302T090000/summary.json")


WITHHELD = Finding(
    Code.BRAKE,
    SEOUL,
    str(SEOUL),
    "12 of 14 routes to peerings look stale by absence: none is deleted; see that the peerings are gone",
)


def unreachable(where=SEOUL) -> Finding:
    role = "arn:aws:iam::111122223333:role/peerkeeper-spoke-sweep"
    words = f"the role {role} cannot be assumed: deploy spoke.yaml there"
    return replace(WITHHELD, code=Code.UNREACHABLE, location=where, message=words)
