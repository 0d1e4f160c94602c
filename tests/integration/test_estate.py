"""The large estate is what it says: counts, kinds as EC2 shows them, and the same at each build."""

from collections import Counter
from ipaddress import ip_network
from itertools import combinations

import pytest

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.names import HOSTILE, LONG, PEERINGS
from peerkeeper_local.seeds.estate.places import ACCOUNTS, FOREIGN
from peerkeeper_local.seeds.estate.rows import AGREED
from peerkeeper_local.seeds.estate.stage import EstateStage
from peerkeeper_local.seeds.estate.trait import Trait
from peerkeeper_local.seeds.estate.vpc import MAIN
from peerkeeper_local.seeds.estate.vpc_list import PODS, SAME
from tests.integration.seen_estate import SeenEstate, described, tags
from tests.served import ROOT

PENDING = ("pending-acceptance", "pending-acceptance")
ROUTED = (
    Kind.HAND,
    Kind.BY_VPC,
    Kind.BY_ACCOUNT,
    Kind.BY_SELF,
    Kind.BY_APPROVAL,
    Kind.CLAIM_HELD,
    Kind.DIVERTED,
    Kind.SURPLUS,
    Kind.EXEMPT,
)
"""Kinds that are routed whole on both sides."""
UNTAGGED = (Kind.HAND, Kind.HAND_PART, Kind.HALF_SIDE, Kind.HALF_TABLE, Kind.HALF_MAIN)
COUNTS = {
    Kind.HAND: 105,
    Kind.HAND_PART: 15,
    Kind.BY_ACCOUNT: 8,
    Kind.BY_VPC: 6,
    Kind.BY_SELF: 6,
    Kind.BY_APPROVAL: 6,
    Kind.STALE_GONE: 6,
    Kind.FOREIGN_HAND: 5,
    Kind.UNROUTED: 4,
    Kind.HALF_SIDE: 4,
    Kind.HALF_TABLE: 4,
    Kind.HALF_MAIN: 4,
    Kind.STALE_DELETED: 4,
    Kind.PENDING_NOT_AGREED: 4,
    Kind.TWIN: 4,
    Kind.TWIN_AGREED: 4,
    Kind.REPORT: 4,
    Kind.TAG_FAULT: 4,
    Kind.HALF_AGREED: 3,
    Kind.PENDING_AGREED: 3,
    Kind.PENDING_NOT_ALLOWED: 3,
    Kind.PENDING_EXPIRING: 3,
    Kind.EXPIRED: 3,
    Kind.REJECTED: 3,
    Kind.NARROW: 3,
    Kind.BY_LIST: 3,
    Kind.LISTED: 3,
    Kind.EXEMPT: 3,
    Kind.PENDING_OUTSIDE: 1,
}
"""Two of every other kind."""


@pytest.fixture(scope="module")
def stage():
    with EstateStage() as stage:
        yield stage


@pytest.fixture(scope="module")
def seen(stage):
    return SeenEstate(stage)


def each(seen, *kinds):
    """Each peering of the kinds, with the requester's VPC and the accepter's."""
    for kind in kinds:
        for pcx in seen.estate.kinds[kind]:
            yield (pcx, *seen.estate.sides(pcx))


def test_sixty_vpcs_in_four_accounts_and_three_regions(seen) -> None:
    ours = {place: lists for place, lists in seen.shown.items() if place[0] in ACCOUNTS}
    assert len(ours) == 12
    assert all(lists["Vpcs"] for lists in ours.values())
    assert sum(len(lists["Vpcs"]) for lists in ours.values()) == 60
    assert not any(vpc["IsDefault"] for lists in ours.values() for vpc in lists["Vpcs"])
    assert sum(len(lists["NatGateways"]) for lists in ours.values()) > 10


def test_each_peering_has_one_kind_and_each_kind_its_number(seen) -> None:
    kinds = seen.estate.kinds
    assert {kind: len(ids) for kind, ids in kinds.items()} == {
        kind: COUNTS.get(kind, 2) for kind in Kind
    }
    every = [pcx for ids in kinds.values() for pcx in ids]
    assert len(every) == len({*every}) == len(seen.estate.rows)
    assert all(kind.words for kind in Kind)


