"""What may be done to a managed prefix list.

In: the call's parameters, and the list. Out: the list as it will be, or a Refusal. Never looks for who
uses a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.prefix_list_entries import (
    FAMILIES,
    check_number,
    check_size,
    entries_from,
    size_from,
    with_added,
    wrong_change,
    wrong_value,
)
from peerkeeper_local.semantics.prefix_lists import Entry, PrefixList, settled, state_of
from peerkeeper_local.semantics.refusal import Refusal

LONGEST = 255
ENTRIES = ("AddEntries", "RemoveEntries")


def created(list_id: str, owner: str, sent: Mapping[str, Any], moment: Moment) -> PrefixList:
    """Return a new list, its creation in progress.

    Raises Refusal. Source: EC2 API, CreateManagedPrefixList. Observed: MaxEntries from 1 to 1000,
    PrefixListMaxEntriesExceeded. Assumed: the other codes.
    """
    name, family = str(sent.get("PrefixListName", "")), str(sent.get("AddressFamily", ""))
    _check_name(name)
    if family not in FAMILIES:
        raise wrong_value(f"Value ({family}) for parameter addressFamily is invalid.")
    size = size_from(sent.get("MaxEntries"))
    sent_entries = sent.get("Entries") or []
    check_number(sent_entries)
    entries = with_added((), entries_from(sent_entries, family))
    check_size(entries, size)
    return PrefixList(list_id, name, family, owner, size, (entries,), moment.now)


def modified(
    before: PrefixList, sent: Mapping[str, Any], moment: Moment, short: Sequence[str] = ()
) -> PrefixList:
    """Return the list with a change in progress; a new name is there at once, and no new version.

    `short`: the ids of the resources that name the list and have no room for its new MaxEntries:
    the change then fails after a while. Raises Refusal. Sources: EC2 API, ModifyManagedPrefixList;
    observed (PrefixListVersionMismatch, InvalidParameterCombination, InvalidPrefixListModification).
    """
    listed = _ready(before, moment)
    changes = any(sent.get(name) for name in ENTRIES)
    if changes and sent.get("MaxEntries") is not None:
        raise Refusal(
            "InvalidParameterCombination",
            "The entries and the maximum entries of a prefix list cannot be modified together.",
        )
    _check_version(listed, sent.get("CurrentVersion"))
    if sent.get("PrefixListName") is not None:
        _check_name(sent["PrefixListName"])
        listed = replace(listed, name=sent["PrefixListName"])
    if changes:
        return _changing(listed, "modify", moment, coming=_changed_entries(listed, sent))
    if sent.get("MaxEntries") is None:
        return listed
    size = size_from(sent["MaxEntries"])
    check_size(listed.entries, size)
    words = "These resources do not support the new maximum number of entries: "
    failure = words + ", ".join(short[:10]) if short and size > listed.max_entries else ""
    return _changing(listed, "modify", moment, size=size, failure=failure)


def restored(before: PrefixList, sent: Mapping[str, Any], moment: Moment) -> PrefixList:
    """Return the list with the entries of an earlier version on their way to a new version.

    Raises Refusal. Source: EC2 API, RestoreManagedPrefixListVersion; assumed (no such version).
    """
    listed = _ready(before, moment)
    _check_version(listed, sent.get("CurrentVersion"))
    entries = entries_of(listed, sent.get("PreviousVersion"))
    check_size(entries, listed.max_entries)
    return _changing(listed, "restore", moment, coming=entries)


def deleted(before: PrefixList, users: Sequence[str], moment: Moment) -> PrefixList:
    """Return the list with its deletion in progress; `users` are the ids of what names it.

    With users the deletion fails after a while, and the list stays. Raises Refusal. Sources: EC2
    API, DeleteManagedPrefixList; observed (the call is taken, the state ends as delete-failed).
    """
    listed = _ready(before, moment)
    failure = f"The prefix list is in use by: {', '.join(users[:10])}" if users else ""
    return _changing(listed, "delete", moment, failure=failure)


def entries_of(listed: PrefixList, version: int | None) -> tuple[Entry, ...]:
    """Return the entries of a version, the current one if None. Raises Refusal (code assumed)."""
    if version is None or listed.of_aws:
        return listed.entries
    if not 1 <= int(version) <= listed.version:
        raise wrong_value(f"The prefix list {listed.id} has no version {version}.")
    return listed.versions[int(version) - 1]


def _ready(before: PrefixList, moment: Moment) -> PrefixList:
    """Return the list as it is now. Raises Refusal: AWS's own (code assumed), or one in progress.

    Sources: VPC User Guide, AWS-managed lists; observed (IncorrectState).
    """
    if before.of_aws:
        raise Refusal("UnsupportedOperation", f"The prefix list {before.id} is managed by AWS.")
    state = state_of(before, moment) or ""
    if state.endswith("-in-progress") or state == "delete-complete":
        raise Refusal(
            "IncorrectState",
            f"The request cannot be completed while the prefix list is in the {state} state.",
        )
    return settled(before, moment)


def _changing(
    listed: PrefixList,
    change: str,
    moment: Moment,
    *,
    coming: tuple[Entry, ...] | None = None,
    size: int | None = None,
    failure: str = "",
) -> PrefixList:
    return replace(
        listed, change=change, changed=moment.now, coming=coming, size=size, failure=failure
    )


def _changed_entries(listed: PrefixList, sent: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the next version's entries: removals first, then additions."""
    added, removed = (sent.get(name) or [] for name in ENTRIES)
    check_number([*added, *removed])
    gone = {entry.cidr for entry in entries_from(removed, listed.family)}
    for cidr in gone - {entry.cidr for entry in listed.entries}:
        raise wrong_change(f"An entry with the CIDR ({cidr}) does not exist.")
    kept = tuple(entry for entry in listed.entries if entry.cidr not in gone)
    entries = with_added(kept, entries_from(added, listed.family))
    check_size(entries, listed.max_entries)
    return entries


def _check_version(listed: PrefixList, sent: int | None) -> None:
    if sent is not None and int(sent) != listed.version:
        raise Refusal(
            "PrefixListVersionMismatch", "The prefix list has the incorrect version number."
        )


def _check_name(name: str) -> None:
    if not name:
        raise Refusal("MissingParameter", "The request must contain the parameter prefixListName")
    if len(name) > LONGEST or name.startswith("com.amazonaws"):
        raise wrong_value(f"Value ({name}) for parameter prefixListName is invalid.")
