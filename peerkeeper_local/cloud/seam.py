"""The one seam between moto and everything laid over it. In: EC2 requests. Out: EC2 responses.

`moto.ec2.urls.url_paths` points at `LocalEc2.dispatch`, in process and served alike. Here every
call is recorded, made to fail on order, and answered for a dry run.
"""

import copy
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ec2.exceptions import EC2ClientError

from peerkeeper_local.cloud.agenda import settle
from peerkeeper_local.cloud.authority import Authority
from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.cloud.documents import Document, parsed
from peerkeeper_local.cloud.operations.addresses import AddressOperations
from peerkeeper_local.cloud.operations.endpoint_services import EndpointServiceOperations
from peerkeeper_local.cloud.operations.endpoints import EndpointOperations
from peerkeeper_local.cloud.operations.gateways import GatewayOperations
from peerkeeper_local.cloud.operations.images import ImageOperations
from peerkeeper_local.cloud.operations.nat_gateways import NatGatewayOperations
from peerkeeper_local.cloud.operations.network_acls import NetworkAclOperations
from peerkeeper_local.cloud.operations.network_interfaces import NetworkInterfaceOperations
from peerkeeper_local.cloud.operations.peerings import PeeringOperations
from peerkeeper_local.cloud.operations.prefix_lists import PrefixListOperations
from peerkeeper_local.cloud.operations.regions import RegionOperations
from peerkeeper_local.cloud.operations.route_tables import RouteTableOperations
from peerkeeper_local.cloud.operations.routes import RouteOperations
from peerkeeper_local.cloud.operations.security_group_changes import SecurityGroupChangeOperations
from peerkeeper_local.cloud.operations.subnets import SubnetOperations
from peerkeeper_local.cloud.operations.tags import TagOperations
from peerkeeper_local.cloud.operations.vpcs import VpcOperations
from peerkeeper_local.cloud.outages import Outages
from peerkeeper_local.cloud.principals import Principals
from peerkeeper_local.cloud.recorder import Call, Recorder
from peerkeeper_local.cloud.unanswered import reason
from peerkeeper_local.cloud.waves import Waves
from peerkeeper_local.semantics.identifiers import check_ids
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.tag_specifications import check_new_tags

Answer = tuple[int, dict[str, Any], str | bytes]
READS = ("Describe", "Get", "List", "Search")


class Surroundings(Protocol):
    """What of the local cloud stands around each call."""

    waves: Waves
    clock: VirtualClock
    outages: Outages
    recorder: Recorder
    principals: Principals
    authority: Authority

    @property
    def lock(self) -> AbstractContextManager[object]:
        """One call at a time."""


class LocalEc2(
    PeeringOperations,
    RouteOperations,
    RouteTableOperations,
    VpcOperations,
    SubnetOperations,
    TagOperations,
    RegionOperations,
    GatewayOperations,
    EndpointOperations,
    EndpointServiceOperations,
    PrefixListOperations,
    NatGatewayOperations,
    AddressOperations,
    NetworkAclOperations,
    SecurityGroupChangeOperations,
    NetworkInterfaceOperations,
    ImageOperations,
):
    """moto's EC2, with the peering domain as EC2 does it."""

    cloud: ClassVar[Surroundings]
    _looked_at: frozenset[str] = frozenset()

    def call_action(self) -> Answer:
        """Answer one request. Waiting for its wave and telling the subscribers are outside the lock."""
        action = self._get_action()
        params = copy.deepcopy(self.params)
        started = self.cloud.waves.begin()
        with self.cloud.lock:
            at = self.cloud.clock.now()
            principal = self.cloud.principals.arn(self.location, self.get_access_key())
            answer, error = self._answered(action, params, principal)
        call = Call(
            account=self.location.account,
            region=self.location.region,
            action=action,
            params=params,
            read=lambda: None if error else parsed(action, answer[2]),
            error=error,
            at=at,
            started=started,
            ended=self.cloud.waves.end(),
            principal=principal,
            dry_run=bool(params.get("DryRun")),
        )
        self.cloud.recorder.record(call)
        return answer

    def _answered(
        self, action: str, params: Document, principal: str
    ) -> tuple[Answer, tuple[str, str] | None]:
        """Perform `action` if the caller may; return the response, and the error if it is one."""
        try:
            self.cloud.authority.check_ec2(principal, self.location, action, params, self.world)
            settle(self.world)
            result = self._performed(action, params)
            status, headers, body = self.serialized(result)
        except (Refusal, ServiceException) as error:
            refusal = (
                error if isinstance(error, Refusal) else Refusal(error.code, str(error.message))
            )
            _, headers, body = self.serialized(
                ActionResult(EC2ClientError(refusal.code, refusal.message))
            )
            headers, body = self._enrich_response(headers, body)
            said = (refusal.code, refusal.message)
            return (refusal.http_status, headers, body), said
        headers, body = self._enrich_response(headers, body)
        return (status, headers, body), None

    def _performed(self, action: str, params: Document) -> ActionResult:
        """Run the operation between the faults. A dry run stops before it.

        Source: EC2 API (DryRun).
        """
        outages = self.cloud.outages
        outages.check("before", self.location, action, params)
        if params.get("DryRun"):
            raise Refusal(
                "DryRunOperation", "Request would have succeeded, but DryRun flag is set."
            )
        check_ids(params, action)
        operation = getattr(self, camelcase_to_underscores(action), None)
        if operation is None:
            raise Refusal("InvalidAction", f"The local cloud does not do {action}.")
        check_new_tags(action, params, self.world.limits)
        result = _outcome(operation, action)
        self._check_filtered(operation, action, params)
        outages.check("after", self.location, action, params)
        return result

    def _get_param(self, param_name: str, if_none: Any = None) -> Any:  # noqa: ANN401 - moto's
        """Return a parameter as moto does, and remember that it was looked at."""
        self._looked_at |= {param_name.partition(".")[0]}
        return super()._get_param(param_name, if_none)

    def _check_filtered(self, operation: Any, action: str, params: Document) -> None:  # noqa: ANN401
        """Raise Refusal if moto's describe never looked at the filters that were sent: it shows too much."""
        sent = {"Filter", "Filters"} & {name for name, value in params.items() if value}
        moto_s = operation.__func__.__module__.startswith("moto.")
        if sent and moto_s and action.startswith(READS) and not sent & self._looked_at:
            words = f"The local cloud does not do filters of {action}."
            raise Refusal("UnsupportedOperation", words)


def _outcome(operation: Callable[[], ActionResult], action: str) -> ActionResult:
    """Return what the operation answers; any other error that it raises is a refusal as well.

    moto lacks a filter or a parameter, or fails over one. Clients would try an HTTP status of 500 again.
    """
    try:
        return operation()
    except (Refusal, ServiceException, AssertionError):
        raise
    except Exception as error:
        words = f"The local cloud does not do this {action}: {reason(error)}"
        raise Refusal("UnsupportedOperation", words) from error
