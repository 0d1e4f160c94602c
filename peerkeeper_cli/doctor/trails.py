"""Does EventBridge receive EC2's writes, by a CloudTrail trail? In: answers of CloudTrail. Out: checks.

The first row that fits, for each place:

    what is so                                                        result
    a trail of this region or of all regions is on, and logs writes   pass
    the trails here could not be read                                 unknown
    one is on, and its selectors are narrowed by more                 unknown
    one is on, and logs no writes                                     fail: put-event-selectors
    one logs writes, and is off                                       fail: start-logging
    there is none here                                                fail: create-trail

Source: EventBridge User Guide, events from AWS services via CloudTrail; CloudTrail API reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, Result, failed, passed
from peerkeeper_cli.doctor.selectors import Writes, widened, writes
from peerkeeper_cli.doctor.site import Site

NAME = "trail"
Trail = Mapping[str, Any]


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Yield what is to be asked: the trails of each place, then of each trail how it is."""
    for place in site.places:
        yield _described(place)
        for trail in _here(place, answers):
            yield from _of(place, trail)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check a place."""
    for place in site.places:
        asked = _described(place)
        if answers[asked].value is None:
            yield unread(NAME, place, asked, answers[asked])
            continue
        found = [_judged(place, trail, answers) for trail in _here(place, answers)]
        yield min(found, key=_nearest, default=_none(site, place))


def _nearest(check: Check) -> int:
    return [Result.PASS, Result.UNKNOWN, Result.FAIL].index(check.result)


def _judged(place: Location, trail: Trail, answers: Answers) -> Check:
    status, selectors = (answers[one] for one in _of(place, trail))
    for asked, answer in zip(_of(place, trail), (status, selectors), strict=True):
        if answer.value is None:
            return unread(NAME, place, asked, answer)
    name, at = trail["TrailARN"], f"--region {_home(place, trail)}"
    logged = writes(selectors.value or {})
    whose = (
        " (it is the organization's: its management account must)" if _organizations(trail) else ""
    )
    if logged is Writes.NO:
        words = f"the trail {trail['Name']} logs no writes of management events{whose}"
        option = widened(selectors.value or {})
        mend = f"aws cloudtrail put-event-selectors {at} --trail-name {name} {option}"
        return failed(NAME, place, words, mend)
    if not status.get("IsLogging"):
        words = f"the trail {trail['Name']} is off: no event comes from here{whose}"
        return failed(NAME, place, words, f"aws cloudtrail start-logging {at} --name {name}")
    if logged is Writes.NARROWED:
        words = (
            f"the trail {trail['Name']} logs only a part of the writes: its selectors are narrowed"
        )
        mend = f"aws cloudtrail get-event-selectors {at} --trail-name {name}"
        return Check(NAME, Result.UNKNOWN, str(place), words, (mend,))
    return passed(NAME, place, f"the trail {trail['Name']} is on, and logs writes")


def _none(site: Site, place: Location) -> Check:
    words = (
        "no trail logs this region: EC2's calls make no event, and each change waits for the sweep"
    )
    # One trail of all regions is enough, so that each region asks for the same one.
    at = f"--region {site.role_region(place.account_id)} --name management-events"
    return failed(
        NAME,
        place,
        words,
        f"aws cloudtrail create-trail {at} --is-multi-region-trail --s3-bucket-name BUCKET",
        f"aws cloudtrail start-logging {at}",
    )


def _here(place: Location, answers: Answers) -> list[Trail]:
    """Return the trails that are of this region, or of all."""
    said: Iterable[Trail] = answers[_described(place)].get("trailList") or ()
    return [
        one for one in said if one.get("IsMultiRegionTrail") or _home(place, one) == place.region
    ]


def _organizations(trail: Trail) -> bool:
    return bool(trail.get("IsOrganizationTrail"))


def _home(place: Location, trail: Trail) -> str:
    return str(trail.get("HomeRegion") or place.region)


def _described(place: Location) -> Call:
    return call("cloudtrail", place, "DescribeTrails")


def _of(place: Location, trail: Trail) -> tuple[Call, Call]:
    home, arn = Location(place.account_id, _home(place, trail)), trail["TrailARN"]
    return (
        call("cloudtrail", home, "GetTrailStatus", Name=arn),
        call("cloudtrail", home, "GetEventSelectors", TrailName=arn),
    )
