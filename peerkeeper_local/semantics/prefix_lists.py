"""A managed prefix list: what it is, its entries, its state.

In: values. Out: values. A change is in force once it is complete; until then the list is as it was.
What may be changed is in `prefix_list_calls`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal

AWS = "AWS"
WEIGHTS = {
    "s3": 1,
    "dynamodb": 1,
    "cloudfront.origin-facing": 55,
    "groundstation": 5,
    "vpc-lattice": 10,
}
"""How many routes or rules a list of AWS's counts for. Source: VPC User Guide, AWS-managed lists."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One CIDR of a list, canonical, with its description."""

    cidr: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A list of one IP family ("IPv4" or "IPv6"). Version n has the entries `versions[n - 1]`.

    `change` is the last one (create, modify, restore, delete), asked for at `changed` (epoch
    seconds). `coming` and `size` are the entries and the MaxEntries that it brings. `failure`: why
    it will not, as StateMessage says it.
    """

    id: str
    name: str
    family: str
    owner: str
    max_entries: int
    versions: tuple[tuple[Entry, ...], ...]
    changed: float = float("-inf")
    change: str = "create"
    coming: tuple[Entry, ...] | None = None
    size: int | None = None
    failure: str = ""

    @property
    def of_aws(self) -> bool:
        """Whether AWS owns and changes it."""
        return self.owner == AWS

    @property
    def version(self) -> int:
        """The current version; the first is 1."""
        return len(self.versions)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the current version."""
        return self.versions[-1]


def settled(listed: PrefixList, moment: Moment) -> PrefixList:
    """Return the list as it is now: with its last change in force if that is complete."""
    if _in_progress(listed, moment) or (listed.coming is None and listed.size is None):
        return listed
    if listed.failure:
        return replace(listed, coming=None, size=None)
    versions = listed.versions
    if listed.coming is not None:
        versions = (*versions, listed.coming)
    size = listed.max_entries if listed.size is None else listed.size
    return replace(listed, versions=versions, max_entries=size, coming=None, size=None)


def state_of(listed: PrefixList, moment: Moment) -> str | None:
    """Return the list's state; None once a deleted one is no longer shown.

    Source: EC2 API, ManagedPrefixList (State). Observed: a list that is used ends delete-failed.
    Assumed: how long a deleted one is shown.
    """
    if _in_progress(listed, moment):
        return f"{listed.change}-in-progress"
    if listed.failure:
        return f"{listed.change}-failed"
    delays = moment.delays
    shown_until = listed.changed + delays.list_change + delays.list_tombstone
    if listed.change == "delete" and moment.now >= shown_until:
        return None
    return f"{listed.change}-complete"


def usable(listed: PrefixList, moment: Moment) -> bool:
    """Whether a route may name the list: it is not deleted, and not about to be. Source: assumed."""
    return listed.change != "delete" or state_of(listed, moment) == "delete-failed"


def weight_of(listed: PrefixList) -> tuple[int, int]:
    """Return the list's IP version and how many routes it counts for in a table.

    MaxEntries count, not the entries. Sources: VPC User Guide, prefix lists and AWS-managed lists.
    """
    version = 6 if listed.family == "IPv6" else 4
    if not listed.of_aws:
        return version, listed.max_entries
    return version, next(
        (weight for end, weight in WEIGHTS.items() if listed.name.endswith(f".{end}")), 1
    )


def description(
    listed: PrefixList,
    location: Location,
    partition: str,
    moment: Moment,
    tags: Mapping[str, str],
) -> Document:
    """Return the list as a describe shows it. AWS's own list has no version and no MaxEntries.

    `partition`: the partition of the location's region, which is not looked up here. Sources: EC2
    API, ManagedPrefixList; observed (AWS's lists, the owner in their ARN).
    """
    owner = "aws" if listed.of_aws else listed.owner
    place = f"{partition}:ec2:{location.region}:{owner}"
    shown: Document = {
        "PrefixListId": listed.id,
        "AddressFamily": listed.family,
        "State": state_of(listed, moment),
        "PrefixListArn": f"arn:{place}:prefix-list/{listed.id}",
        "PrefixListName": listed.name,
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "OwnerId": listed.owner,
    }
    if not listed.of_aws:
        shown |= {"MaxEntries": listed.max_entries, "Version": listed.version}
    if listed.failure and not _in_progress(listed, moment):
        shown["StateMessage"] = listed.failure
    return shown


def entry_documents(entries: tuple[Entry, ...]) -> list[Document]:
    """Return entries as GetManagedPrefixListEntries shows them; an empty description is left out."""
    return [
        {"Cidr": each.cidr} | ({"Description": each.description} if each.description else {})
        for each in entries
    ]


def _in_progress(listed: PrefixList, moment: Moment) -> bool:
    return moment.now < listed.changed + moment.delays.list_change


def no_such_list(list_id: str) -> Refusal:
    """Source: EC2 errors; observed."""
    return Refusal("InvalidPrefixListID.NotFound", f"The prefix list ID '{list_id}' does not exist")


def no_such_aws_list(list_id: str) -> Refusal:
    """Spell it as DescribePrefixLists does, the older call. Source: observed."""
    return Refusal("InvalidPrefixListId.NotFound", f"The prefix list ID '{list_id}' does not exist")
