"""Does a trail log the writes of EC2? In: what GetEventSelectors says. Out: a word, and what to put instead.

The first row that fits one of its selectors:

    the selector                                                  logs writes
    basic, IncludeManagementEvents, All or WriteOnly              yes
    advanced, eventCategory Management, readOnly not only true,
      and nothing that leaves EC2 out                             yes
    the same, narrowed by another field (an event's name, who)    narrowed
    any other                                                     no

Source: CloudTrail API reference, EventSelector, AdvancedEventSelector, AdvancedFieldSelector.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from shlex import quote
from typing import Any

EC2 = "ec2.amazonaws.com"
Selector = Mapping[str, Any]
BASIC = {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}
ADVANCED = {
    "Name": "Writes of management events",
    "FieldSelectors": [
        {"Field": "eventCategory", "Equals": ["Management"]},
        {"Field": "readOnly", "Equals": ["false"]},
    ],
}
PLAIN = frozenset({"eventCategory", "readOnly", "eventSource"})


class Writes(StrEnum):
    """Whether writes of EC2 are logged."""

    YES = "yes"
    NARROWED = "narrowed"
    NO = "no"


def writes(said: Mapping[str, Any]) -> Writes:
    """Return whether any of the trail's selectors logs them."""
    found = {_basic(one) for one in said.get("EventSelectors") or ()}
    found |= {_advanced(one) for one in said.get("AdvancedEventSelectors") or ()}
    return next((one for one in Writes if one in found), Writes.NO)


def widened(said: Mapping[str, Any]) -> str:
    """Return the option that keeps every selector there is and adds one for writes, for a shell."""
    advanced: Sequence[Selector] = said.get("AdvancedEventSelectors") or ()
    if advanced:
        return f"--advanced-event-selectors {quote(json.dumps([*advanced, ADVANCED]))}"
    basic = [*(said.get("EventSelectors") or ()), BASIC]
    return f"--event-selectors {quote(json.dumps(basic))}"


def _basic(selector: Selector) -> Writes:
    logs = selector.get("ReadWriteType", "All") in ("All", "WriteOnly")
    return Writes.YES if selector.get("IncludeManagementEvents", True) and logs else Writes.NO


def _advanced(selector: Selector) -> Writes:
    fields = {one.get("Field"): one for one in selector.get("FieldSelectors") or ()}
    if not _takes(fields.get("eventCategory"), "Management", must=True):
        return Writes.NO
    if not _takes(fields.get("readOnly"), "false") or not _takes(fields.get("eventSource"), EC2):
        return Writes.NO
    return Writes.YES if fields.keys() <= PLAIN else Writes.NARROWED


def _takes(field: Selector | None, value: str, *, must: bool = False) -> bool:
    """Tell whether a field lets the value through; where it is absent, unless it must be there."""
    if field is None:
        return not must
    if "Equals" in field:
        return value in field["Equals"]
    return value not in (field.get("NotEquals") or ())
