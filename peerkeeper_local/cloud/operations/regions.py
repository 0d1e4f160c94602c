"""Region operations. In: requests. Out: the Regions that an account may use, filtered."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.documents import document_of
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.filters import matching

FILTERS = {
    "endpoint": ("Endpoint",),
    "opt-in-status": ("OptInStatus",),
    "region-name": ("RegionName",),
}


class RegionOperations(Operations):
    """Describe Regions."""

    def describe_regions(self) -> ActionResult:
        """Describe Regions: those not opted in only if all, or they by name, are asked for.

        Source: EC2 API, DescribeRegions.
        """
        regions = document_of("DescribeRegions", super().describe_regions().result)["Regions"]
        if not (self.params.get("AllRegions") or self.params.get("RegionNames")):
            regions = [each for each in regions if each["OptInStatus"] != "not-opted-in"]
        return ActionResult(
            {"Regions": matching(regions, self.params.get("Filters") or [], FILTERS)}
        )
