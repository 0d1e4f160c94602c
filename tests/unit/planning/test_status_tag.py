"""What people are told of a peering, once: the decision table of `peerkeeper.planning.status_tag`."""

from dataclasses import replace

import pytest
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.status_tag import DAY, carrying_tags, status_tags
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.findings import HELD, Code, Finding
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import Status
from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

from tests.builders import (
    FOREIGN,
    PCX,
    SEOUL,
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

EXPIRES = 1_000_000
NOT_AGREED = Finding(Code.HELD_APPROVAL, TOKYO, PCX, f"{PCX} waits: no")
ENDED = Finding(Code.REQUEST_EXPIRED, TOKYO, PCX, "too late")
IN_THE_WAY = Finding(Code.CONFLICT, TOKYO, TOKYO_TABLE, "a NAT gateway", PCX)
MORE, LESS = EXPIRES - DAY - 1, EXPIRES - DAY


def said(status, finding, tag=None, now=MORE, where=TOKYO, **changed):
    tags = ((STATUS, tag),) if tag else ()
    expires = EXPIRES if status == "pending-acceptance" else 0
    pcx = peering(where, status, tags=tags, expires=expires)
    seen = snapshot(pcx, vpc(), table(), now=now, **changed)
    return [change.status for change in status_tags(seen, settings(), finding)]


@pytest.mark.parametrize(
    ("status", "findings", "now", "tag", "verdict"),
    [
        ("pending-acceptance", [NOT_AGREED], MORE, None, [Status.HELD]),
        ("pending-acceptance", [NOT_AGREED], MORE, "who knows", [Status.HELD]),
        ("pending-acceptance", [NOT_AGREED], MORE, "ok", [Status.HELD]),
        ("pending-acceptance", [NOT_AGREED], MORE, "held", []),
        ("pending-acceptance", [NOT_AGREED], MORE, "expiring", []),
        ("pending-acceptance", [NOT_AGREED], 0, "held", []),
        ("pending-acceptance", [NOT_AGREED], LESS, None, [Status.EXPIRING]),
        ("pending-acceptance", [NOT_AGREED], LESS, "held", [Status.EXPIRING]),
        ("pending-acceptance", [NOT_AGREED], LESS, "expiring", []),
        ("pending-acceptance", [], LESS, None, []),
        ("pending-acceptance", [], LESS, "held", []),
        ("expired", [ENDED], 0, None, [Status.EXPIRED]),
        ("expired", [ENDED], 0, "expiring", [Status.EXPIRED]),
        ("expired", [ENDED], 0, "expired", []),
        ("expired", [], 0, None, []),
        ("active", [IN_THE_WAY], 0, None, []),  # judged once, at the end of a run: see below
        ("deleting", [IN_THE_WAY], 0, None, []),
        ("deleted", [], 0, "held", []),
        ("rejected", [NOT_AGREED], 0, "held", []),
        ("failed", [], 0, None, []),
        ("initiating-request", [NOT_AGREED], 0, None, []),
    ],
)
def test_the_table(status, findings, now, tag, verdict):
    assert said(status, findings, tag, now) == verdict


@pytest.mark.parametrize(
    ("said", "told"),
    [("held", [Status.CLEAR]), ("expiring", [Status.CLEAR]), ("not-carrying", []), (None, [])],
)
def test_a_request_that_a_person_accepted_is_held_no_more_though_our_side_never_agreed(said, told):
    tags = (("peerkeeper:status", said),) if said else ()
    seen = snapshot(peering(tags=tags), vpc(tags=()))
    found = [*carrying_tags(seen, (), ())]
    assert [change.status for change in found] == told
    assert all("held no more" in change.reason for change in found)


def test_a_request_whose_expiry_is_not_shown_is_held_however_late_it_is():
    pcx = peering(status="pending-acceptance")
    (change,) = status_tags(snapshot(pcx, now=2e9), settings(), [NOT_AGREED])
    assert change.status is Status.HELD


BLOCKED = table(TOKYO, route("10.39.0.0/16", "nat-1"))
CARRIED = table(TOKYO, route("10.39.0.0/16", PCX))
DUE = table(TOKYO)


@pytest.mark.parametrize(
    ("status", "tables", "tag", "verdict"),
    [
        ("active", BLOCKED, None, [Status.NOT_CARRYING]),
        ("provisioning", BLOCKED, "ok", [Status.NOT_CARRYING]),
        ("active", BLOCKED, "held", [Status.NOT_CARRYING]),
        ("active", BLOCKED, "not-carrying", []),
        ("active", BLOCKED, "route-conflict", []),  # told by the version before this one
        ("active", CARRIED, "not-carrying", [Status.CLEAR]),
        ("active", CARRIED, "route-conflict", [Status.CLEAR]),
        ("active", CARRIED, "held", [Status.CLEAR]),
        ("active", CARRIED, "ok", []),
        ("active", CARRIED, None, []),
        ("active", CARRIED, "who knows", []),
        ("provisioning", CARRIED, "not-carrying", []),
        ("active", DUE, "not-carrying", []),
        ("deleted", BLOCKED, "not-carrying", []),
    ],
)
def test_what_a_live_peering_carries_is_told_at_the_end_of_a_run(status, tables, tag, verdict):
    tags = ((STATUS, tag),) if tag else ()
    seen = snapshot(peering(status=status, tags=tags), vpc(), tables)
    assert told_at_the_end(seen) == verdict


def told_at_the_end(seen):
    made, _ = judged(plan(seen, settings()), seen, settings())
    return [change.status for change in made.changes if hasattr(change, "status")]


@pytest.mark.parametrize("missing", ["vpc", "tables"])
def test_nothing_is_clear_before_all_that_might_stand_in_the_way_was_read(missing):
    pcx = peering(tags=((STATUS, "not-carrying"),))
    tables = Read(TOKYO, Describe.ROUTE_TABLES, By.VPC, TOKYO_VPC)
    subnets = Read(TOKYO, Describe.SUBNETS, By.VPC, TOKYO_VPC)
    seen = replace(snapshot(pcx, vpc(), CARRIED, whole=()), done=frozenset({tables, subnets}))
    assert told_at_the_end(seen) == [Status.CLEAR]
    lacking = {"vpc": replace(seen, vpcs={}), "tables": replace(seen, done=frozenset())}[missing]
    assert told_at_the_end(lacking) == []


NEAR, NEAR_VPC, NEAR_CIDR = "rtb-0c31c31c31c31c301", "vpc-0c31c31c31c31c310", "10.39.0.0/16"
NOT_OURS = {"not agreed": (), "exempt": (("peerkeeper:exempt", "true"), *vpc().tags)}


def in_one_location(tag, leads_to, other, *, done=None):
    """What is told if both sides are in Tokyo. `other`: the requester's VPC, or None if it was not read."""
    pcx = replace(
        peering(tags=((STATUS, tag),) if tag else ()),
        requester=replace(peering().requester, location=TOKYO, vpc_id=NEAR_VPC),
    )
    near = table(TOKYO, route("172.31.0.0/16", PCX), id=NEAR, vpc_id=NEAR_VPC)
    resources = [
        pcx,
        vpc(),
        table(TOKYO, route(NEAR_CIDR, leads_to)),
        near,
        *([other] if other else []),
    ]
    seen = snapshot(*resources)
    return told_at_the_end(replace(seen, done=done(seen.done)) if done else seen)


@pytest.mark.parametrize("why", NOT_OURS)
def test_a_side_in_the_same_location_that_takes_no_part_keeps_no_tag(why):
    """Else the tag would stay for good, and the next outage would be told to no one."""
    other = vpc(id=NEAR_VPC, cidrs=(network(NEAR_CIDR),), tags=NOT_OURS[why])
    assert in_one_location(None, "nat-1", other) == [Status.NOT_CARRYING]
    assert in_one_location("not-carrying", "nat-1", other) == []
    assert in_one_location("not-carrying", PCX, other) == [Status.CLEAR]
    assert in_one_location("ok", "nat-1", other) == [Status.NOT_CARRYING]


def test_a_side_in_the_same_location_that_was_not_read_keeps_the_tag():
    other = vpc(id=NEAR_VPC, cidrs=(network(NEAR_CIDR),))
    assert in_one_location("not-carrying", PCX, other) == [Status.CLEAR]
    assert in_one_location("not-carrying", PCX, None) == []
    for kind in (Describe.ROUTE_TABLES, Describe.SUBNETS):
        of_ours = {Read(TOKYO, one, By.VPC, TOKYO_VPC) for one in Describe}
        part = in_one_location(
            "not-carrying",
            PCX,
            other,
            done=lambda done, kind=kind, of_ours=of_ours: done - {Read(TOKYO, kind)} | of_ours,
        )
        assert part == []


def test_the_other_sides_end_is_the_end():
    pending = peering(status="pending-acceptance", expires=EXPIRES)
    seen = snapshot(pending, peering(SEOUL, "deleted"), vpc())
    assert [*status_tags(seen, settings(), [NOT_AGREED])] == []


@pytest.mark.parametrize(("looked_after", "told"), [({SEOUL, TOKYO}, 1), ({SEOUL}, 1)])
def test_an_end_is_told_once_by_the_side_that_can(looked_after, told):
    findings = [ENDED, replace(ENDED, location=SEOUL)]
    views = [peering(where, "expired") for where in sorted(looked_after)]
    set_ = settings(locations=frozenset(looked_after))
    changes = [*status_tags(snapshot(*views), set_, findings)]
    assert len(changes) == told
    assert changes[0].location == (TOKYO if TOKYO in looked_after else SEOUL)


FAR = Location("444455556666", TOKYO.region)


def told_by_requester(accepter, *, refused=False, **changed):
    """Whether the requester's side, in Seoul, tells of a request to `accepter` that expired."""
    pcx = replace(
        peering(SEOUL, "expired"), accepter=replace(peering().accepter, location=accepter)
    )
    no = Trouble(Meaning.DENIED, "AccessDenied", "no", ASSUME_ROLE)
    unread = {Read(accepter, Describe.VPCS, By.VPC, TOKYO_VPC): no} if refused else {}
    set_ = settings(**changed)
    seen = snapshot(pcx, unread=unread)
    return len([*status_tags(seen, set_, [replace(ENDED, location=SEOUL)])]) == 1


def test_an_end_is_told_by_the_requesters_side_where_the_accepters_account_shuts_us_out():
    listed = frozenset({SEOUL, FAR})
    assert not told_by_requester(FAR, locations=listed)
    assert told_by_requester(FAR, locations=listed, refused=True)


def test_in_an_organization_an_end_between_two_accounts_is_told_by_each_side_that_is_looked_after():
    hub = SEOUL.account_id
    for accepter, told in ((FAR, True), (TOKYO, False)):
        assert told_by_requester(accepter, organization=True, account=hub) is told


def test_what_is_told_says_who_why_and_until_when():
    pcx = peering(status="pending-acceptance", expires=EXPIRES)
    other = replace(NOT_AGREED, code=Code.HELD_OVERLAP, message="they overlap")
    (change,) = status_tags(snapshot(pcx, vpc()), settings(), [NOT_AGREED, other])
    assert change.reason == f"{PCX} waits: no; they overlap"
    assert change.codes == ("held-not-approved", "held-overlapping-cidr")
    assert (change.accepter, change.expires) == (f"{TOKYO_VPC} in {TOKYO}", EXPIRES)


def test_the_plan_tells_what_its_rules_found():
    pcx = peering(status="pending-acceptance", expires=EXPIRES)
    made = plan(snapshot(pcx, vpc(tags=()), now=LESS), settings())
    assert [change.status for change in made.changes if hasattr(change, "status")] == ["expiring"]


def test_a_foreign_accepters_request_that_expired_is_told_by_us():
    ours = replace(
        peering(SEOUL, "expired"), accepter=replace(peering().accepter, location=FOREIGN)
    )
    (change,) = status_tags(snapshot(ours), settings(), [replace(ENDED, location=SEOUL)])
    assert (change.location, change.status) == (SEOUL, Status.EXPIRED)


def test_only_of_a_request_that_waits_it_is_said_when_it_expires():
    """EC2 may still show the time of a request that expired, or of a peering that was accepted."""
    for status, finding, expires in (
        ("pending-acceptance", NOT_AGREED, EXPIRES),
        ("expired", ENDED, 0),
    ):
        seen = snapshot(peering(TOKYO, status, expires=EXPIRES), vpc(), table(), now=MORE)
        (change,) = status_tags(seen, settings(), [finding])
        assert change.expires == expires


def test_of_very_many_findings_the_news_has_the_first_and_how_many_more_there_are():
    """A report in the log has one line for each change, and Lambda cuts a line of 256 KB."""
    many = [replace(NOT_AGREED, message=f"{number} {'x' * 600}") for number in range(500)]
    seen = snapshot(peering(TOKYO, "pending-acceptance"), vpc(), table())
    (change,) = status_tags(seen, settings(), many)
    assert change.reason.startswith("0 xxx")
    assert change.reason.endswith("; and 480 more findings about it")
    assert len(change.reason) < 20_000


@pytest.mark.parametrize("resource", [TOKYO_VPC, PCX])
@pytest.mark.parametrize(
    ("keys", "told"), [(("peerkeeper:peers",), False), (("peerkeeper:dns",), True)]
)
def test_that_a_request_waits_is_no_news_while_a_consent_just_given_is_not_shown(
    resource, keys, told
):
    act = TagAct(TOKYO, resource, keys, False, "arn:aws:iam::111122223333:user/eve", "now")
    pending = peering(TOKYO, "pending-acceptance")
    seen = snapshot(pending, vpc(tags=()), table(), tag_acts=frozenset({act}))
    assert bool([*status_tags(seen, settings(), [NOT_AGREED])]) is told
    ended = snapshot(peering(TOKYO, "expired"), vpc(tags=()), table(), tag_acts=frozenset({act}))
    assert [*status_tags(ended, settings(), [ENDED])]  # it does not wait any more


def test_held_codes_are_those_of_held_requests():
    assert {code.value for code in HELD} == {c.value for c in Code if c.value.startswith("held-")}
