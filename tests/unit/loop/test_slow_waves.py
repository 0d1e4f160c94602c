"""Changes rest on what was read shortly before: where that is long ago, a run first reads it again."""

from collections import Counter
from dataclasses import replace

import pytest
from peerkeeper.loop.ages import OLD
from peerkeeper.loop.job import Job
from peerkeeper.loop.run import TWIN
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.reading.configure import ConfigureReads
from peerkeeper.values.changes import (
    FRESH,
    AcceptPeering,
    CreateRoute,
    EnableDnsHostnames,
    TagStatus,
)
from peerkeeper.values.ec2 import Side
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_VPC,
    peering,
    route,
    snapshot,
    table,
    vpc,
)
from tests.truth import Truth, in_order
from tests.unit.jobs import BOTH, CLEAN, CONNECT, PENDING, reconcile, settings

CONFIGURE = Job(Function.CONFIGURE, ConfigureReads(), RULES_OF[Function.CONFIGURE])
JUDGING = Job(Function.CONNECT, CONNECT.reads, RULES_OF[Function.CONNECT])
ASKED = Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)}))
TIMED_OUT = Trouble(Meaning.PASSING, "ReadTimeoutError", "no answer", "DescribeVpcs")


class Slowly:
    """A clock, and waves that take so many seconds each; after some waves something happens."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = [*seconds]
        self.left = 600.0
        self.waves = 0
        self.after = {}

    def remaining(self):
        return self.left

    def gather(self, tasks):
        results = in_order(tasks)
        self.left -= self.seconds.pop(0) if self.seconds else 0.0
        self.waves += 1
        self.after.get(self.waves, lambda: None)()
        return results


def run(world, slowly, job=CONNECT, scope=ASKED):
    return reconcile([scope], settings(), world, job, clock=slowly, gather=slowly.gather, now=0.0)


def withdraw(world):
    alone = vpc(tags=())
    world.now = replace(world.now, vpcs={**world.now.vpcs, (TOKYO, TOKYO_VPC): alone})


@pytest.mark.parametrize(("seconds", "accepted"), [(OLD, True), (OLD + 0.1, False), (30.0, False)])
def test_a_consent_that_was_withdrawn_while_calls_timed_out_lets_nothing_in(seconds, accepted):
    world, slowly = Truth(snapshot(*PENDING)), Slowly(seconds)
    slowly.after[1] = lambda: withdraw(world)
    run(world, slowly)
    assert any(isinstance(change, AcceptPeering) for change in world.made) is accepted


def test_what_is_still_so_is_done_a_wave_later_after_only_the_reads_behind_it():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(30.0)
    report = run(world, slowly)
    quick, quickly = Truth(snapshot(*PENDING)), Slowly()
    run(quick, quickly)
    assert {type(change) for change in world.made} >= {AcceptPeering, CreateRoute}
    assert set(world.made) == set(quick.made)
    assert slowly.waves == quickly.waves + 1
    again = [read for read, times in Counter(world.read).items() if times > 1]
    assert {read.kind for read in again} <= {Describe.VPCS, Describe.PEERINGS}
    assert report.hand_offs == ()


def test_what_could_not_be_read_is_not_asked_again():
    world, slowly = Truth(snapshot(*PENDING), {SEOUL: TIMED_OUT}), Slowly(30.0)
    run(world, slowly)
    asked = [read for read in world.read if read.location == SEOUL]
    assert asked
    assert len(asked) == len(set(asked))
    ours = [read for read in world.read if read[:3] == (TOKYO, Describe.VPCS, By.VPC)]
    assert len(ours) == 2
    assert any(isinstance(change, AcceptPeering) for change in world.made)


def test_if_every_wave_takes_long_the_changes_are_handed_off_and_not_made():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(*[30.0] * 6)
    report = run(world, slowly)
    assert world.made == []
    (rest,) = [sent.hand_off for sent in report.hand_offs]
    assert (rest.function, rest.delay) == (Function.CONNECT, 10)
    assert PCX in {hint.id for hint in rest.scope.hints}


def test_a_run_that_has_written_goes_on_however_long_that_took():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(0.0, 0.0, 60.0, 60.0)
    report = run(world, slowly)
    assert {type(change) for change in world.made} >= {AcceptPeering, CreateRoute}
    assert report.hand_offs == ()


def withdraw_and_ask_again(world):
    """The consent goes, and the peering too. After that somebody requests it again."""
    withdraw(world)
    ended, again = peering(status="deleted"), peering(status="pending-acceptance", id=OLD_PCX)
    both = {(TOKYO, PCX): ended, (TOKYO, OLD_PCX): again}
    world.now = replace(world.now, peerings={**world.now.peerings, **both})


def test_a_request_that_only_a_later_quick_wave_shows_does_not_profit_from_an_old_consent():
    passing = (peering(status="provisioning"), peering(SEOUL, "provisioning"), *BOTH)
    world, slowly = Truth(snapshot(*passing)), Slowly(30.0)
    slowly.after[1] = lambda: withdraw_and_ask_again(world)
    run(world, slowly)
    assert OLD_PCX in {pcx_id for _, pcx_id in world.now.peerings}
    assert not [made for made in world.made if not isinstance(made, TagStatus)]


@pytest.mark.parametrize(("seconds", "let_in"), [(OLD, True), (30.0, False)])
def test_a_run_that_has_written_lets_no_peering_in_that_it_sees_only_after_a_long_wait(
    seconds, let_in
):
    twin = Trouble(Meaning.STATE, TWIN, "there is one", "AcceptVpcPeeringConnection")
    ours = AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")
    world, slowly = Truth(snapshot(*PENDING), {ours: twin}), Slowly(0.0, 0.0, seconds)
    slowly.after[2] = lambda: withdraw_and_ask_again(world)
    run(world, slowly)
    accepted = [made.pcx_id for made in world.made if isinstance(made, AcceptPeering)]
    assert accepted == [PCX, *[OLD_PCX] * let_in]


def test_waves_of_less_than_five_seconds_add_up():
    twin = Trouble(Meaning.STATE, TWIN, "there is one", "AcceptVpcPeeringConnection")
    ours = AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")
    world, slowly = Truth(snapshot(*PENDING), {ours: twin}), Slowly(*[OLD - 0.1] * 3)
    slowly.after[1] = lambda: withdraw_and_ask_again(world)
    run(world, slowly)
    assert {made.pcx_id for made in world.made if isinstance(made, AcceptPeering)} == {PCX}


def test_a_dead_route_that_somebody_replaced_during_time_outs_is_not_deleted():
    gone = (peering(status="deleted"), peering(SEOUL, "deleted"), vpc(), vpc(SEOUL))
    dead = (route("10.39.0.0/16", PCX, blackhole=True), route("172.31.0.0/16", PCX, blackhole=True))
    theirs = table(SEOUL, route("172.31.0.0/16", "tgw-0123456789abcdef0"))
    world = Truth(snapshot(*gone, table(TOKYO, dead[0]), table(SEOUL, dead[1])))
    slowly = Slowly(0.0, 30.0)

    def replaced():
        tables = {**world.now.route_tables, (SEOUL, theirs.id): theirs}
        world.now = replace(world.now, route_tables=tables)

    slowly.after[2] = replaced
    run(world, slowly, CLEAN, Scope(frozenset({Hint(TOKYO, PCX)})))
    assert [made.location for made in world.made] == [TOKYO]
    assert world.now.route_tables[SEOUL, theirs.id] == theirs


def test_people_learn_nothing_about_a_peering_that_an_old_consent_would_have_agreed_to():
    sides = {
        "requester": Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,), allows_remote_dns=True),
        "accepter": Side(TOKYO, TOKYO_VPC, (TOKYO_CIDR,), allows_remote_dns=True),
    }
    blocked = table(TOKYO, route("10.39.0.0/16", "tgw-0123456789abcdef0"))
    views = (peering(**sides), peering(SEOUL, **sides))
    world = Truth(snapshot(*views, vpc(), vpc(SEOUL, tags=()), blocked, table(SEOUL)))
    slowly = Slowly(30.0)
    told = {OLD_PCX: peering(id=OLD_PCX, **sides), PCX: peering(status="deleted", **sides)}

    def by_hand():
        withdraw(world)
        views = {(TOKYO, pcx_id): view for pcx_id, view in told.items()}
        world.now = replace(world.now, peerings={**world.now.peerings, **views})

    slowly.after[1] = by_hand
    run(world, slowly, JUDGING)
    assert world.made == []


@pytest.mark.parametrize(("seconds", "made"), [(FRESH, 2), (FRESH + 0.1, 1)])
def test_a_delete_that_waits_for_a_thread_is_read_again(seconds, made):
    """The first call of the wave takes long, and the second waits for it."""
    routes = [route(f"10.{39 + n}.0.0/16", PCX, blackhole=True) for n in range(2)]
    gone = (peering(status="deleted"), peering(SEOUL, "deleted"), vpc(), vpc(SEOUL))
    world, slowly = Truth(snapshot(*gone, table(TOKYO, *routes), table(SEOUL))), Slowly()

    def one_after_another(tasks):
        results = []
        for task in tasks:
            results.append(task())
            slowly.left -= seconds * bool(world.made)
        return results

    slowly.gather = one_after_another
    report = run(world, slowly, CLEAN, Scope(frozenset({Hint(TOKYO, PCX)})))
    assert len(world.made) == made
    assert [sent.hand_off.delay for sent in report.hand_offs] == [10] * (2 - made)


def test_settings_of_vpcs_change_however_long_reads_take():
    """One read shows both the VPC and its consent."""
    off = {(TOKYO, TOKYO_VPC): False}
    world = Truth(replace(snapshot(*BOTH), dns_hostnames=off))
    report = run(world, Slowly(*[30.0] * 6), CONFIGURE, Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})))
    assert [type(change) for change in world.made] == [EnableDnsHostnames]
    assert report.hand_offs == ()


def test_with_nothing_to_change_nothing_is_read_again():
    world, slowly = Truth(snapshot(peering(status="rejected"), *BOTH)), Slowly(*[30.0] * 6)
    run(world, slowly)
    assert len(world.read) == len(set(world.read))


@pytest.mark.parametrize(("meaning", "told"), [(Meaning.PASSING, False), (Meaning.DENIED, True)])
def test_people_are_not_told_on_old_reads_if_these_cannot_be_made_again(meaning, told):
    """The owner may have agreed meanwhile. What a role may not read never gets younger."""
    held = (peering(status="pending-acceptance"), peering(SEOUL, "pending-acceptance"))
    alone = (vpc(tags=()), vpc(SEOUL, tags=()), table(), table(SEOUL))
    world, slowly = Truth(snapshot(*held, *alone)), Slowly(30.0)
    trouble = Trouble(meaning, "SomeCode", "", "Describe")
    slowly.after[2] = lambda: setattr(
        world, "trouble", {Describe.VPCS: trouble, Describe.PEERINGS: trouble}
    )
    report = run(world, slowly, JUDGING)
    assert any(isinstance(change, TagStatus) for change in world.made) is told
    delays = {sent.hand_off.delay for sent in report.hand_offs}
    assert (10 in delays) is not told
