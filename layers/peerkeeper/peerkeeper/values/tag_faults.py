"""What is wrong with Peerkeeper's tags on one resource, in words.

In: its tags, and what it is. Out: a line for each fault, with what is allowed. Never decides to write.

    the key, as written         has effect on this resource    the fault
    exactly ours                yes                            what is wrong with its value, if anything
    exactly ours                no                             it has no effect here
    looks like one of ours      yes                            it is not that key
    looks like one of ours      no                             that key has no effect here
    with our prefix, unknown    -                              it is no tag of Peerkeeper
    any other                   -                              none
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from peerkeeper.values.destinations import wrong_words
from peerkeeper.values.ec2 import Tags
from peerkeeper.values.tag_keys import (
    DESTINATIONS,
    EXPECT,
    KEYS,
    PEERS,
    ROUTES,
    SHARE,
    STATUS,
    ZONES,
    is_ours,
    is_peers,
    misread,
    places,
)
from peerkeeper.values.tags import MOST, WORD, is_only


@lru_cache(maxsize=MOST)
def faults(tags: Tags, place: str) -> tuple[str, ...]:
    """Return, in words, each fault in the resource's Peerkeeper tags, with what is allowed.

    `place`: what the resource is, in the words of `tag_keys.SAID`.
    """
    return tuple(words for key, value in tags for words in _faults_of(key, value, place))


def _faults_of(key: str, value: str, place: str) -> Iterator[str]:
    read = misread(key)
    meant = read.meant if read else key
    if meant and is_ours(meant) and place not in places(meant):
        yield _wrong_place(key, meant, place)
    elif read:
        yield _wrong_key(key, meant, slip=read.slip)
    elif is_ours(key) and key != STATUS:
        yield from _wrong_value(key, value)


def _wrong_place(key: str, meant: str, place: str) -> str:
    *first, last = places(meant)
    there = f"{', '.join(first)} or {last}" if first else last
    if meant not in (key, STATUS):
        looks = f"{key!r} looks like {meant}, which has no effect on {place}"
        return f"{looks}; remove it, or set {meant} on {there}"
    if meant == STATUS:  # people set it nowhere
        return f"{key} has no effect on {place}; remove that tag"
    return f"{key} has no effect on {place}; remove it, or move it to {there}"


def _wrong_key(key: str, meant: str, *, slip: bool) -> str:
    if slip:
        return f"{key!r} is not {meant}: case and blanks count; write {meant}, and remove {key!r}"
    if meant:
        return f"{key!r} looks like {meant} and has no effect; if you mean {meant}, write that"
    known = ", ".join((PEERS, f"{PEERS}-<word>", *(one for one in KEYS if one != PEERS)))
    return f"{key} is not a tag of Peerkeeper; the tags are {known}"


def _wrong_value(key: str, value: str) -> Iterator[str]:
    if is_peers(key) or key in (SHARE, ZONES):
        vpcs = "" if key == ZONES else ", vpc ids"
        wrong = [
            word
            for word in value.split()
            if not WORD.fullmatch(word) or (key == ZONES and word[0] == "v")
        ]
        if wrong or not value.split():
            said = ", ".join(repr(word) for word in wrong) or "nothing"
            yield (
                f"{key} names {said}; allowed are 12-digit account ids{vpcs} and self, "
                "separated by spaces"
            )
    elif key == ROUTES:
        if value not in ("none", "report") and not is_only(value):
            yield f"{key} is {value!r}; allowed are none, report, or pcx ids and vpc ids, separated by spaces"
    elif key == DESTINATIONS:
        wrong = [repr(word) for word in wrong_words(value)]
        if wrong or not value.split():
            said = ", ".join(wrong) or "nothing"
            yield (
                f"{key} names {said}; allowed are subnets, or CIDRs without host bits, separated by "
                "spaces. Until then this side routes nothing to the peering"
            )
    elif key == EXPECT:
        yield from _wrong_traffic(value)
    elif value not in KEYS[key].values:
        yield f"{key} is {value!r}; allowed: {', '.join(KEYS[key].values)}"


def _wrong_traffic(value: str) -> Iterator[str]:
    from peerkeeper.values.expected import ALLOWED, wrong_words  # noqa: PLC0415 - few tags need it

    wrong = [repr(word) for word in wrong_words(value)]
    if wrong or not value.split():
        said = ", ".join(wrong) or "nothing"
        yield f"{EXPECT} names {said}; allowed are {ALLOWED}, separated by spaces. That expects nothing"
