"""CloudTrail, told by what the local cloud's own trails log. In: trails. Out: a seam like EC2's.

Each account has a trail of one region in each region. It can be turned on and off, and told what to log; then
EC2's events come, or do not. No other trail can be made.
"""

from contextlib import AbstractContextManager
from typing import Any, ClassVar

import moto.cloudtrail.urls
from moto.core.responses import ActionResult, EmptyResult

from peerkeeper_local.cloud.service_seam import LocalService, laid_over
from peerkeeper_local.cloud.world import World
from peerkeeper_local.cloudtrail.trails import Logs, Trails
from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics.refusal import Refusal

NAME = "management-events"


class LocalCloudTrail(LocalService):
    """What is asked of trails, and what turns one on or off."""

    trails: ClassVar[Trails]

    def __init__(self) -> None:
        super().__init__(service_name="cloudtrail")
        self.automated_parameter_parsing = True

    def describe_trails(self) -> ActionResult:
        """List the trail of this region, if it is asked for."""
        asked = self.params.get("trailNameList") or [NAME]
        shown = [self._shown()] if {*asked} & {NAME, self._arn} else []
        return ActionResult({"trailList": shown})

    def list_trails(self) -> ActionResult:
        """List it, in short."""
        short = {"Name": NAME, "TrailARN": self._arn, "HomeRegion": self.location.region}
        return ActionResult({"Trails": [short]})

    def get_trail(self) -> ActionResult:
        """Describe one trail."""
        self._check(self.params["Name"])
        return ActionResult({"Trail": self._shown()})

    def get_trail_status(self) -> ActionResult:
        """Tell whether it is on."""
        self._check(self.params["Name"])
        return ActionResult({"IsLogging": self.trails.is_on(self._place)})

    def get_event_selectors(self) -> ActionResult:
        """Tell what it logs where it is on."""
        self._check(self.params["TrailName"])
        what = self.trails.selected(self._place)
        return self._selectors("All" if what is Logs.NOTHING else what.value)

    def put_event_selectors(self) -> ActionResult:
        """Say what it logs: all, reads or writes."""
        self._check(self.params["TrailName"])
        said = [
            str(one.get("ReadWriteType") or "All")
            for one in self.params.get("EventSelectors") or ()
            if one.get("IncludeManagementEvents", True)
        ]
        if not said:
            raise _not_here("only event selectors with management events are known here")
        both = {"ReadOnly", "WriteOnly"} <= {*said} or "All" in said
        what = Logs.ALL if both else Logs(said[0])
        self.trails.select(self._place, what)
        return self._selectors(what.value)

    def start_logging(self) -> ActionResult:
        """Turn it on."""
        return self._turn(on=True)

    def stop_logging(self) -> ActionResult:
        """Turn it off."""
        return self._turn(on=False)

    def create_trail(self) -> ActionResult:
        """Refuse: nothing here would receive what the trail logs."""
        raise _not_here(f"each region has one trail, {NAME}; start or stop its logging")

    def _turn(self, *, on: bool) -> ActionResult:
        self._check(self.params["Name"])
        self.trails.turn(self._place, on=on)
        return EmptyResult()

    @property
    def _place(self) -> tuple[str, str]:
        return (self.location.account, self.location.region)

    @property
    def _arn(self) -> str:
        account, region = self._place
        return f"arn:{partition_of(region)}:cloudtrail:{region}:{account}:trail/{NAME}"

    def _check(self, name: str) -> None:
        if name not in (NAME, self._arn):
            account = self.location.account
            words = f"Unknown trail: {name} for the user: {account}"  # observed
            raise Refusal("TrailNotFoundException", words)

    def _selectors(self, what: str) -> ActionResult:
        selector = {
            "ReadWriteType": what,
            "IncludeManagementEvents": True,
            "DataResources": [],
            "ExcludeManagementEventSources": [],
        }
        return ActionResult({"TrailARN": self._arn, "EventSelectors": [selector]})

    def _shown(self) -> dict[str, Any]:
        """Return it as DescribeTrails does. Source: CloudTrail API reference, Trail."""
        return {
            "Name": NAME,
            "S3BucketName": f"cloudtrail-{self.location.account}",
            "IncludeGlobalServiceEvents": False,
            "IsMultiRegionTrail": False,
            "HomeRegion": self.location.region,
            "TrailARN": self._arn,
            "LogFileValidationEnabled": False,
            "HasCustomEventSelectors": self.trails.is_own(self._place),
            "HasInsightSelectors": False,
            "IsOrganizationTrail": False,
        }


def _not_here(words: str) -> Refusal:
    return Refusal("UnsupportedOperationException", f"On the local cloud {words}.")


def cloudtrail_of(
    world: World, lock: AbstractContextManager[object], trails: Trails
) -> AbstractContextManager[object]:
    """Return what lays these trails over moto's, in process and served alike."""
    paths = moto.cloudtrail.urls.url_paths
    return laid_over(paths, LocalCloudTrail, world, lock, trails=trails)
