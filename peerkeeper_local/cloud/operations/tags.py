"""Tag operations. In: requests. Out: replies. A peering has one id and a tag set in each location.

moto's store of tags is per location already; what it lacks is our peerings, and two rules.
"""

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.utils import get_prefix

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.refusal import Refusal, no_such_vpc
from peerkeeper_local.semantics.tags import check_tags, reserved, tags_from


class TagOperations(Operations):
    """Create and delete tags. Describing them is moto's, and right."""

    def create_tags(self) -> ActionResult:
        """Tag resources that this location sees: all of them, or none if one refuses."""
        self._check_resources()
        tags = tags_from(self.params.get("Tags") or [])
        for resource in self.params["Resources"]:
            present = self.ec2_backend.tags.get(resource, {})
            check_tags(tags, present, self.world.limits)
        self.ec2_backend.create_tags(self.params["Resources"], tags)
        return EmptyResult()

    def delete_tags(self) -> ActionResult:
        """Remove tags: by key, by key and value, or without keys all. Source: EC2 API."""
        self._check_resources()
        store = self.ec2_backend
        sent = self.params.get("Tags") or []
        named = {tag["Key"]: tag.get("Value") for tag in sent}
        for resource in self.params["Resources"]:
            present = store.tags.get(resource, {})
            own = {key: None for key in present if not reserved(key)}
            store.delete_tags([resource], named or own)
        return EmptyResult()

    def _check_resources(self) -> None:
        resources = self.params.get("Resources") or []
        if not resources:
            raise Refusal(
                "MissingParameter", "The request must contain the parameter resourceIdSet"
            )
        for resource in resources:
            if resource.startswith("pcx-"):
                self.world.peering(resource, self.location)
            elif get_prefix(resource) is None:
                raise Refusal("InvalidID", f"The ID '{resource}' is not valid")
            elif resource.startswith("vpc-") and resource not in self.ec2_backend.vpcs:
                raise no_such_vpc(resource)
        others = [resource for resource in resources if not resource.startswith("pcx-")]
        self.ec2_backend.do_resources_exist(others)
