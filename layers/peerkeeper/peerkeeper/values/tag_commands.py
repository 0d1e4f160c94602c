"""Advice about tags as commands that work when pasted: the whole new value, ids and no names.

In: a resource's tags, what it should say. Out: a key and a value; a command of the AWS CLI in words.
"""

from __future__ import annotations

from peerkeeper.values.ec2 import Tags
from peerkeeper.values.tag_keys import PEERS
from peerkeeper.values.tags import WORD, value_of

MOST = 256
"""Characters of a tag's value. Source: EC2 User Guide, tag restrictions."""


def agreeing_tag(tags: Tags, word: str) -> tuple[str, str]:
    """Return key and value of the tag that agrees to `word` and keeps what is agreed already.

    The value is the whole new one: words of the old one that have no effect are left out. Where it would be
    too long, a key of its own takes the word.
    """
    kept = [each for each in (value_of(tags, PEERS) or "").split() if WORD.fullmatch(each)]
    value = " ".join([*kept, word])
    return (PEERS, value) if len(value) <= MOST else (f"{PEERS}-{word}", word)


def create_tag(region: str, resource: str, key: str, value: str) -> str:
    """Return the command that sets one tag. Single quotes keep a value with spaces whole."""
    return f"aws ec2 create-tags --region {region} --resources {resource} --tags 'Key={key},Value={value}'"
