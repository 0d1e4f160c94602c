"""Elastic IP operations, as far as something holds an address. In: requests. Out: moto's replies."""

from typing import Any

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.refusal import Refusal


class AddressOperations(Operations):
    """Release, associate and disassociate Elastic IP addresses."""

    def release_address(self) -> ActionResult:
        """Release an address that nothing has.

        Sources: EC2 API, ReleaseAddress (InvalidIPAddress.InUse); observed (a NAT gateway's).
        """
        address = self._address()
        self._check_not_managed(address)
        if address is not None and address.association_id is not None:
            raise Refusal("InvalidIPAddress.InUse", f"The address {address.public_ip} is in use.")
        return super().release_address()

    def associate_address(self) -> ActionResult:
        """Associate an address, unless a service of AWS has it. Source: observed."""
        self._check_not_managed(self._address())
        return super().associate_address()

    def disassociate_address(self) -> ActionResult:
        """Disassociate an address, unless a service of AWS has it. Source: assumed."""
        self._check_not_managed(self._address())
        return super().disassociate_address()

    def _address(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Return the address that the call names. None if there is none: moto says so."""
        for field, name in (
            ("allocation_id", "AllocationId"),
            ("association_id", "AssociationId"),
            ("public_ip", "PublicIp"),
        ):
            wanted = self.params.get(name)
            for each in self.ec2_backend.addresses if wanted else ():
                if getattr(each, field) == wanted:
                    return each
        return None

    def _check_not_managed(self, address: Any) -> None:  # noqa: ANN401 - moto is not typed
        """Raise Refusal if a NAT gateway has the address, also one that is being deleted.

        AuthFailure with status 400 here. Source: observed (code, status, text).
        """
        if address is not None and address.eni is not None and address.eni.requester_managed:
            raise Refusal(
                "AuthFailure", "You do not have permission to access the specified resource.", 400
            )
