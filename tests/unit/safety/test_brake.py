"""Deletes that rest on absence are withheld when they are too many to be true."""

import pytest
from peerkeeper.safety.brake import brake
from peerkeeper.settings import DeleteOverride
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.findings import Code

from tests.builders import PCX, SEOUL, TOKYO, TOKYO_TABLE, route, settings, snapshot, table

AFRICA = Location(TOKYO.account_id, "af-south-1")
"""Sorts before every other."""
NETWORKS = [f"10.{n // 256}.{n % 256}.0/24" for n in range(300)]


def world(of):
    return snapshot(table(TOKYO, *(route(cidr, PCX) for cidr in NETWORKS[:of])))


def deletes(count, by_absence=True):
    return [
        DeleteRoute(TOKYO, TOKYO_TABLE, network(cidr), PCX, by_absence=by_absence, reason="")
        for cidr in NETWORKS[:count]
    ]


@pytest.mark.parametrize(
    ("count", "of", "through"),
    [
        (1, 1, True),
        (2, 2, True),
        (3, 3, False),
        (3, 4, True),
        (10, 11, True),
        (11, 12, False),
        (10, 10, False),
        (30, 100, True),
        (31, 100, False),
        (90, 300, True),
        (91, 300, False),
    ],
)
def test_above_ten_and_thirty_percent_or_all_of_three_none_goes(count, of, through):
    kept, findings = brake(deletes(count), world(of), settings())
    assert len(kept) == (count if through else 0)
    assert [finding.code for finding in findings] == ([] if through else [Code.BRAKE])


def test_the_finding_says_how_to_let_them_through_and_that_does_it():
    _, (finding,) = brake(deletes(12), world(12), settings())
    assert f"DeleteOverride={TOKYO}=12" in finding.message
    for override, through in (
        (DeleteOverride(Location(*TOKYO), 12), 12),
        (DeleteOverride(TOKYO, 13), 12),
        (DeleteOverride(AFRICA, 12), 0),
        (DeleteOverride(TOKYO, 11), 0),
        (DeleteOverride(SEOUL, 12), 0),
    ):
        kept, _ = brake(deletes(12), world(12), settings(delete_override=override))
        assert len(kept) == through


def test_more_planned_than_there_are_is_too_many_to_be_true():
    kept, findings = brake(deletes(4), world(3), settings())
    assert (kept, len(findings)) == ((), 1)


@pytest.mark.parametrize("elsewhere", [SEOUL, AFRICA])
def test_each_location_is_counted_on_its_own(elsewhere):
    routes = [route(cidr, PCX, blackhole=True) for cidr in NETWORKS[:40]]
    here = table(Location(*TOKYO), *routes[:12], id="rtb-1")
    there = table(elsewhere, *routes, id="rtb-2")
    _, (finding,) = brake(deletes(2), snapshot(here, there), settings())
    assert finding.message.startswith("12 of 12 ")


def test_deletes_backed_by_a_terminal_status_need_no_brake():
    kept, findings = brake(deletes(300, by_absence=False), world(300), settings())
    assert (len(kept), findings) == (300, ())


def test_what_is_withheld_holds_nothing_else_back():
    sure = deletes(300, by_absence=False)[200:]
    kept, _ = brake([*deletes(200), *sure], world(300), settings())
    assert list(kept) == sure


def test_the_same_mass_delete_in_slices_is_withheld_too():
    blackholes = (route(cidr, PCX, blackhole=True) for cidr in NETWORKS[:12])
    kept, (finding,) = brake(deletes(2), snapshot(table(TOKYO, *blackholes)), settings())
    assert kept == ()
    assert "12 of 12" in finding.message
