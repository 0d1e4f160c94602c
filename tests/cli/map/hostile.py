"""An estate whose owners put into tags what a page should not run."""

from dataclasses import replace

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.picture import Picture
from peerkeeper_cli.peerings.finding_shown import FindingShown
from peerkeeper_cli.peerings.peering_row import (
    PeeringRow,
    RouteShown,
    Verdict,
    VpcEnd,
)
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import Covered, State

HOSTILE = (
    '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">\u2028]]>--><!--\'"&lt;\\'
    "{{data}} ${x} `x` \ud800"
)
"""Ends of elements, a handler, line separators, entities, slots, half a character."""


def hostile() -> Picture:
    """Return a picture where every text that people set is hostile."""
    route = RouteShown("rtb-0a", HOSTILE, "10.1.0.0/16", "blocked", HOSTILE)
    here = VpcEnd(
        "111122223333",
        "eu-west-1",
        "vpc-0a",
        HOSTILE,
        ("10.0.0.0/16",),
        HOSTILE,
        read=True,
    )
    here = replace(here, consent_words=HOSTILE, routes=(route,), verdict=Verdict.NOTHING)
    there = VpcEnd("444455556666", "eu-west-1", "vpc-0b", HOSTILE, ("10.1.0.0/16",))
    found = FindingShown(HOSTILE, HOSTILE, HOSTILE)
    row = PeeringRow(
        "pcx-0a",
        here,
        there,
        "active",
        HOSTILE,
        HOSTILE,
        verdict=Verdict.NOTHING,
        findings=(found,),
    )
    vpc = VpcRow(
        "111122223333",
        "eu-west-1",
        "vpc-0a",
        HOSTILE,
        ("10.0.0.0/16",),
        HOSTILE,
        read=True,
        findings=(found,),
    )
    denied = Covered("444455556666", "eu-west-1", State.DENIED, HOSTILE)
    return picture([row], [vpc], [denied], title=HOSTILE, masked=False, at="2026-11-29 05:30")
