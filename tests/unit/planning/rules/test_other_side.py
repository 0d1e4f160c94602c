"""What the owner of a peer must do where we hold no role: one case for each row of the rule's table."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.other_side import other_side
from peerkeeper.planning.rules.unseen_other_side import unseen_other_side
from peerkeeper.values.ec2 import Location, Side, network
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    FOREIGN,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    THEM,
    US,
    peering,
    settings,
    snapshot,
    vpc,
)

ABROAD = Location(US, "eu-west-1")
"""Our own account, in a region that is not looked after."""
THEIRS = "vpc-0d44d44d44d44d441"
AGREED = (("peerkeeper:peers", f"{THEM} self"),)


def judged(rule, status="active", peer=FOREIGN, *, asked_by_us=True, option=False, **changed):
    ours, theirs = Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)), Side(peer, THEIRS)
    theirs = replace(theirs, allows_remote_dns=option)
    sides = (ours, theirs) if asked_by_us else (theirs, ours)
    pcx = peering(SEOUL, status, requester=sides[0], accepter=sides[1])
    seen = snapshot(pcx, vpc(SEOUL, tags=changed.pop("tags", AGREED), **changed.pop("own", {})))
    seen = replace(seen, unread=changed.pop("unread", {}))
    known = settings(allowed_accounts=frozenset({US, THEM}), **changed)
    return [finding.message.splitlines() for finding in rule(seen, known)]


def operations(found):
    return [[line.split()[2] for line in lines[1:]] for lines in found]


ACCEPT = "accept-vpc-peering-connection"
REST = ["create-route", "modify-vpc-peering-connection-options"]


@pytest.mark.parametrize(
    ("status", "peer", "option", "seen", "unseen"),
    [
        ("pending-acceptance", FOREIGN, False, [[ACCEPT, *REST]], []),
        ("pending-acceptance", ABROAD, False, [[ACCEPT, *REST]], []),
        ("provisioning", FOREIGN, False, [], [REST]),
        ("active", FOREIGN, False, [], [REST]),
        ("active", ABROAD, False, [REST], []),
        ("active", ABROAD, True, [], []),
        ("deleted", FOREIGN, False, [], []),
        ("expired", FOREIGN, False, [], []),
    ],
)
def test_by_status_and_what_is_shown(status, peer, option, seen, unseen):
    assert operations(judged(other_side, status, peer, option=option)) == seen
    assert operations(judged(unseen_other_side, status, peer, option=option)) == unseen


def test_the_commands_name_region_peering_cidr_and_side():
    (lines,) = judged(other_side, "pending-acceptance")
    assert lines[1:] == [
        f"aws ec2 accept-vpc-peering-connection --region ap-northeast-1 --vpc-peering-connection-id {PCX}",
        f"aws ec2 create-route --region ap-northeast-1 --vpc-peering-connection-id {PCX} "
        "--route-table-id ROUTE_TABLE_ID --destination-cidr-block 10.39.0.0/16",
        f"aws ec2 modify-vpc-peering-connection-options --region ap-northeast-1 "
        f"--vpc-peering-connection-id {PCX} --accepter-peering-connection-options "
        "AllowDnsResolutionFromRemoteVpc=true",
    ]
    assert f"{THEIRS} in {FOREIGN}" in lines[0]


def test_where_they_asked_their_side_is_the_requesters_and_the_accept_is_ours():
    assert judged(other_side, "pending-acceptance", asked_by_us=False) == []
    (lines,) = judged(unseen_other_side, asked_by_us=False)
    assert "--requester-peering-connection-options" in lines[-1]


def test_every_cidr_of_ours_has_its_route_and_ipv6_only_where_it_is_allowed():
    cidrs = (SEOUL_CIDR, network("10.40.0.0/16"), network("2001:db8::/56"))
    (lines,) = judged(unseen_other_side, own={"cidrs": cidrs})
    assert [line.split()[-1] for line in lines if "create-route" in line] == [
        "10.39.0.0/16",
        "10.40.0.0/16",
    ]
    (lines,) = judged(unseen_other_side, own={"cidrs": cidrs}, allow_ipv6=True)
    assert any(line.endswith("--destination-ipv6-cidr-block 2001:db8::/56") for line in lines)


@pytest.mark.parametrize("tags", [(), (*AGREED, ("peerkeeper:exempt", "true"))])
def test_nothing_is_asked_of_anybody_where_our_side_does_not_agree(tags):
    assert judged(other_side, "pending-acceptance", tags=tags) == []
    assert judged(unseen_other_side, tags=tags) == []


def test_a_peer_that_we_look_after_is_our_own_work_unless_its_role_is_refused():
    ours = frozenset({SEOUL, FOREIGN})
    assert judged(other_side, "pending-acceptance", locations=ours) == []
    refused = Trouble(Meaning.DENIED, "AccessDenied", "no", "AssumeRole")
    unread = {Read(FOREIGN, Describe.VPCS): refused}
    assert judged(other_side, "pending-acceptance", locations=ours, unread=unread)
    denied = {Read(FOREIGN, Describe.VPCS): Trouble(Meaning.DENIED, "Denied", "no", "DescribeVpcs")}
    assert judged(other_side, "pending-acceptance", locations=ours, unread=denied) == []


def test_the_finding_is_about_the_peering_in_our_location():
    pcx = peering(SEOUL, "active", accepter=Side(FOREIGN, THEIRS))
    seen = snapshot(pcx, vpc(SEOUL, tags=AGREED))
    (finding,) = unseen_other_side(seen, settings(allowed_accounts=frozenset({US, THEM})))
    assert (finding.code, finding.location, finding.subject) == (Code.OTHER_SIDE, SEOUL, PCX)
