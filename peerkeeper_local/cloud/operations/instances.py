"""Instance operations: enough for hosts in a network. In: requests. Out: replies.

moto makes the instances; image, subnet, groups and states are as EC2 has them.
"""

from collections.abc import Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidInstanceIdError

from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.groups import group_by_id
from peerkeeper_local.cloud.hosts import set_out
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.operations.security_groups import no_default_vpc
from peerkeeper_local.semantics.dependencies import check_carried
from peerkeeper_local.semantics.images import images
from peerkeeper_local.semantics.instance_states import CODES, next_state
from peerkeeper_local.semantics.refusal import Refusal, no_such_group, no_such_subnet, required

PLACE = ("VpcId", "SubnetId", "PrivateIpAddress", "PublicIpAddress")
OF_A_PLACE = (
    "vpc-id",
    "subnet-id",
    "private-",
    "ip-address",
    "network-interface",
    "instance.group",
)
"""How the filters begin that no terminated instance passes."""


class InstanceOperations(Operations):
    """Run, describe, start, stop and terminate instances."""

    def run_instances(self) -> ActionResult:
        """Run instances: pending, then running. Sources: EC2 API; observed (the refusals)."""
        if self.params.get("ImageId"):
            self._check_image(self.params["ImageId"])
        interfaces = self.params.get("NetworkInterfaces") or []
        subnet_ids = [each["SubnetId"] for each in interfaces if each.get("SubnetId")]
        if not interfaces:
            if "SubnetId" not in self.params:
                self.params["SubnetId"] = self._default_subnet()
            subnet_ids = [self.params["SubnetId"]]
        for each in subnet_ids:
            self._check_carried(each, self._groups_sent(interfaces))
        self.params["MinCount"] = self.params.get("MaxCount") or self.params.get("MinCount") or 1
        reservation = super().run_instances().result
        given = {int(each["DeviceIndex"]): each for each in interfaces}
        for instance in reservation.instances:
            self._born(instance, given)
        reply = document_of("RunInstances", reservation)
        for each in reply["Instances"]:
            each["State"] = {"Code": CODES["pending"], "Name": "pending"}
        return ActionResult(reply)

    def describe_instances(self) -> ActionResult:
        """Describe instances; one that is terminated has no place in a network any more."""
        reply = document_of("DescribeInstances", super().describe_instances().result)
        names = {each.get("Name", "") for each in self.params.get("Filters") or ()}
        placed = any(name.startswith(OF_A_PLACE) for name in names)
        for reservation in reply["Reservations"]:
            reservation["Instances"] = [
                without_place(each)
                for each in reservation["Instances"]
                if not (placed and each["State"]["Name"] == "terminated")
            ]
        reply["Reservations"] = [each for each in reply["Reservations"] if each["Instances"]]
        return ActionResult(reply)

    def start_instances(self) -> ActionResult:
        """Start instances that are stopped."""
        return ActionResult({"StartingInstances": self._changed("start")})

    def stop_instances(self) -> ActionResult:
        """Stop instances, which then lose their public addresses, except Elastic IP addresses."""
        return ActionResult({"StoppingInstances": self._changed("stop")})

    def terminate_instances(self) -> ActionResult:
        """Terminate instances; their interfaces go with them as their attachments say."""
        for each in self._instances_named():
            if each.disable_api_termination is True:
                raise Refusal(
                    "OperationNotPermitted",
                    f"The instance '{each.id}' may not be terminated. "
                    "Modify its 'disableApiTermination' instance attribute and try again.",
                )
        return ActionResult({"TerminatingInstances": self._changed("terminate")})

    def _changed(self, action: str) -> list[Document]:
        """Let `action` begin on every instance named, or on none if one refuses."""
        steps = [(each, each.state) for each in self._instances_named()]
        after = [next_state(each.id, action, state) for each, state in steps]
        told = []
        for (each, before), state in zip(steps, after, strict=True):
            if state != before:
                if action == "start":
                    each.start()
                set_out(self.world, self.location, each, state)
            told.append(
                {
                    "InstanceId": each.id,
                    "PreviousState": {"Code": CODES[before], "Name": before},
                    "CurrentState": {"Code": CODES[state], "Name": state},
                }
            )
        return told

    def _instances_named(self) -> list[Any]:
        ids = list(dict.fromkeys(required(self.params, "InstanceIds")))
        if not ids:
            raise Refusal("InvalidParameterCombination", "No instances specified")
        known = {each.id: each for each in self.ec2_backend.all_instances()}
        unknown = [each for each in ids if each not in known]
        if unknown:
            raise InvalidInstanceIdError(unknown)
        return [known[each] for each in ids]

    def _check_image(self, image_id: str) -> None:
        shown = {each["ImageId"] for each in images(self.location.region)}
        if image_id not in shown and image_id not in self.ec2_backend.amis:
            words = f"The image id '[{image_id}]' does not exist"
            raise Refusal("InvalidAMIID.NotFound", words)

    def _default_subnet(self) -> str:
        """Return the default subnet of the zone asked for, or of the first zone."""
        vpc = self.ec2_backend.get_default_vpc()
        if vpc is None:
            raise no_default_vpc()
        zone = (self.params.get("Placement") or {}).get("AvailabilityZone")
        for name, subnets in sorted(self.ec2_backend.subnets.items()):
            for subnet in subnets.values():
                if subnet.vpc_id == vpc.id and subnet.default_for_az and zone in (None, name):
                    return str(subnet.id)
        raise Refusal("MissingInput", f"No subnets found for the default VPC '{vpc.id}'.")

    def _groups_sent(self, interfaces: list[Mapping[str, Any]]) -> list[str]:
        own = [group for each in interfaces for group in each.get("Groups") or ()]
        return [*(self.params.get("SecurityGroupIds") or ()), *own]

    def _check_carried(self, subnet_id: str, group_ids: list[str]) -> None:
        """Raise Refusal unless an interface in the subnet may carry the groups."""
        found = [zone[subnet_id] for zone in self.ec2_backend.subnets.values() if subnet_id in zone]
        if not found:
            raise no_such_subnet(subnet_id)
        for each in group_ids:
            group = group_by_id(self.world, self.location, each)
            if group is None:
                raise no_such_group(each)
            check_carried(each, group.vpc_id, subnet_id, found[0].vpc_id)

    def _born(self, instance: Any, given: Mapping[int, Mapping[str, Any]]) -> None:  # noqa: ANN401
        """Give a new instance what moto leaves out, and let it start.

        An interface made with the instance ends with it, unless the call says otherwise. Source:
        EC2 API, InstanceNetworkInterfaceSpecification.
        """
        for index, interface in instance.nics.items():
            sent = given.get(index, {})
            kept = "NetworkInterfaceId" in sent
            interface.delete_on_termination = bool(sent.get("DeleteOnTermination", not kept))
            interface.attach_time = self.world.clock.utc()
        instance.launch_time = self.world.clock.utc()
        instance.security_groups = list(instance.nics[0]._group_set)
        for image in images(self.location.region):
            if image["ImageId"] == instance.image_id:
                instance.virtualization_type = image["VirtualizationType"]
                instance.architecture = image["Architecture"]
                instance.platform = image.get("Platform")
        set_out(self.world, self.location, instance, "pending")


def without_place(instance: Document) -> Document:
    """Return an instance as described: one that is terminated is in no network. Source: observed."""
    if instance["State"]["Name"] != "terminated":
        return instance
    left = {key: value for key, value in instance.items() if key not in PLACE}
    return {**left, "NetworkInterfaces": [], "SecurityGroups": [], "PrivateDnsName": ""}
