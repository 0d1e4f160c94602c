"""Whose a resource is, and what people call it: the tags `Name` and owner, as anybody may have set them.

In: tags. Out: text as it stands there, not yet safe to show. The command line and the
notices read the same tags, so that one word has one meaning.

    the tag Name                          read as
    none, or blank                        nothing
    shaped like an id or an account       nothing: it could pass for another resource
    anything else                         the name
"""

from __future__ import annotations

import re

from peerkeeper.values.ec2 import Tags
from peerkeeper.values.tags import value_of

LIKE_AN_ID = re.compile(r"\s*(?:[a-z]+-[0-9a-f]{8,17}|[0-9]{12}|arn:.*)\s*", re.IGNORECASE)
OWNERS = ("Owner", "owner", "Team", "team")
"""Keys that name an owner; the first one that says something counts."""


def name_said(tags: Tags) -> str:
    """Return the name; empty where there is none, or it must not be shown."""
    said = (value_of(tags, "Name") or "").strip()
    return "" if LIKE_AN_ID.fullmatch(said) else said


def owner_said(tags: Tags) -> str:
    """Return what the first of the owner's tags says; empty where none says anything."""
    said = ((value_of(tags, key) or "").strip() for key in OWNERS)
    return next(filter(None, said), "")
