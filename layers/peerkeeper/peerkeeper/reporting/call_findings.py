"""Findings about calls: reads that failed, changes that were refused or failed.

In: the snapshot's unread, outcomes. Out: `Finding`s that name what to grant, raise or fix.

    trouble     finding
    STS denied  account-unreachable, once an account: the role and its trust, or who forbids it
    a status tag cannot-remember, where EC2 says no until a person acts: nobody was told
    of a quota  quota-unknown
    denied      denied: names the action, the location, who refused and the way out (`refuser`)
    quota       quota-reached
    refused     change-failed, or peer-dns-off where EC2 says that DNS is off
    guard       refused-by-guard
    absent      nothing for a read: the id is gone, or not visible yet
    passing     location-unread for a read; nothing for a change: it is tried again
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.safety.rights import hint_for
from peerkeeper.settings import Settings
from peerkeeper.spoke_roles import how_to_reach, keeps_endpoints
from peerkeeper.values.changes import AllowRemoteDnsResolution, TagStatus
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import (
    ENDPOINTS,
    GROUP_RULES,
    LISTS,
    QUOTAS,
    WHAT_STOPS,
    ZONES,
    Code,
    Finding,
)
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.refuser import BY_ORGANIZATION, refuser, way_out, without_code
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import Status
from peerkeeper.values.trouble import Meaning, Trouble

ABOUT = {
    Describe.AWS_PREFIX_LISTS: LISTS,
    Describe.PREFIX_LIST: LISTS,
    Describe.STALE_GROUPS: GROUP_RULES,
    Describe.GROUP_RULES: GROUP_RULES,
    Describe.QUOTAS: QUOTAS,
    Describe.LIST_SIZES: QUOTAS,
    Describe.INTERFACES: WHAT_STOPS,
    Describe.GROUPS: WHAT_STOPS,
    Describe.ACLS: WHAT_STOPS,
    Describe.ZONES: ZONES,
    Describe.ZONES_OF_VPC: ZONES,
    Describe.VPC_ENDPOINTS: ENDPOINTS,
}
"""Reads without which all else works as before."""
LASTING = frozenset({Meaning.DENIED, Meaning.QUOTA, Meaning.REFUSED})
"""EC2 says no until a person acts."""


def call_findings(
    seen: Snapshot, outcomes: Iterable[Outcome], settings: Settings
) -> Iterator[Finding]:
    """Yield a finding for each call that a person should know of, one for an unreachable account."""
    outcomes = tuple(outcomes)
    yield from _out_of_reach(seen, outcomes, settings)
    for read, trouble in seen.unread.items():
        if trouble.unreachable:
            continue
        if trouble.meaning is Meaning.ABSENT:
            continue  # gone, or not visible yet: the event's own claim is looked at again
        code = Code.DENIED if trouble.meaning is Meaning.DENIED else Code.UNREAD
        about = _about(read)
        code = Code.QUOTA_UNKNOWN if about == QUOTAS else code
        said = _words(trouble, read.location, settings)
        words = f"{read.kind} of {read.location} could not be read: {said}"
        yield Finding(code, read.location, about, words)
    for outcome in outcomes:
        yield from _of(outcome, settings)


def _about(read: Read) -> str:
    if read.kind is Describe.GROUPS and read.by is By.GROUP:
        return ENDPOINTS  # by their ids only the groups of endpoints are read
    return ABOUT.get(read.kind, str(read.location))


def _of(outcome: Outcome, settings: Settings) -> Iterator[Finding]:
    change, trouble = outcome.change, outcome.trouble
    subject = hint_for(change).id
    if outcome.result is Result.REFUSED:
        yield Finding(Code.GUARD, change.location, subject, f"{change}: {outcome.detail}")
    if outcome.result is not Result.FAILED or not trouble or trouble.unreachable:
        return
    said = _words(trouble, change.location, settings)
    if (
        isinstance(change, TagStatus)
        and change.status is not Status.CLEAR
        and trouble.meaning in LASTING
    ):
        words = (
            f"Peerkeeper sent no notice that {subject} is {change.status}. It cannot set the tag {STATUS}: "
            f"{said}; make that possible (a resource has at most 50 tags), and the notice comes"
        )
        yield Finding(Code.FORGETFUL, change.location, subject, words)
    match trouble.meaning:
        case Meaning.DENIED:
            yield Finding(Code.DENIED, change.location, subject, said)
        case Meaning.QUOTA:
            yield Finding(Code.QUOTA, change.location, subject, said)
        case Meaning.REFUSED:
            dns = isinstance(change, AllowRemoteDnsResolution) and "Dns" in trouble.code
            code = Code.PEER_DNS_OFF if dns else Code.FAILED
            yield Finding(code, change.location, subject, said)
        case _:
            return


def _out_of_reach(
    seen: Snapshot, outcomes: Iterable[Outcome], settings: Settings
) -> Iterator[Finding]:
    troubles = [(read.location, trouble) for read, trouble in seen.unread.items()]
    troubles += [(one.change.location, one.trouble) for one in outcomes if one.trouble]
    found: dict[str, tuple[Location, Trouble]] = {}
    for where, trouble in sorted(troubles, key=lambda one: one[0]):
        if trouble.unreachable:
            found.setdefault(where.account_id, (where, trouble))
    for account, (where, trouble) in found.items():
        said = f"AssumeRole says {trouble.code}: {without_code(trouble.message)}"
        what = "keeps no endpoint" if keeps_endpoints(settings) else "reads and changes nothing"
        words = f"{said}. Peerkeeper {what} there"
        if refuser(trouble.message) in BY_ORGANIZATION:
            remedy = way_out(trouble, where, settings.account)
        else:
            remedy = how_to_reach(where, settings)
        yield Finding(Code.UNREACHABLE, where, account, f"{words}; {remedy}")


def _words(trouble: Trouble, where: Location, settings: Settings) -> str:
    said = f"{trouble.action} says {trouble.code}: {without_code(trouble.message)}"
    match trouble.meaning:
        case Meaning.DENIED:
            return f"{said}; {way_out(trouble, where, settings.account)}"
        case Meaning.QUOTA:
            return f"{said}; raise the quota in Service Quotas. All other work continues"
        case _:
            return said
