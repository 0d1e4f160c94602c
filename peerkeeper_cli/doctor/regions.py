"""Is each region enabled in its account? In: answers of DescribeRegions. Out: checks.

    OptInStatus                           result
    opt-in-not-required, opted-in         pass
    not-opted-in                          fail
    the region is not in the list         fail: of another partition, or misspelt

Source: EC2 API reference, DescribeRegions, AllRegions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.site import Site

NAME = "region enabled"
ON = frozenset({"opt-in-not-required", "opted-in"})


def calls(site: Site, _: Answers) -> Iterable[Call]:
    """Return one question an account."""
    return [_asked(site, account) for account in (site.hub.account_id, *site.accounts)]


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check a place."""
    for place in site.places:
        asked = _asked(site, place.account_id)
        answer = answers[asked]
        if answer.trouble or answer.absent:
            yield unread(NAME, place, asked, answer)
            continue
        known = {one["RegionName"]: one.get("OptInStatus") for one in answer.get("Regions") or ()}
        yield _judged(place, known)


def _judged(place: Location, known: dict[str, str]) -> Check:
    if place.region not in known:
        words = f"EC2 has no region {place.region} in this partition"
        return failed(NAME, place, words, "correct the parameter Regions")
    if known[place.region] not in ON:
        words = "the region is not enabled there: EC2 answers no call, and no event comes"
        mend = f"aws account enable-region --region-name {place.region}"
        return failed(NAME, place, words, mend)
    return passed(NAME, place, "the region is enabled")


def _asked(site: Site, account: str) -> Call:
    return call("ec2", site.iam(account), "DescribeRegions", AllRegions=True)
