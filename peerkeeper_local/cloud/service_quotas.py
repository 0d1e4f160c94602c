"""Service Quotas of `vpc`, told by what EC2 is held to here. In: a world. Out: a seam like EC2's."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import ClassVar

import moto.servicequotas.urls
from moto.core.responses import ActionResult
from moto.servicequotas.resources.default_quotas.vpc import VPC_DEFAULT_QUOTAS

from peerkeeper_local.cloud.authority import Authority
from peerkeeper_local.cloud.principals import Principals
from peerkeeper_local.cloud.service_seam import LocalService, laid_over
from peerkeeper_local.cloud.world import World
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics import quotas
from peerkeeper_local.semantics.quotas import Quota


class LocalServiceQuotas(LocalService):
    """The four reads of Service Quotas, for the service `vpc`."""

    authority: ClassVar[Authority]
    principals: ClassVar[Principals]

    def __init__(self) -> None:
        super().__init__(service_name="service-quotas")
        self.automated_parameter_parsing = True

    def checked(self, action: str) -> None:
        """Raise Refusal unless the caller may. Source: Service Authorization Reference, Service Quotas."""
        caller = self.principals.arn(self.location, self.get_access_key())
        self.authority.check(caller, self.location, f"servicequotas:{action}")

    def list_aws_default_service_quotas(self) -> ActionResult:
        """List the default values."""
        return self._page(self._defaults())

    def list_service_quotas(self) -> ActionResult:
        """List the applied values, of the account: of a resource there are none."""
        wanted = self.params.get("QuotaCode")
        level = self.params.get("QuotaAppliedAtLevel") or quotas.ACCOUNT_LEVEL
        found = [each for each in self._applied() if wanted in (None, each["QuotaCode"])]
        return self._page([] if level == "RESOURCE" else found)

    def get_aws_default_service_quota(self) -> ActionResult:
        """Tell one default value."""
        return ActionResult({"Quota": quotas.one(self._defaults(), self.params["QuotaCode"])})

    def get_service_quota(self) -> ActionResult:
        """Tell one applied value."""
        return ActionResult({"Quota": quotas.one(self._applied(), self.params["QuotaCode"])})

    def _defaults(self) -> list[Quota]:
        quotas.check_service(self.params["ServiceCode"])
        return quotas.defaults(
            VPC_DEFAULT_QUOTAS, self.location, partition_of(self.location.region)
        )

    def _applied(self) -> list[Quota]:
        quotas.check_service(self.params["ServiceCode"])
        limits, delays = self.world.limits, self.world.delays
        partition = partition_of(self.location.region)
        return quotas.applied(VPC_DEFAULT_QUOTAS, self.location, partition, limits, delays)

    def _page(self, found: Sequence[Quota]) -> ActionResult:
        sent = self.params
        page, token = quotas.page(found, sent.get("NextToken"), sent.get("MaxResults"))
        return ActionResult({"Quotas": page, "NextToken": token})


def service_quotas_of(
    world: World,
    lock: AbstractContextManager[object],
    authority: Authority,
    principals: Principals,
) -> AbstractContextManager[object]:
    """Return what lays these quotas over moto's, in process and served alike."""
    return laid_over(
        moto.servicequotas.urls.url_paths,
        LocalServiceQuotas,
        world,
        lock,
        authority=authority,
        principals=principals,
    )
