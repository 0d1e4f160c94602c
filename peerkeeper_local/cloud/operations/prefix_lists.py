"""Managed prefix list operations, owned whole: moto's are not used. In: requests. Out: EC2's replies."""

from moto.core.responses import ActionResult
from moto.ec2.utils import random_managed_prefix_list_id

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.prefix_lists import prefix_lists, shown, users, without_room
from peerkeeper_local.semantics import prefix_list_calls as rules
from peerkeeper_local.semantics.listings import Listing, listed
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.prefix_lists import (
    PrefixList,
    entry_documents,
    no_such_aws_list,
    no_such_list,
)

LISTS = Listing(
    "PrefixLists",
    "PrefixListId",
    "PrefixListIds",
    {
        "owner-id": ("OwnerId",),
        "prefix-list-id": ("PrefixListId",),
        "prefix-list-name": ("PrefixListName",),
    },
    no_such_list,
    least=1,
    most=100,
)
AWS_LISTS = Listing(
    "PrefixLists",
    "PrefixListId",
    "PrefixListIds",
    {"prefix-list-id": ("PrefixListId",), "prefix-list-name": ("PrefixListName",)},
    no_such_aws_list,
    least=1,
    capped=True,
)


class PrefixListOperations(Operations):
    """Create, describe, change and delete managed prefix lists, and say who uses them."""

    def create_managed_prefix_list(self) -> ActionResult:
        """Create a list: the reply says create-in-progress."""
        made = rules.created(
            random_managed_prefix_list_id(), self.location.account, self.params, self.moment
        )
        tags = self._parse_tag_specification("prefix-list")
        if tags:
            self.ec2_backend.create_tags([made.id], tags["prefix-list"])
        return self._kept(made)

    def describe_managed_prefix_lists(self) -> ActionResult:
        """Describe the account's lists and AWS's lists."""
        lists = prefix_lists(self.world, self.location).values()
        documents = [shown(self.world, self.location, each) for each in lists]
        return ActionResult(listed(documents, LISTS, self.params))

    def describe_prefix_lists(self) -> ActionResult:
        """Describe AWS's lists with their CIDRs."""
        documents = [
            {
                "PrefixListId": each.id,
                "PrefixListName": each.name,
                "Cidrs": [entry.cidr for entry in each.entries],
            }
            for each in prefix_lists(self.world, self.location).values()
            if each.of_aws
        ]
        return ActionResult(listed(documents, AWS_LISTS, self.params))

    def get_managed_prefix_list_entries(self) -> ActionResult:
        """Return the entries of a version, 100 to a page."""
        entries = rules.entries_of(self._named_list(), self.params.get("TargetVersion"))
        return ActionResult(page_of(entry_documents(entries), "Entries", self.params, 100, 1))

    def get_managed_prefix_list_associations(self) -> ActionResult:
        """Return the route tables and security groups that name the list."""
        named = [
            {"ResourceId": each, "ResourceOwner": self.location.account}
            for each in users(self.ec2_backend, self._named_list().id)
        ]
        return ActionResult(page_of(named, "PrefixListAssociations", self.params, 255))

    def modify_managed_prefix_list(self) -> ActionResult:
        """Change name, entries or MaxEntries: the reply shows the list as it was, in progress."""
        named, size = self._named_list(), self.params.get("MaxEntries")
        short = [] if size is None else without_room(self.world, self.location, named, int(size))
        return self._kept(rules.modified(named, self.params, self.moment, short))

    def restore_managed_prefix_list_version(self) -> ActionResult:
        """Bring the entries of an earlier version back, as a new version."""
        return self._kept(rules.restored(self._named_list(), self.params, self.moment))

    def delete_managed_prefix_list(self) -> ActionResult:
        """Delete a list: the reply says delete-in-progress. One that is used stays, delete-failed."""
        named = self._named_list()
        deleted = rules.deleted(named, users(self.ec2_backend, named.id), self.moment)
        delays = self.world.delays
        at = self.moment.now + delays.list_change + delays.list_tombstone
        self.world.due(at, self.location, named.id)
        return self._kept(deleted)

    def _named_list(self) -> PrefixList:
        """Return the list that the call names, as it is now. Raises Refusal (NotFound)."""
        list_id = self.required("PrefixListId")
        found = prefix_lists(self.world, self.location).get(list_id)
        if found is None:
            raise no_such_list(list_id)
        return found

    def _kept(self, changed: PrefixList) -> ActionResult:
        self.ec2_backend.managed_prefix_lists[changed.id] = changed
        return ActionResult({"PrefixList": shown(self.world, self.location, changed)})
