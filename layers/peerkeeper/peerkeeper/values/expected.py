"""What `peerkeeper:expect` says: the traffic that should reach our VPC from a peer.

In: tags, or a value. Out: traffic; wrong words. A wrong word expects nothing. A slip of the key
expects nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.ec2 import Tags
from peerkeeper.values.tag_keys import EXPECT
from peerkeeper.values.tags import value_of
from peerkeeper.values.traffic import FORMS, Traffic, traffic

ALLOWED = FORMS
"""The words that count, for a fault."""


def expected(*tags: Tags) -> tuple[Traffic, ...]:
    """Return the traffic that the tags of our VPC and of our view of a peering expect, each once."""
    return tuple(dict.fromkeys(one for each in tags for one in _read(value_of(each, EXPECT) or "")))


def wrong_words(value: str) -> tuple[str, ...]:
    """Return the words of the value that are no traffic."""
    return tuple(word for word in value.split() if not _known(word))


def _read(value: str) -> Iterator[Traffic]:
    return (traffic(word) for word in value.split() if _known(word))


def _known(word: str) -> bool:
    try:
        traffic(word)
    except ValueError:
        return False
    return True
