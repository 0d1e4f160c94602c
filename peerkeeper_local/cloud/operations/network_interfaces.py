"""Network interface operations. In: requests. Out: replies; addresses come from the subnet."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.interfaces import leave_addresses
from peerkeeper_local.cloud.operations.instances import InstanceOperations
from peerkeeper_local.semantics.dependencies import check_delete_interface
from peerkeeper_local.semantics.refusal import no_such_interface
from peerkeeper_local.semantics.subnet_addresses import check_address, free_address


class NetworkInterfaceOperations(InstanceOperations):
    """Create, describe and delete network interfaces."""

    def create_network_interface(self) -> ActionResult:
        """Create an interface with an address of its subnet and groups of its VPC."""
        subnet_id = self.required("SubnetId")
        self._check_carried(subnet_id, list(self.params.get("Groups") or ()))
        store = self.ec2_backend
        subnet = store.get_subnet(subnet_id)
        taken = {
            each["PrivateIpAddress"]
            for interface in store.enis.values()
            if interface.subnet.id == subnet_id
            for each in interface.private_ip_addresses
        }
        asked = self.params.get("PrivateIpAddress")
        if asked:
            check_address(subnet.cidr_block, asked, taken)
        elif not self.params.get("PrivateIpAddresses"):
            self.params["PrivateIpAddress"] = free_address(subnet.cidr_block, taken)
        result = super().create_network_interface()
        made = result.result["NetworkInterface"]
        subnet._subnet_ips.setdefault(made.private_ip_address, made)
        return result

    def delete_network_interface(self) -> ActionResult:
        """Delete an interface that nothing is attached to."""
        wanted = self.required("NetworkInterfaceId")
        stored = self.ec2_backend.enis.get(wanted)
        if stored is None:
            raise no_such_interface(wanted)
        check_delete_interface(wanted, stored.status == "in-use")
        stored.subnet.del_subnet_ip(stored.private_ip_address)
        self.world.deleted_interfaces.add(wanted)
        leave_addresses(self.ec2_backend, [wanted])
        return super().delete_network_interface()

    def describe_network_interfaces(self) -> ActionResult:
        """Describe interfaces."""
        return self.described(
            "NetworkInterfaces",
            "NetworkInterfaceId",
            no_such_interface,
            self.world.limits.page,
        )
