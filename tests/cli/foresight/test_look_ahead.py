"""A plan that looks ahead reads what the functions would read once it is so, once, and then it ends."""

from dataclasses import replace

from peerkeeper.settings import Mode
from peerkeeper.values.changes import AcceptPeering, AllowRemoteDnsResolution, DeleteRoute
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.reader.read_estate import read_estate
from tests.builders import (
    OLD_PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.truth import Truth

NAMES = {
    Read(SEOUL, Describe.DNS_HOSTNAMES, By.VPC, SEOUL_VPC),
    Read(TOKYO, Describe.DNS_HOSTNAMES, By.VPC, TOKYO_VPC),
}
APPROVED = (("peerkeeper:approved", "true"),)
"""Of each side alone: the VPCs do not take part, so nobody reads their attributes at first."""
REQUEST = (
    *(peering(where, "pending-acceptance", tags=APPROVED) for where in (SEOUL, TOKYO)),
    *(vpc(where, tags=()) for where in (SEOUL, TOKYO)),
)


class Asking:
    """Answers from a world, a group after the other."""

    def __init__(self, world):
        self.world = world

    def __call__(self, groups):
        return [self.world.observe(group) for group in groups]

    def done_with(self, account):
        pass


def looked(world):
    """Return what was foreseen, and the reads that looking ahead took."""
    ask, set_ = Asking(world), settings()
    reading = read_estate(set_.locations, set_, ask)
    before = len(world.read)
    found = look_ahead(Estate(reading, set_, "", (), ask))
    return found, world.read[before:]


def kinds(found, mode=Mode.FULL):
    return [type(change) for change in found[mode].changes]


def test_what_hangs_on_a_request_that_would_be_accepted_is_read_once():
    world = Truth(snapshot(*REQUEST, table(), table(SEOUL)))
    found, reads = looked(world)
    assert len(reads) == len(NAMES)
    assert {*reads} == NAMES
    for mode in (Mode.FULL, Mode.ADD_ONLY):
        assert AcceptPeering in kinds(found, mode)
        assert kinds(found, mode).count(AllowRemoteDnsResolution) == 2
    assert world.made == []


def test_where_nothing_follows_nothing_more_is_read():
    _, reads = looked(Truth(snapshot(vpc(), vpc(SEOUL), table(), table(SEOUL))))
    assert reads == []


def test_a_read_that_fails_is_not_tried_for_ever():
    trouble = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeVpcAttribute")
    found, reads = looked(
        Truth(snapshot(*REQUEST, table(), table(SEOUL)), {Describe.DNS_HOSTNAMES: trouble})
    )
    assert {*reads} == NAMES
    assert len(reads) == len(NAMES)
    assert AllowRemoteDnsResolution not in kinds(found)


def test_each_mode_is_foreseen_by_itself():
    ended = peering(TOKYO, "deleted", id=OLD_PCX)
    dead = table(TOKYO, route("10.9.0.0/16", OLD_PCX, blackhole=True))
    found, _ = looked(Truth(snapshot(ended, vpc(), dead)))
    assert (kinds(found), kinds(found, Mode.ADD_ONLY)) == ([DeleteRoute], [])
    assert [type(change) for change in found[Mode.ADD_ONLY].withheld] == [DeleteRoute]


def test_the_look_ahead_leaves_settings_and_what_was_read_as_they_are():
    world = Truth(snapshot(*REQUEST, table(), table(SEOUL)))
    ask, set_ = Asking(world), replace(settings(), mode=Mode.OBSERVE)
    estate = Estate(read_estate(set_.locations, set_, ask), set_, "", (), ask)
    look_ahead(estate)
    assert estate.settings.mode is Mode.OBSERVE
    assert {view.status.value for view in estate.seen.peerings.values()} == {"pending-acceptance"}
