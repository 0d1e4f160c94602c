"""What people and tools do to the estate in a week, each thing at its time; and the sweeps in between.

In: an estate. Out: the week, lived. A tool's steps come seconds apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.integration.mixed.estate import APPS, DATA, EDGE, HUB, LAB, Estate

QUARTER, HOUR, DAY, WEEK = 900, 3600, 86_400, 7 * 86_400
Deed = tuple[float, Callable[[], Any]]


def live(estate: Estate, *, whole: bool) -> int:
    """Live a week with a sweep each quarter of an hour; return how many sweeps ran.

    Where it is not the `whole` week, time jumps: only the sweep after something was done runs. Any other
    would see what the last one saw, and counts as measured like it.
    """
    begin, run = estate.cloud.clock.now(), 0
    left = deeds(estate)
    last = 0.0
    for at in range(0, WEEK, QUARTER):
        while left and left[0][0] < at:
            last, deed = left.pop(0)
            estate.pump.advance(begin + last - estate.cloud.clock.now())
            deed()
        estate.pump.advance(begin + at - estate.cloud.clock.now())
        if whole or at - last <= QUARTER:
            estate.pump.sweep()
            run += 1
        else:
            estate.log.sweep_again(begin + at)
    estate.pump.advance(QUARTER)
    return run


def deeds(estate: Estate) -> list[Deed]:
    """Return what is done in the week, by seconds from its start, in order."""
    every = (*_peerings(estate), *_conflict(estate), *_subnets(estate), *_settings(estate))
    return sorted(every, key=lambda deed: deed[0])


def _peerings(estate: Estate) -> Iterator[Deed]:
    """Requests that wait, that fail, that somebody accepts by hand; peerings that end."""
    at, ask, end = HOUR, partial(partial, estate.ask), partial(partial, estate.end)
    yield 10 * at, ask(13, 14)  # both hold the pods' network: EC2 fails it
    yield 12 * at, ask(27, 28)  # nobody answers
    yield 20 * at, ask(29, 30)
    yield 20 * at + 40, partial(estate.accept, 29, 30)
    yield 20 * at + 70, partial(estate.route_both, 29, 30)
    yield 24 * at, end(HUB, 11)  # of the two that claim the pods' network
    yield 30 * at, end(10, 20)
    yield 30 * at + 5, end(10, 23)
    yield 70 * at, ask(DATA, HUB)
    yield 75 * at, ask(HUB, DATA)
    yield 80 * at, partial(estate.reject, HUB, DATA)
    yield 90 * at, ask(28, HUB)
    yield 91 * at, partial(estate.route, 28, HUB, (28, HUB))
    yield 110 * at, ask(28, LAB)
    yield 112 * at, end(28, LAB)
    for expiring_or_expired in (3 * DAY, 4 * DAY, 6 * DAY + 12 * at):
        yield expiring_or_expired, lambda: None


def _conflict(estate: Estate) -> Iterator[Deed]:
    """A route of a tool is in the way of a peering, and goes two days later."""
    cidr = estate.vpcs[HUB].cidr
    gateway = estate.vpcs[APPS].gateway
    yield 39 * HOUR, lambda: estate.send(APPS, "public", cidr, GatewayId=gateway)
    yield 40 * HOUR, lambda: estate.ask(APPS, HUB)
    yield 88 * HOUR, lambda: estate.drop(APPS, "public", cidr)


def _subnets(estate: Estate) -> Iterator[Deed]:
    """Terraform makes a subnet, its association and its default route; gateways go and come back."""
    for number in (EDGE, HUB, 9):
        yield 3 * HOUR, partial(estate.subnet, number, "new", 10)
        yield 3 * HOUR + 20, partial(estate.new_table, number, "new")
        yield 3 * HOUR + 40, partial(estate.lead_out, number, "new")
        # A sweep comes by while the gateway is away.
        yield 5 * HOUR - 20, partial(estate.detach, number)
        yield 5 * HOUR - 10, partial(estate.subnet, number, "meanwhile", 11)
        yield 5 * HOUR + 10, partial(estate.associate, number, "meanwhile", "new")
        yield 5 * HOUR + 30, partial(estate.attach, number)
        # Terraform replaces the route.
        yield 125 * HOUR, partial(estate.drop, number, "public")
        yield 125 * HOUR + 40, partial(estate.lead_out, number, "public")
    yield 130 * HOUR, lambda: estate.move(EDGE, "public", "main")


def _settings(estate: Estate) -> Iterator[Deed]:
    """One more owner asks for hostnames; somebody turns those of two other VPCs off."""
    yield 120 * HOUR, lambda: estate.tag(27, dns="enforce")
    yield 150 * HOUR, lambda: estate.host_names(HUB, on=False)
    yield 151 * HOUR, lambda: estate.host_names(8, on=False)
