"""Network ACL operations. In: requests. Out: replies, with every entry checked as EC2 checks it."""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models.network_acls import NetworkAclAssociation
from moto.ec2.utils import random_network_acl_subnet_association_id

from peerkeeper_local.cloud.acls import document_of_acl, entries_of, keep
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.filters import respelt
from peerkeeper_local.semantics.network_acl_entries import BY_NAME, entry_of
from peerkeeper_local.semantics.network_acls import (
    check_create,
    check_delete,
    check_entry,
    check_same_vpc,
)
from peerkeeper_local.semantics.refusal import Refusal, no_such_network_acl, required


class NetworkAclOperations(Operations):
    """Create, describe, change, associate and delete network ACLs."""

    def create_network_acl(self) -> ActionResult:
        """Create an ACL: nothing passes but by entries that somebody adds."""
        vpc_id = self.vpc().id
        tags = self._parse_tag_specification().get("network-acl", {})
        acl = self.ec2_backend.create_network_acl(vpc_id)
        acl.add_tags(tags)
        reply = {"NetworkAcl": document_of_acl(self.ec2_backend, acl)}
        token = self.params.get("ClientToken")
        return ActionResult({**reply, "ClientToken": token} if token else reply)

    def describe_network_acls(self) -> ActionResult:
        """Describe network ACLs."""
        sent = self.params.get("Filters") or []
        self.params["Filters"] = respelt(sent, {"entry.protocol": BY_NAME})
        return self.described(
            "NetworkAcls", "NetworkAclId", no_such_network_acl, self.world.limits.page
        )

    def delete_network_acl(self) -> ActionResult:
        """Delete an ACL that is not a default one and that no subnet has."""
        acl = self._acl()
        check_delete(acl.id, acl.default, [each.subnet_id for each in acl.associations])
        del self.ec2_backend.network_acls[acl.id]
        return EmptyResult()

    def create_network_acl_entry(self) -> ActionResult:
        """Add an entry under a number that is free."""
        acl, entry = self._acl(), entry_of(self.params)
        entries = entries_of(acl)
        check_create(acl.id, entries, entry, self.world.limits)
        keep(self.ec2_backend, acl, [*entries, entry])
        return EmptyResult()

    def replace_network_acl_entry(self) -> ActionResult:
        """Put another entry under a number that is taken."""
        acl, entry = self._acl(), entry_of(self.params)
        self._without(acl, entry.number, entry.egress)
        keep(self.ec2_backend, acl, [*entries_of(acl), entry])
        return EmptyResult()

    def delete_network_acl_entry(self) -> ActionResult:
        """Delete an entry, never a closing deny."""
        number, egress = int(self.required("RuleNumber")), bool(required(self.params, "Egress"))
        self._without(self._acl(), number, egress)
        return EmptyResult()

    def replace_network_acl_association(self) -> ActionResult:
        """Give a subnet another ACL of its VPC. Source: observed (an unknown association)."""
        wanted, acl = self.required("AssociationId"), self._acl()
        for old in self.ec2_backend.network_acls.values():
            if wanted in old._associations:
                subnet = old._associations[wanted].subnet_id
                check_same_vpc(acl.id, acl.vpc_id, subnet, old.vpc_id)
                del old._associations[wanted]
                made = random_network_acl_subnet_association_id()
                acl._associations[made] = NetworkAclAssociation(
                    self.ec2_backend, made, subnet, acl.id
                )
                return ActionResult({"NewAssociationId": made})
        raise Refusal(
            "InvalidAssociationID.NotFound", f"The association ID '{wanted}' does not exist"
        )

    def _acl(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Return the ACL that the call names. Raises Refusal (NotFound) if there is none."""
        acl_id = self.required("NetworkAclId")
        acl = self.ec2_backend.network_acls.get(acl_id)
        if acl is None:
            raise no_such_network_acl(acl_id)
        return acl

    def _without(self, acl: Any, number: int, egress: bool) -> None:  # noqa: ANN401 - as above
        """Remove an entry. Raises Refusal if it is not there."""
        entries = entries_of(acl)
        check_entry(entries, number, egress)
        left = [each for each in entries if (each.number, each.egress) != (number, egress)]
        keep(self.ec2_backend, acl, left)
