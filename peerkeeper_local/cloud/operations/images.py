"""Machine images. In: requests. Out: Amazon's few, and those that somebody made here."""

from datetime import datetime

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.filters import matching
from peerkeeper_local.semantics.image_filter_paths import IMAGES
from peerkeeper_local.semantics.images import images
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.refusal import Refusal


class ImageOperations(Operations):
    """Describe images; making them is moto's."""

    def describe_images(self) -> ActionResult:
        """Describe images by id, owner (account, alias or self), who may run them, and filters."""
        known = [*images(self.location.region), *self._made_here()]
        by_id = {each["ImageId"]: each for each in known}
        ids = self.params.get("ImageIds") or []
        for each in ids:
            if each not in by_id:
                words = f"The image id '[{each}]' does not exist"
                raise Refusal("InvalidAMIID.NotFound", words)
        found = [by_id[each] for each in dict.fromkeys(ids)] if ids else known
        owners = self._accounts(self.params.get("Owners"))
        users = self._accounts(self.params.get("ExecutableUsers"))
        found = [
            each
            for each in found
            if not owners or owners & {each["OwnerId"], each.get("ImageOwnerAlias", "")}
            if not users or self._may_run(each, users)
        ]
        found = matching(found, self.params.get("Filters") or [], IMAGES)
        # moto writes times from datetimes; filters see them as the text that EC2 sends.
        told = [
            {**each, "CreationDate": datetime.fromisoformat(each["CreationDate"])} for each in found
        ]
        return ActionResult(page_of(told, "Images", self.params, self.world.limits.page))

    def _accounts(self, sent: list[str] | None) -> set[str]:
        return {self.location.account if each == "self" else each for each in sent or ()}

    def _may_run(self, image: Document, users: set[str]) -> bool:
        """Whether one of `users` has a launch permission: all, or its own. Source: EC2 API."""
        if image["Public"]:
            return "all" in users
        permissions = self.ec2_backend.amis[image["ImageId"]].launch_permissions
        return any(each.get("UserId") in users for each in permissions)

    def _made_here(self) -> list[Document]:
        """Return the images of this location as moto keeps them."""
        kept = list(self.ec2_backend.amis.values())
        if not kept:
            return []
        documents: list[Document] = document_of("DescribeImages", {"Images": kept})["Images"]
        for each in documents:
            each.setdefault("Public", False)
        return documents
