"""Peerings that were active and carried nothing, as users and AWS's own pages describe them: where it stops.

Each case names its source. Issues are named as `owner/repository number`.
"""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location, Side, network
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import traffic

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    table,
)
from tests.hosts import ALL_IN_AND_OUT, SEOUL_SUBNET, acl, end_of, group, hosts, stopped

OPEN_OUT, OPEN_IN = "out 100 allow all 0.0.0.0/0", "in 100 allow all 0.0.0.0/0"
WEB = (group(TOKYO, "in tcp/443 10.39.0.0/16", "in tcp/22 10.39.0.0/16", "out all 0.0.0.0/0"),)
TO_SEOUL, TO_TOKYO = route("10.39.0.0/16", PCX), route("172.31.0.0/16", PCX)
OUT_SEOUL, OUT_TOKYO = f"there {SEOUL_TABLE}", f"back {TOKYO_TABLE}"
REACHES: dict[str, str] = {}


def tokyos(*entries, **changed):
    """The two hosts, with this ACL in Tokyo."""
    return hosts(acls=(acl(TOKYO, *entries),), **changed)


def routed(*, seoul=(TO_TOKYO,), tokyo=(TO_SEOUL,), **changed):
    """The two hosts, with these routes."""
    return hosts(routes={SEOUL: seoul, TOKYO: tokyo}, **changed)


def dead(one):
    return replace(one, blackhole=True)


def both(*entries):
    """The two hosts, with this ACL in both subnets."""
    return hosts(acls=tuple(acl(where, *entries) for where in (SEOUL, TOKYO)))