def test_the_page_has_the_figures(seen) -> None:
    abroad = sum(
        any(side.plan.account in FOREIGN for side in seen.estate.sides(pcx))
        for pcx in seen.estate.rows
    )
    words = " ".join((ROOT / "docs/start/local-cloud.md").read_text().split())
    among = f"{len(seen.estate.rows) - abroad} peerings among them, and {abroad} with"
    assert among in words
    assert f"{len(Kind)} kinds" in words


def test_cidrs_overlap_on_purpose_alone(seen) -> None:
    def overlap(one, other):
        pairs = ((a, b) for a in one.plan.cidrs for b in other.plan.cidrs)
        return any(ip_network(a).overlaps(ip_network(b)) for a, b in pairs)

    vpcs = seen.estate.vpcs
    shown = {
        key: {each["CidrBlock"] for each in seen.vpc(vpc)["CidrBlockAssociationSet"]}
        for key, vpc in vpcs.items()
    }
    assert shown == {key: {*vpc.plan.cidrs} for key, vpc in vpcs.items()}
    found = [{a, b} for a, b in combinations(vpcs, 2) if overlap(vpcs[a], vpcs[b])]
    assert sorted(map(sorted, found)) == sorted(map(sorted, SAME))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_status_on_both_sides(seen, kind: Kind) -> None:
    ended = {
        Kind.STALE_GONE: (None, None),
        Kind.STALE_DELETED: ("deleted", "deleted"),
        Kind.FOREIGN_ENDED: ("deleted", "deleted"),
        Kind.STALE_REJECTED: ("rejected", "rejected"),
        Kind.REJECTED: ("rejected", "rejected"),
        Kind.STALE_EXPIRED: ("expired", "expired"),
        Kind.EXPIRED: ("expired", "expired"),
        Kind.FAILED_OVERLAP: ("failed", None),
        Kind.FAILED_SECONDARY: ("failed", None),
        Kind.FAILED_WRONG_ID: ("failed", None),
    }
    waits = kind.startswith(("pending", "reversed"))
    expected = ended.get(kind, PENDING if waits else ("active", "active"))
    found = seen.statuses(kind)
    if kind is Kind.FAILED_OVERLAP:  # both VPCs of the second are in one location
        found.discard(("failed", "failed"))
    assert found == {expected}


@pytest.mark.parametrize("kind", ROUTED)
def test_both_sides_route_the_whole_in_each_table_in_use(seen, kind: Kind) -> None:
    for pcx, one, other in each(seen, kind):
        assert seen.reaches(one, other, pcx)
        assert seen.reaches(other, one, pcx)


def test_a_network_that_several_have_is_routed_to_none_of_them(seen) -> None:
    for pcx, one, other in each(seen, Kind.HAND_PART):
        assert seen.reaches(one, other, pcx)
        assert seen.reaches(other, one, pcx)
        shared = {PODS} & {*one.plan.cidrs, *other.plan.cidrs}
        assert shared
        assert not shared & {*seen.routed(one, pcx), *seen.routed(other, pcx)}


def test_vpcs_and_peerings_made_by_hand_have_no_tag_of_peerkeepers(seen) -> None:
    for pcx, one, other in each(seen, *UNTAGGED):
        documents = (seen.vpc(one), seen.vpc(other), seen.peering(pcx, one))
        keys = {key for document in documents for key in tags(document)}
        assert not any("peerkeeper" in key.lower() for key in keys)


@pytest.mark.parametrize("kind", [*AGREED, Kind.BY_APPROVAL, Kind.TWIN_AGREED])
def test_tags_of_both_sides_agree(seen, kind: Kind) -> None:
    for pcx, one, other in each(seen, kind):
        assert seen.agrees(one, other, pcx)
        assert seen.agrees(other, one, pcx)


def test_half_of_a_peering_is_routed(seen) -> None:
    for pcx, one, other in each(seen, Kind.HALF_SIDE):
        assert seen.reaches(one, other, pcx)
        assert not seen.routed(other, pcx)
    for pcx, one, other in each(seen, Kind.HALF_TABLE):
        assert seen.reaches(one, other, pcx)
        tables = seen.routed(other, pcx)[one.plan.cidr]
        assert tables < seen.used(other)
    for pcx, one, other in each(seen, Kind.HALF_MAIN):
        assert seen.reaches(one, other, pcx)
        assert seen.routed(other, pcx)[one.plan.cidr] == {other.tables[MAIN]}
        assert other.tables[MAIN] not in seen.used(other)
    for pcx, one, other in each(seen, Kind.UNROUTED):
        assert not seen.routed(one, pcx)
        assert not seen.routed(other, pcx)
    for pcx, one, other in each(seen, Kind.HALF_AGREED):
        assert not seen.routed(one, pcx)
        assert seen.routed(other, pcx)


