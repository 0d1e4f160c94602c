"""Consent that goes while a peering is routed: the event of the tag change tells who and when."""

import pytest
from peerkeeper.planning.rules.consent_withdrawn import consent_withdrawn
from peerkeeper.values.findings import Code
from peerkeeper.values.scope import Deferral, Hint
from peerkeeper.values.tag_acts import TagAct

from tests.builders import (
    PCX,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

ROUTED = table(TOKYO, route(str(SEOUL_CIDR), PCX))


def found(act, tags=(), *resources):
    shown = resources or (peering(), ROUTED)
    seen = snapshot(vpc(tags=tags), *shown, tag_acts=frozenset({act}))
    return [(one.code, one.subject) for one in consent_withdrawn(seen, settings())]


def act(resource=TOKYO_VPC, keys=("peerkeeper:peers",), *, taken=True):
    return TagAct(
        TOKYO, resource, keys, taken, "arn:aws:iam::111122223333:user/eve", "2026-03-02T09:01:00Z"
    )


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        (act(), TOKYO_VPC),
        (act(keys=("peerkeeper:peers-lab",)), TOKYO_VPC),
        (act(keys=()), TOKYO_VPC),
        (act(PCX, ("peerkeeper:approved",)), PCX),
    ],
)
def test_a_change_of_a_tag_that_agrees_is_told_where_the_peering_is_routed(change, subject):
    assert found(change) == [(Code.WITHDRAWN, subject)]


@pytest.mark.parametrize(
    "change",
    [
        act(keys=("peerkeeper:dns",)),
        act(keys=("peerkeeper:dns",), taken=False),
        act("vpc-0e0e0e0e0e0e0e0e0"),
        act("pcx-0e0e0e0e0e0e0e0e0", ()),
    ],
)
def test_a_change_of_another_tag_or_resource_is_not(change):
    assert found(change) == []


def test_where_the_read_lags_it_is_looked_at_again():
    seen = snapshot(vpc(), peering(), ROUTED, tag_acts=frozenset({act()}))
    (one,) = consent_withdrawn(seen, settings())
    assert (type(one), one.hint) == (Deferral, Hint(TOKYO, TOKYO_VPC))


def test_where_the_read_does_not_show_a_new_consent_yet_it_is_looked_at_again():
    given = act(taken=False)
    seen = snapshot(vpc(tags=()), peering(), ROUTED, tag_acts=frozenset({given}))
    (one,) = consent_withdrawn(seen, settings())
    assert (type(one), one.hint) == (Deferral, Hint(TOKYO, TOKYO_VPC))
    assert "no read shows yet" in one.why
    shown = snapshot(vpc(), peering(), ROUTED, tag_acts=frozenset({given}))
    assert [*consent_withdrawn(shown, settings())] == []
    unread = snapshot(peering(), tag_acts=frozenset({given}))
    assert [*consent_withdrawn(unread, settings())] == []


def test_where_the_tags_of_now_agree_or_nothing_is_routed_nothing_is_told():
    assert found(act(), (("peerkeeper:peers-lab", "self"),)) == []
    assert found(act(), (), peering(), table(TOKYO)) == []
    assert found(act(), (), peering(status="pending-acceptance"), ROUTED) == []


def test_who_and_when_are_named():
    seen = snapshot(peering(), vpc(tags=()), ROUTED, tag_acts=frozenset({act()}))
    (one,) = consent_withdrawn(seen, settings())
    assert "user/eve took peerkeeper:peers off" in one.message
    assert "2026-03-02T09:01:00Z" in one.message
    assert PCX in one.message
