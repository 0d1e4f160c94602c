"""What a notice tells beside its reason: of what was read, and of nothing else."""

import pytest
from peerkeeper.planning.facts_told import (
    facts_of_peering,
    facts_of_vpc,
    other_side_lacks,
    with_findings,
)
from peerkeeper.planning.plan import plan
from peerkeeper.reporting.bus_events import DetailType
from peerkeeper.reporting.peering_notice import peering_parts
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import NoticeFacts, Remedy

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    settings,
    snapshot,
    table,
    vpc,
)


def named(name):
    return (("Name", name),)


@pytest.mark.parametrize(
    ("ours", "theirs", "name"),
    [("mine", "yours", "mine"), ("", "yours", "yours"), ("mine", None, "mine"), ("", None, "")],
)
def test_our_own_views_name_comes_first(ours, theirs, name):
    view = peering(tags=named(ours))
    other = [] if theirs is None else [peering(SEOUL, tags=named(theirs))]
    found = dict(facts_of_peering(snapshot(view, *other), view).names)
    assert found.get(PCX, "") == name


def test_a_vpc_that_was_not_read_has_no_name_and_no_owner():
    view = peering()
    seen = snapshot(view, vpc(tags=(("Name", "data"), ("Owner", "b"))))
    facts = facts_of_peering(seen, view)
    assert facts.names == ((TOKYO_VPC, "data"),)
    assert facts.owners == ((TOKYO_VPC, "b"),)


def test_of_a_vpc_the_peerings_it_routes_are_named_as_well():
    seen = snapshot(peering(tags=named("shop")), vpc(tags=named("data")), peering(id=OLD_PCX))
    facts = facts_of_vpc(seen, TOKYO, TOKYO_VPC, OLD_PCX, PCX)
    assert facts.names == ((TOKYO_VPC, "data"), (PCX, "shop"))


def test_each_table_is_named_once_and_each_remedy_kept():
    seen = snapshot(table(TOKYO, tags=named("private")))
    mend = Remedy("to fix it: aws ec2 fix")
    why = [
        Finding(Code.CONFLICT, TOKYO, TOKYO_TABLE, "one", PCX, mend),
        Finding(Code.CONFLICT, TOKYO, TOKYO_TABLE, "two", PCX),
        Finding(Code.OVERLAP, TOKYO, PCX, "three"),
    ]
    facts = with_findings(seen, NoticeFacts(names=((SEOUL_VPC, "orders"),)), why)
    assert facts.causes == ("one", "two", "three")
    assert facts.remedies == (mend,)
    assert facts.tables == (TOKYO_TABLE,)
    assert facts.names == ((SEOUL_VPC, "orders"), (TOKYO_TABLE, "private"))


APPROVED = (("peerkeeper:approved", "true"),)


@pytest.mark.parametrize(
    ("resources", "lacks"),
    [
        ([peering(SEOUL, "pending-acceptance"), vpc(SEOUL, tags=())], SEOUL_VPC),
        ([peering(SEOUL, "pending-acceptance"), vpc(SEOUL)], ""),
        ([peering(SEOUL, "pending-acceptance", tags=APPROVED), vpc(SEOUL, tags=())], ""),
        ([peering(SEOUL, "pending-acceptance")], ""),
        ([vpc(SEOUL, tags=())], ""),
    ],
)
def test_the_requesters_side_lacks_its_tag_only_if_view_and_vpc_were_read(resources, lacks):
    view = peering(TOKYO, "pending-acceptance")
    assert other_side_lacks(snapshot(view, *resources), settings(), view) == lacks


@pytest.mark.parametrize(("tags", "said"), [((), True), ((("peerkeeper:peers", "self"),), False)])
def test_a_notice_of_a_held_request_names_what_the_other_side_needs(tags, said):
    view = peering(TOKYO, "pending-acceptance")
    seen = snapshot(
        view, peering(SEOUL, "pending-acceptance"), vpc(tags=()), vpc(SEOUL, tags=tags), table()
    )
    (held,) = (
        one
        for one in plan(seen, settings()).changes
        if isinstance(one, TagStatus) and one.location == TOKYO
    )
    (requester, accepter) = peering_parts(held, DetailType.HELD, "").ends
    needs = "(needs peerkeeper:peers on its VPC, or peerkeeper:approved on the peering there)"
    assert (needs in requester, needs in accepter) == (said, False)