@pytest.mark.parametrize(
    "kind",
    [
        Kind.STALE_DELETED,
        Kind.STALE_GONE,
        Kind.STALE_REJECTED,
        Kind.STALE_EXPIRED,
        Kind.FOREIGN_ENDED,
    ],
)
def test_routes_of_what_ended_are_blackholes(seen, kind: Kind) -> None:
    for pcx, one, _other in each(seen, kind):
        assert seen.states(one, pcx) == {"blackhole"}


def test_the_dead_routes_of_the_peering_before_are_in_the_way(seen) -> None:
    gone = {*seen.estate.kinds[Kind.STALE_GONE]}
    for _pcx, one, other in each(seen, Kind.REPLACED):
        for own, peer in ((one, other), (other, one)):
            assert any(peer.plan.cidr in seen.routed(own, before) for before in gone)


def test_requests_wait_for_the_reason_that_they_stand_for(seen) -> None:
    for kind, agreed in (
        (Kind.PENDING_AGREED, True),
        (Kind.PENDING_NOT_ALLOWED, True),
        (Kind.PENDING_CHARGES, True),
        (Kind.PENDING_OUTSIDE, True),
        (Kind.PENDING_NOT_AGREED, False),
        (Kind.PENDING_EXPIRING, False),
        (Kind.TWIN, False),
    ):
        assert {seen.agrees(other, one, pcx) for pcx, one, other in each(seen, kind)} == {agreed}
    for _, one, other in each(seen, Kind.PENDING_NOT_ALLOWED):
        assert one.plan.account in FOREIGN
        assert other.plan.account not in FOREIGN
    assert {one.plan.cidr for _, one, _ in each(seen, Kind.PENDING_OUTSIDE)} == {"203.0.113.0/24"}
    for _, _, other in each(seen, Kind.PENDING_EXEMPT):
        assert tags(seen.vpc(other))["peerkeeper:exempt"] == "true"
    for pcx, one, _ in each(seen, Kind.PENDING_CHARGES):
        assert seen.peering(pcx, one)["MultipathResilienceStatus"] == "pending"


def test_what_expires_does_so_within_a_day_and_nothing_else(seen) -> None:
    now = seen.stage.cloud.clock.utc()
    within = {
        pcx
        for pcx, one, _ in each(seen, *Kind)
        if (shown := seen.peering(pcx, one)) and "ExpirationTime" in shown
        if (shown["ExpirationTime"] - now).total_seconds() < 86_400
    }
    assert within == {*seen.estate.kinds[Kind.PENDING_EXPIRING]}


def test_a_twin_waits_beside_a_live_peering_and_ec2_refuses_it(seen) -> None:
    live = {(row.one, row.other): pcx for pcx, row in seen.estate.rows.items()}
    for pcx, one, other in each(seen, Kind.TWIN, Kind.TWIN_AGREED):
        beside = live[other.plan.key, one.plan.key]
        assert seen.peering(beside, other)["Status"]["Code"] == "active"
        ec2 = seen.stage.ec2(other.plan.region, other.plan.account)
        with pytest.raises(ec2.exceptions.ClientError, match="AlreadyExists"):
            ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)


def test_some_tables_are_narrow(seen) -> None:
    for pcx, one, other in each(seen, Kind.NARROW):
        routed = seen.routed(one, pcx)
        assert len(routed) == 2
        assert all(ip_network(to).subnet_of(ip_network(other.plan.cidr)) for to in routed)
        assert other.plan.cidr not in routed
        assert seen.reaches(other, one, pcx)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (Kind.COVERED_NAT, "NatGatewayId"),
        (Kind.COVERED_TRANSIT, "TransitGatewayId"),
        (Kind.COVERED_INTERFACE, "NetworkInterfaceId"),
    ],
)
def test_a_wider_route_is_in_the_way(seen, kind: Kind, target: str) -> None:
    for pcx, one, _other in each(seen, kind):
        assert seen.targets(one, "10.0.0.0/8") == {target}
        assert not seen.routed(one, pcx)


