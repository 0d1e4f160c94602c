"""The parts of a notice: names and owners beside ids, one command, one page, and none of it too long."""

import json
from dataclasses import replace

import pytest
from peerkeeper.planning.rules.consent_withdrawn import consent_withdrawn
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.bus_events import DetailType
from peerkeeper.reporting.notices import digest, notices
from peerkeeper.values.changes import TagStatus, to_dict
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import NoticeFacts, Remedy
from peerkeeper.values.scope import Function
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tags import Status

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.unit.reporting.announced import (
    DATA,
    EXPIRES,
    NAT,
    PEER,
    SELF_WORD,
    change_of,
    done,
    example,
)


def notice(made):
    return json.loads(made.detail)["notice"]


def held(*, pcx=(), ours=DATA, theirs=PEER):
    pending = peering(status="pending-acceptance", expires=EXPIRES, tags=pcx)
    seen = [pending, vpc(tags=ours), *([theirs] if theirs else [])]
    return notice(notices(change_of(*seen))[0])


@pytest.mark.parametrize(
    ("pcx", "ours", "theirs", "title"),
    [
        ((), DATA, PEER, f"{PCX} ('orders' to 'data')"),
        ((("Name", "shop"),), DATA, PEER, f"{PCX} 'shop'"),
        ((), (), PEER, f"{PCX} ('orders' to {TOKYO_VPC})"),
        ((), DATA, None, f"{PCX} ({SEOUL_VPC} to 'data')"),
        ((), (), None, PCX),
        ((), (("Name", SEOUL_VPC),), None, PCX),  # it could pass for another VPC
        ((), (("Name", "   "),), None, PCX),
        ((("Name", "\u540d\u524d"),), (), None, PCX),  # nothing that ASCII can show
    ],
)
def test_a_subject_calls_the_peering_by_its_name_or_by_its_vpcs(pcx, ours, theirs, title):
    assert held(pcx=pcx, ours=ours, theirs=theirs)["subject"] == f"Peering request held: {title}"


def test_the_longest_subject_is_what_sns_takes():
    long = (("Name", "n" * 256),)
    made = held(ours=long, theirs=replace(PEER, tags=long))["subject"]
    assert len(made) <= 100
    assert made.isascii()
    assert made.endswith("...")


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ((("Owner", "a"), ("Team", "b")), ", owner 'a'."),
        ((("team", "b"),), ", owner 'b'."),
        ((("Owner", " "), ("Team", "b")), ", owner 'b'."),
        ((("Owners", "a"),), f"in {TOKYO}."),
    ],
)
def test_an_owner_is_what_the_first_of_its_tags_says(tags, said):
    assert held(ours=tags)["who"].endswith(said)


def test_a_request_in_one_location_is_agreed_to_by_a_tag_of_the_vpc():
    """A tag of the peering is there the requester's as well, so it does not count."""
    both = replace(peering(status="pending-acceptance").requester, location=TOKYO)
    pending = replace(peering(status="pending-acceptance"), requester=both)
    made = notice(notices(change_of(pending, vpc(tags=DATA)))[0])
    assert made["do"] == f"Agree to every peering with {SEOUL_VPC}:"
    assert made["command"].endswith(f"'Key=peerkeeper:peers,Value={SEOUL_VPC}'")


def test_of_several_causes_all_are_told_and_one_is_mended():
    seen = [peering(status="pending-acceptance"), vpc(tags=(*DATA, ("peerkeeper:exempt", "true")))]
    made = notice(notices(change_of(*seen))[0])
    assert "has not agreed" in made["why"]
    assert "is tagged peerkeeper:exempt" in made["why"]
    assert made["do"] == "Agree to this peering only (this fixes one of 2 causes):"


def test_a_twin_is_told_with_the_command_that_rejects_it():
    twin = peering(id=OLD_PCX)
    pending = peering(status="pending-acceptance")
    made = notice(notices(change_of(pending, twin, vpc(), PEER))[0])
    assert made["do"] == "Reject this request:"
    assert made["command"].startswith(
        "aws ec2 reject-vpc-peering-connection --region ap-northeast-1"
    )


