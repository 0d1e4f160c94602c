"""One tag a VPC in place of one a peering: it agrees to the VPCs of its peers. In: candidates. Out: tags.

Such a word admits every peering with that VPC, of today and of tomorrow; a tag says so. A value has 256
characters at most, so the rest goes under further keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.values.aws_commands import MOST
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tag_keys import PEERS
from peerkeeper.values.tags import WORD, value_of

from peerkeeper_cli.adopt.candidates import Candidate
from peerkeeper_cli.adopt.tag_to_set import TagToSet

WHY = "our side agrees to the VPCs of its peers"


def wider_words(seen: Snapshot, candidates: Iterable[Candidate]) -> Iterator[TagToSet]:
    """Yield the tags of each VPC that name the VPCs of its peers, beside the words that are there."""
    peers: dict[Key, set[str]] = {}
    for one in candidates:
        for _, own, peer in one.views:
            peers.setdefault((own.location, own.vpc_id), set()).add(peer.vpc_id)
    for key, words in sorted(peers.items()):
        yield from _tags(seen, key, sorted(words))


def _tags(seen: Snapshot, key: Key, words: list[str]) -> Iterator[TagToSet]:
    before = value_of(seen.vpcs[key].tags, PEERS) or ""
    kept = [one for one in before.split() if WORD.fullmatch(one) and one not in words]
    for number, part in enumerate(_parts([*kept, *words])):
        name = PEERS if not number else f"{PEERS}-{part[0]}"
        here = before if not number else ""
        admits = _admits(seen, key, part)
        yield TagToSet(key[0], key[1], name, " ".join(part), WHY, here, admits)


def _parts(words: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if len(" ".join([*part, word])) > MOST:
            yield part
            part = []
        part.append(word)
    yield part


def _admits(seen: Snapshot, key: Key, words: list[str]) -> str:
    """Return what else these words admit today: requests that wait, by id."""
    waiting = sorted(
        pcx.id
        for pcx in seen.peerings.values()
        if pcx.status is PeeringStatus.PENDING_ACCEPTANCE
        and (pcx.accepter.location, pcx.accepter.vpc_id) == key
        and pcx.requester.vpc_id in words
    )
    now = f"; today the requests {', '.join(waiting)}" if waiting else ""
    return f"every peering with {' and '.join(words)}{now}"