def test_another_route_has_the_place_or_a_part_of_it(seen) -> None:
    hosts = {"NetworkInterfaceId", "InstanceId"}
    for pcx, one, other in each(seen, Kind.CONFLICT):
        assert seen.targets(one, other.plan.cidr) <= hosts
        assert not seen.routed(one, pcx)
    for _, one, other in each(seen, Kind.DIVERTED):
        assert seen.targets(one, other.plan.part(4)) <= hosts
    for pcx, one, other in each(seen, Kind.SURPLUS):
        assert {*seen.routed(one, pcx)} > {*other.plan.cidrs}


def test_two_peers_claim_one_network(seen) -> None:
    def claimed(kind):
        return [{*other.plan.cidrs} for _, _, other in each(seen, kind)]

    one, other = claimed(Kind.CLAIMED_TWICE)
    assert one == other
    one, other = claimed(Kind.CLAIMED_PART)
    assert len(one & other) == 1
    assert one != other
    held = {(one.id, other.plan.cidr): pcx for pcx, one, other in each(seen, Kind.CLAIM_HELD)}
    for pcx, one, other in each(seen, Kind.CLAIM_LOST):
        assert other.plan.cidr in seen.routed(one, held[one.id, other.plan.cidr])
        assert not seen.routed(one, pcx)


def test_prefix_lists_route_some_peerings_and_are_in_the_way_of_others(seen) -> None:
    def entries(vpc, name):
        ec2 = seen.stage.ec2(vpc.plan.region, vpc.plan.account)
        found = ec2.get_managed_prefix_list_entries(PrefixListId=name)["Entries"]
        return {entry["Cidr"] for entry in found}

    for pcx, one, other in each(seen, Kind.BY_LIST):
        ((name, tables),) = seen.routed(one, pcx).items()
        assert tables == seen.used(one)
        assert entries(one, name) == {other.plan.cidr}
    for _, one, other in each(seen, Kind.LIST_CONFLICT):
        away = {
            r["DestinationPrefixListId"] for _, r in seen.routes(one) if "TransitGatewayId" in r
        }
        assert any(other.plan.cidr in entries(one, name) for name in away)


def test_tables_say_who_looks_after_them(seen) -> None:
    for kind, said in ((Kind.REPORT, "report"), (Kind.NONE, "none")):
        for _, one, _ in each(seen, kind):
            assert seen.table_tags(one) == {said}
    listed = seen.estate.kinds[Kind.LISTED]
    for _, one, _ in each(seen, Kind.LISTED):
        assert seen.table_tags(one) == {" ".join(listed[:2])}
    terraform = {one.id for _, one, _ in each(seen, Kind.REPORT)}
    assert {*seen.estate.traits[Trait.TERRAFORM]} == terraform


def test_tags_that_are_written_wrong_agree_to_nothing(seen) -> None:
    for pcx, one, other in each(seen, Kind.TAG_FAULT):
        assert not seen.agrees(one, other, pcx)
        assert seen.agrees(other, one, pcx)
        assert one.id in seen.estate.traits[Trait.TAG_FAULT]


def test_foreign_accounts_are_on_one_side_of_what_says_so(seen) -> None:
    for kind in Kind:
        abroad = {
            any(side.plan.account in FOREIGN for side in seen.estate.sides(pcx))
            for pcx in seen.estate.kinds[kind]
        }
        foreign = kind.startswith("foreign") or kind in (
            Kind.PENDING_NOT_ALLOWED,
            Kind.PENDING_ABROAD,
            Kind.FAILED_WRONG_ID,
        )
        assert abroad == {foreign}, kind


def test_nobody_here_may_assume_a_role_of_a_foreign_account(stage) -> None:
    sts = stage.cloud.client("sts", "ap-northeast-2")
    for account in ACCOUNTS[1:]:
        sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/admin", RoleSessionName="me")
    for account in FOREIGN:
        with pytest.raises(sts.exceptions.ClientError, match="AccessDenied"):
            sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/admin", RoleSessionName="me")


def test_dns_is_on_and_off(seen) -> None:
    counts = {pcx: seen.resolves(pcx) for pcx in seen.estate.rows}
    for trait, sides in ((Trait.DNS_BOTH, 2), (Trait.DNS_ONE, 1)):
        assert {*seen.estate.traits[trait]} == {p for p, n in counts.items() if n == sides}
        assert len(seen.estate.traits[trait]) > 10
    off = {vpc.id for vpc in seen.estate.vpcs.values() if not seen.host_names(vpc)}
    assert off == {*seen.estate.traits[Trait.HOST_NAMES_OFF]}
    live = each(seen, *AGREED)
    assert {bool(off & {one.id, other.id}) for _, one, other in live} == {True, False}