def test_a_dead_route_is_told_with_the_command_that_takes_it_away():
    gone = peering(id=OLD_PCX, status="deleted")
    dead = table(TOKYO, route("10.39.0.0/16", OLD_PCX, blackhole=True))
    found = change_of(peering(), gone, vpc(), PEER, dead, mode="add-only")
    made = notice(notices(found)[0])
    assert made["do"] == "Delete it:"
    assert made["command"] == (
        f"aws ec2 delete-route --region ap-northeast-1 --route-table-id {TOKYO_TABLE} "
        "--destination-cidr-block 10.39.0.0/16"
    )
    assert f"RouteTableId={TOKYO_TABLE}" in made["console"]


def test_where_a_choice_mends_it_the_choice_is_told_and_explain_says_more():
    ours = vpc(tags=(*DATA, *SELF_WORD))
    made = notice(notices(change_of(peering(), ours, PEER, NAT))[0])
    assert made["do"].startswith("Delete that route, which ends its traffic to nat-")
    assert "; or, if this table is meant to " in made["do"]
    assert "aws ec2" not in made["do"]
    assert made["do"].endswith("This command says more:")
    assert made["command"] == f"peerkeeper explain {PCX} --region ap-northeast-1"
    steps = made["chat"]["content"]["nextSteps"]
    assert len([step for step in steps if "peerkeeper explain" in step]) == 1


def test_without_facts_the_reason_is_told():
    made = notice(notices(TagStatus(TOKYO, PCX, Status.HELD, reason="so it is"))[0])
    assert (made["why"], made["do"]) == ("So it is.", "See how to fix it:")
    assert made["command"] == f"peerkeeper explain {PCX} --region ap-northeast-1"


def test_a_command_is_told_whole_or_not_at_all():
    facts = NoticeFacts(causes=("so",), remedies=(Remedy("fix it: " + "x" * 901),))
    made = notice(notices(TagStatus(TOKYO, PCX, Status.HELD, reason="", facts=facts))[0])
    assert made["command"] == f"peerkeeper explain {PCX} --region ap-northeast-1"


def test_facts_are_for_notices_and_no_report_lists_them():
    change = change_of(peering(status="pending-acceptance"), vpc(tags=DATA), PEER)
    assert change.facts.owners
    assert "facts" not in to_dict(change)


def test_a_digest_names_the_first_and_counts_the_rest():
    changes = [
        replace(change_of(peering(status="pending-acceptance"), vpc(tags=DATA), PEER), pcx_id=pcx)
        for pcx in (f"pcx-0c0ffee0c0ffee{n:03}" for n in range(100))
    ]
    made = notice(digest(changes))
    assert made["subject"] == f"100 peerings want a person: {TOKYO}"
    assert "Peering request held: 100. They are pcx-0c0ffee0c0ffee000," in made["why"]
    assert made["who"] == "Owners of their VPCs: 'payments', 'platform'."
    assert len(made["chat"]["metadata"]["relatedResources"]) == 20
    assert made["console"].endswith("#PeeringConnections:")


def test_a_digest_of_vpcs_without_owners_says_so():
    made = notice(digest([change_of(peering(status="pending-acceptance"), vpc(tags=()))]))
    assert made["who"] == "Their VPCs have no tag of an owner."


def test_consent_that_goes_off_a_peering_is_told_with_the_peering():
    act = TagAct(TOKYO, PCX, ("peerkeeper:approved",), taken=True, actor="a@b.example", at="now")
    seen = snapshot(
        peering(tags=(("Name", "shop"),)),
        vpc(tags=DATA),
        table(TOKYO, route("10.39.0.0/16", PCX)),
        tag_acts=frozenset({act}),
    )
    (made,) = announcements(
        done(Function.CONNECT, findings=tuple(consent_withdrawn(seen, settings())))
    )
    told = notice(made)
    assert told["subject"] == f"Consent withdrawn, routes stay: {PCX} 'shop'"
    assert told["who"] == f"{PCX} 'shop' in {TOKYO}, owner 'platform'."
    assert "a(at)b(.)example took" in told["why"]


def test_a_finding_without_a_remedy_still_makes_a_notice():
    found = Finding(Code.WITHDRAWN, TOKYO, TOKYO_VPC, f"{TOKYO_VPC} routes it; so it is")
    (made,) = announcements(done(Function.CONNECT, findings=(found,)))
    assert notice(made)["command"] == "peerkeeper peerings --region ap-northeast-1"


def test_the_notices_of_one_peering_are_one_thread():
    threads = {
        notice(example(kind))["chat"]["metadata"]["threadId"]
        for kind in (DetailType.HELD, DetailType.EXPIRING, DetailType.EXPIRED)
    }
    assert threads == {PCX}
