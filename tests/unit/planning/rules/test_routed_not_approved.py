"""What is routed without consent: one finding a VPC, whatever the number of its peerings."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.routed_not_approved import MOST, routed_not_approved

from tests.builders import PCX, TOKYO, TOKYO_VPC, peering, route, settings, snapshot, table, vpc


def found(count, tags=(), **changed):
    ids = [f"pcx-{number:017x}" for number in range(count)]
    peerings = [replace(peering(id=id_), **changed) for id_ in ids]
    routes = [route(f"10.{number}.0.0/16", id_) for number, id_ in enumerate(ids)]
    seen = snapshot(*peerings, vpc(tags=tags), table(TOKYO, *routes))
    return list(routed_not_approved(seen, settings()))


@pytest.mark.parametrize("count", [1, MOST, MOST + 3])
def test_a_hand_made_estate_is_one_finding_a_vpc(count):
    (only,) = found(count)
    assert (only.location, only.subject) == (TOKYO, TOKYO_VPC)
    assert f"{count} live peerings" in only.message
    assert only.message.count("pcx-") == min(count, MOST)
    assert ("and 3 more" in only.message) is (count > MOST)


def test_what_is_agreed_exempt_or_gone_is_no_finding():
    assert found(3, tags=vpc().tags) == []
    assert found(3, tags=(("peerkeeper:exempt", "true"),)) == []
    assert found(3, status=peering(status="deleted").status) == []
    seen = snapshot(peering(), table(TOKYO, route("10.39.0.0/16", PCX)))
    assert list(routed_not_approved(seen, settings())) == []
    assert list(routed_not_approved(snapshot(peering(), vpc(tags=()), table()), settings())) == []