CASES = {
    # AWS, VPC Peering Guide, troubleshoot a VPC peering connection: its list of hops, one after the other
    "AWS troubleshoot 1: the route to the peer is missing here": (
        routed(seoul=()), "tcp/22", {OUT_SEOUL: ""}),
    "AWS troubleshoot 1: the route to the peer is missing there": (
        routed(tokyo=()), "tcp/22", {OUT_TOKYO: ""}),
    "AWS troubleshoot 2: the group does not allow traffic from the peer": (
        hosts(groups=(group(TOKYO, "in tcp/22 172.31.0.0/16", "out all 0.0.0.0/0"),)),
        "tcp/22", {"there sg-tokyo": ""}),
    "AWS troubleshoot 3: the ACL of this subnet does not allow it": (
        hosts(acls=(acl(SEOUL, OPEN_IN),)), "tcp/22", {"there acl-seoul": "entry *"}),
    "AWS troubleshoot 3: the ACL of the peer's subnet does not allow it": (
        tokyos(OPEN_OUT), "tcp/22", {"there acl-tokyo": "entry *"}),
    "AWS troubleshoot: nothing is wrong with any of them": (hosts(), "tcp/22", REACHES),
    # AWS, VPC Peering Guide, lifecycle and basics
    "AWS lifecycle: nobody has accepted": (
        routed(status="pending-acceptance", seoul=(dead(TO_TOKYO),), tokyo=()), "icmp",
        {OUT_SEOUL: f"172.31.0.0/16 -> {PCX}", f"there {PCX}": "", OUT_TOKYO: ""}),
    "AWS lifecycle: deleted, both routes are blackholes": (
        routed(status="deleted", seoul=(dead(TO_TOKYO),), tokyo=(dead(TO_SEOUL),)),
        "icmp",
        {OUT_SEOUL: f"172.31.0.0/16 -> {PCX}", f"there {PCX}": "", OUT_TOKYO: f"10.39.0.0/16 -> {PCX}"}),
    "AWS basics: a peering with a third VPC does not lead on to its peers": (
        hosts(peerings=(replace(peering(SEOUL), accepter=Side(TOKYO, "vpc-hub")),)), "icmp",
        {OUT_SEOUL: f"172.31.0.0/16 -> {PCX}", "there ": "", OUT_TOKYO: f"10.39.0.0/16 -> {PCX}"}),
    "AWS basics: the peer's internet gateway is no way back": (
        routed(tokyo=(route("0.0.0.0/0", "igw-1"),)), "icmp", {OUT_TOKYO: "0.0.0.0/0 -> igw-1"}),
    # AWS, VPC Peering Guide, configurations with specific routes
    "AWS specific routes: a route to the peer's subnet alone is enough": (
        routed(seoul=(route("172.31.16.0/20", PCX),)), "icmp", REACHES),
    "AWS specific routes: a route to one instance alone is enough for it": (
        routed(seoul=(route("172.31.16.9/32", PCX),)), "icmp", REACHES),
    "AWS specific routes: a route to another instance is none": (
        routed(seoul=(route("172.31.16.10/32", PCX),)), "icmp", {OUT_SEOUL: ""}),
    "AWS longest prefix: the narrower route leads to a third VPC of the same CIDR": (
        routed(seoul=(TO_TOKYO, route("172.31.16.0/24", OLD_PCX))), "icmp",
        {OUT_SEOUL: f"172.31.16.0/24 -> {OLD_PCX}"}),
    "AWS route tables: no reverse path check, and replies go to the other VPC of that CIDR": (
        routed(tokyo=(route("10.39.1.0/24", OLD_PCX), TO_SEOUL),
               peerings=(peering(), replace(peering(), id=OLD_PCX, requester=Side(SEOUL, "vpc-other")))),
        "icmp", {OUT_TOKYO: f"10.39.1.0/24 -> {OLD_PCX}"}),
    # AWS, VPC User Guide, network ACLs
    "AWS ACLs: the lowest number decides, whatever a higher one says": (
        tokyos(OPEN_OUT, "in 100 allow tcp/22 0.0.0.0/0", "in 90 deny tcp/22 10.39.0.0/16"),
        "tcp/22", {"there acl-tokyo": "entry 90"}),
    "AWS ACLs: a custom one denies everything until somebody edits it": (
        tokyos("in * deny all 0.0.0.0/0", "out * deny all 0.0.0.0/0"),
        "icmp", {"there acl-tokyo": "entry *", "back acl-tokyo": "entry *"}),
    "AWS ACLs: its example opens 32768 to 65535 for the replies, and both usual systems get them": (
        tokyos(OPEN_IN, "out 140 allow tcp/32768-65535 0.0.0.0/0"), "tcp/22", REACHES),
    # Ephemeral ports, as users met them
    "cloudwithgagan.com, group against ACL: 443 may enter, and no reply may leave": (
        tokyos("in 100 allow tcp/443 0.0.0.0/0", "out 100 allow tcp/443 0.0.0.0/0", groups=WEB),
        "tcp/443", {"back acl-tokyo": "entry *"}),
    "devopsacademyau/academy 990 and 1027: both ACLs let SSH in, and nothing else": (
        both("in 100 allow tcp/22 0.0.0.0/0", OPEN_OUT),
        "tcp/22", {"back acl-seoul": "entry *"}),
    "AWS ACLs: port 22 is opened both ways in both ACLs, and no ephemeral port": (
        both("in 100 allow tcp/22 0.0.0.0/0", "out 100 allow tcp/22 0.0.0.0/0"),
        "tcp/22", {"back acl-tokyo": "entry *", "back acl-seoul": "entry *"}),
    "scalar-labs/scalar-kubernetes 165: replies to the peer's ephemeral ports were not let out": (
        tokyos("in 100 allow tcp/40051-40052 10.39.0.0/16", "out 100 allow tcp/40051-40052 10.39.0.0/16",
               groups=(group(TOKYO, "in tcp/40051-40052 10.39.0.0/16", "out all 0.0.0.0/0"),)),
        "tcp/40051-40052", {"back acl-tokyo": "entry *"}),
    "base/docs 1663: 32768 to 60999 let out is enough for Linux clients": (
        tokyos(OPEN_IN, "out 100 allow tcp/32768-60999 0.0.0.0/0"), "tcp/22", REACHES),
    "cisagov/cyhy_amis 6: ephemeral ports from 1025 on leave out one that no usual client takes": (
        tokyos(OPEN_IN, "out 100 allow tcp/1025-65535 0.0.0.0/0"), "tcp/22", REACHES),
    "AWS ACLs: the ports of old Windows, 1025 to 5000, serve no usual client": (
        tokyos(OPEN_IN, "out 100 allow tcp/1025-5000 0.0.0.0/0"), "tcp/22", {"back acl-tokyo": "entry *"}),
    # Ping
    "jleatham.xyz, lab: an ACL that lets only ICMP of the peer in, and all out, answers a ping": (
        tokyos("in 100 allow icmp 10.39.0.0/16", OPEN_OUT), "icmp", REACHES),
    "jleatham.xyz, lab: the same ACL stops SSH": (
        tokyos("in 100 allow icmp 10.39.0.0/16", OPEN_OUT), "tcp/22", {"there acl-tokyo": "entry *"}),
    "RFC 792: echo requests pass both ways, and the reply is another type": (
        tokyos("in 1 allow icmp/8 0.0.0.0/0", "out 1 allow icmp/8 0.0.0.0/0"),
        "icmp", {"back acl-tokyo": "entry *"}),
    "The seed: ping and SSH pass, HTTPS is stopped by Tokyo's group": (
        hosts(), "tcp/443", {"there sg-tokyo": ""}),
    "The seed, one way: Tokyo's table has only its way to the internet": (
        routed(tokyo=(route("0.0.0.0/0", "igw-1"),)), "tcp/22", {OUT_TOKYO: "0.0.0.0/0 -> igw-1"}),
    # Routes that somebody forgot, or left behind
    "grem11n/terraform-aws-vpc-peering 7: the module leaves the peer's table as it is": (
        routed(tokyo=()), "icmp", {OUT_TOKYO: ""}),
    "QT-DevOps/DevOpsIssues 105: the route is a blackhole since nobody has accepted": (
        routed(status="pending-acceptance", seoul=(dead(TO_TOKYO),)), "icmp",
        {OUT_SEOUL: f"172.31.0.0/16 -> {PCX}", f"there {PCX}": ""}),
    "cloudify-cosmo/cloudify-aws-plugin 231: the route of an old peering stays and takes the packets": (
        routed(tokyo=(route("10.39.0.0/16", OLD_PCX, blackhole=True),)), "icmp",
        {OUT_TOKYO: f"10.39.0.0/16 -> {OLD_PCX}"}),
    "amplify-education/asiaq 103: a route to the peering, but to another CIDR": (
        routed(seoul=(route("172.30.0.0/16", PCX),)), "icmp", {OUT_SEOUL: ""}),
    "kubernetes/kubernetes 33015: a dead pod route inside the peer's CIDR wins over the live one": (
        routed(seoul=(TO_TOKYO, route("172.31.16.0/24", "eni-1", blackhole=True))), "icmp",
        {OUT_SEOUL: "172.31.16.0/24 -> eni-1"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_hop_that_the_report_found_is_the_one_that_blocks(case):
    made, word, expected = CASES[case]
    answer = made.ask(word)
    assert stopped(answer) == expected
    assert answer.verdict is (Verdict.BLOCKED if expected else Verdict.REACHES)


def test_three_days_on_an_active_peering_with_routes_in_other_tables():
    """dev.to, "When VPC peering looks fine but nothing works": six tables, and two of them have the route."""
    ids = {(SEOUL, 1): (SEOUL_SUBNET,)}
    led = {(SEOUL, 0): (TO_TOKYO,), (TOKYO, 0): (TO_SEOUL,)}
    tables = [
        table(
            where,
            *led.get((where, n), ()),
            id=f"rtb-{where.region}-{n}",
            main=n == 0,
            subnet_ids=ids.get((where, n), ()),
        )
        for where in (SEOUL, TOKYO)
        for n in range(3)
    ]
    answer = hosts(route_tables=tuple(tables)).ask("tcp/22")
    assert stopped(answer) == {"there rtb-ap-northeast-2-1": ""}
    assert "create-route" in answer.blocking[0].opening.command


def test_the_return_route_went_into_another_table_of_the_peer():
    """cloudify-cosmo/cloudify-aws-plugin 116."""
    own = table(TOKYO, id="rtb-own", main=False, subnet_ids=(end_of(TOKYO).subnet_id,))
    answer = hosts(route_tables=(table(SEOUL, TO_TOKYO), table(TOKYO, TO_SEOUL), own)).ask()
    assert stopped(answer) == {"back rtb-own": ""}


def test_a_group_of_another_region_admits_nobody():
    """hashicorp/terraform-provider-aws 17537: EC2 refuses such a rule; one that exists matches nothing."""
    named = group(TOKYO, "in tcp/22 sg-seoul", "out all 0.0.0.0/0")
    answer = hosts(groups=(named,)).ask("tcp/22")
    assert stopped(answer) == {"there sg-tokyo": ""}
    assert "CidrIp=10.39.1.5/32" in answer.blocking[0].opening.command


@pytest.mark.parametrize(
    ("status", "verdict"), [("active", Verdict.REACHES), ("deleted", Verdict.BLOCKED)]
)
def test_a_group_of_a_peer_in_the_region_admits_until_the_peering_is_gone(status, verdict):
    """ansible/ansible 19759 wants it; AWS, VPC Peering Guide, stale rules."""
    near = Location(TOKYO.account_id, SEOUL.region)
    other = end_of(TOKYO, location=near)
    around = Surroundings(
        (table(SEOUL, TO_TOKYO), table(TOKYO, TO_SEOUL, location=near)),
        (acl(SEOUL, *ALL_IN_AND_OUT), acl(TOKYO, *ALL_IN_AND_OUT, location=near)),
        (
            group(SEOUL, "out all 0.0.0.0/0"),
            group(TOKYO, f"in tcp/22 sg-seoul {status}", location=near),
        ),
        (
            replace(
                peering(SEOUL), requester=Side(SEOUL, SEOUL_VPC), accepter=Side(near, TOKYO_VPC)
            ),
        ),
    )
    answer = judge(around, end_of(SEOUL), other, traffic("tcp/22"))
    assert answer.verdict is verdict


def test_a_later_ipv6_cidr_finds_no_entry_in_a_default_acl_that_was_edited():
    """AWS, VPC User Guide, default network ACL."""
    six = {
        "seoul": end_of(SEOUL, network=network("fd39::5")),
        "tokyo": end_of(TOKYO, network=network("fd31::9")),
    }
    routes = {SEOUL: (route("fd31::/56", PCX),), TOKYO: (route("fd39::/56", PCX),)}
    groups = tuple(group(where, "in all ::/0", "out all ::/0") for where in (SEOUL, TOKYO))
    edited = acl(SEOUL, *ALL_IN_AND_OUT, "in 90 deny tcp/23 0.0.0.0/0")
    untouched = acl(
        TOKYO, *ALL_IN_AND_OUT, "in 101 allow all ::/0", "out 101 allow all ::/0", default=True
    )
    answer = hosts(routes=routes, groups=groups, acls=(edited, untouched), **six).ask("icmp")
    assert stopped(answer) == {"there acl-seoul": "entry *", "back acl-seoul": "entry *"}
    assert hosts(acls=(edited,)).ask("icmp").verdict is Verdict.REACHES


def test_a_subnet_without_its_own_table_uses_the_main_one():
    """dev.to, "Building multi-Region VPC peering with Terraform": the table with the route had no subnet."""
    orphan = table(SEOUL, TO_TOKYO, id="rtb-orphan", main=False)
    answer = hosts(route_tables=(table(SEOUL), orphan, table(TOKYO, TO_SEOUL))).ask()
    assert stopped(answer) == {OUT_SEOUL: ""}