def test_settings_are_asked_for_and_declined(seen) -> None:
    said = Counter(
        (key, value)
        for vpc in seen.estate.vpcs.values()
        for key, value in tags(seen.vpc(vpc)).items()
        if key in ("peerkeeper:dns", "peerkeeper:public-ip", "peerkeeper:exempt")
    )
    assert said == {
        ("peerkeeper:dns", "enforce"): 1,
        ("peerkeeper:dns", "leave"): 2,
        ("peerkeeper:dns", "on"): 1,
        ("peerkeeper:public-ip", "enforce"): 2,
        ("peerkeeper:exempt", "true"): 2,
    }
    to_switch = {
        subnet["VpcId"]
        for lists in seen.shown.values()
        for subnet in lists["Subnets"]
        if subnet["MapPublicIpOnLaunch"] and "private" in tags(subnet).get("Name", "")
    }
    assert to_switch == {seen.estate.vpcs["perf"].id}


def test_names_that_are_hard_to_show_come_back_as_they_were_given(seen) -> None:
    for key, name in HOSTILE.items():
        assert tags(seen.vpc(seen.estate.vpcs[key]))["Name"] == name
    assert len(LONG) == 255
    hostile = seen.estate.traits[Trait.HOSTILE_PEERING]
    named = [tags(seen.peering(pcx, seen.estate.sides(pcx)[0]))["Name"] for pcx in hostile]
    assert named == [*PEERINGS]
    for vpc in seen.estate.traits[Trait.NAMELESS]:
        (found,) = (v for v in seen.estate.vpcs.values() if v.id == vpc)
        assert "Name" not in tags(seen.vpc(found))


FINDINGS = {
    Kind.HAND: "routed-not-approved",
    Kind.UNROUTED: "not-carrying",
    Kind.HALF_AGREED: "not-carrying",
    Kind.HALF_SIDE: "not-approved",
    Kind.HALF_MAIN: "not-approved",
    Kind.FAILED_OVERLAP: "request-failed",
    Kind.FAILED_SECONDARY: "request-failed",
    Kind.FAILED_WRONG_ID: "request-failed",
    Kind.PENDING_NOT_AGREED: "held-not-approved",
    Kind.PENDING_NOT_ALLOWED: "held-account-not-allowed",
    Kind.PENDING_EXPIRING: "held-not-approved",
    Kind.PENDING_EXEMPT: "held-exempt",
    Kind.PENDING_OUTSIDE: "held-destination-not-allowed",
    Kind.PENDING_CHARGES: "held-multipath-charges",
    Kind.EXPIRED: "request-expired",
    Kind.STALE_EXPIRED: "request-expired",
    Kind.TWIN: "held-twin",
    Kind.TWIN_AGREED: "held-twin",
    Kind.NARROW: "narrow-routes-kept",
    Kind.COVERED_NAT: "route-conflict",
    Kind.COVERED_TRANSIT: "route-conflict",
    Kind.COVERED_INTERFACE: "route-conflict",
    Kind.CONFLICT: "route-conflict",
    Kind.DIVERTED: "diverted",
    Kind.SURPLUS: "surplus-route",
    Kind.REPLACED: "dead-route",
    Kind.CLAIMED_TWICE: "route-conflict",
    Kind.CLAIMED_PART: "route-conflict",
    Kind.CLAIM_LOST: "claimed-twice",
    Kind.LIST_CONFLICT: "prefix-list-conflict",
    Kind.TAG_FAULT: "tag-fault",
    Kind.FOREIGN_UNROUTED: "not-approved",
}
"""What the sweep finds of some peering of the kind."""


def test_the_functions_find_what_each_kind_stands_for_and_change_nothing(stage) -> None:
    stage.pump.sweep()
    told = [(f["code"], f"{f['subject']} {f['message']}") for f in stage.findings()]
    assert list(stage.writes()) == []
    for kind, code in FINDINGS.items():
        ids = stage.estate.kinds[kind]
        assert any(code == found and any(pcx in words for pcx in ids) for found, words in told), (
            kind
        )


def test_a_second_build_is_the_same_to_the_last_id(seen) -> None:
    # Last of all: the first cloud is closed for it, since a process has one at a time.
    first, kinds = seen.shown, seen.estate.kinds
    seen.stage.__exit__()
    with EstateStage() as again:
        assert again.estate.kinds == kinds
        assert described(again) == first
