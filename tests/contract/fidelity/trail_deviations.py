"""What plain moto does otherwise than CloudTrail: the trails of an account."""

from botocore.exceptions import ClientError

from tests.contract.fidelity.stage import Deviation, Stage

API = "CloudTrail API"
NAME = "management-events"


def _trail(stage: Stage) -> str:
    """Return the name of a trail; the local cloud has it, plain moto makes it."""
    try:
        stage.buckets.create_bucket(
            Bucket="trails", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
        )
        stage.trails.create_trail(Name=NAME, S3BucketName="trails")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "UnsupportedOperationException"
    return NAME


def selectors_at_first(stage: Stage) -> list[tuple[str, bool]]:
    said = stage.trails.get_event_selectors(TrailName=_trail(stage))
    return [
        (one["ReadWriteType"], one["IncludeManagementEvents"]) for one in said["EventSelectors"]
    ]


def named_alone(stage: Stage) -> int:
    _trail(stage)
    return len(stage.trails.describe_trails(trailNameList=["another-trail"])["trailList"])


def own_selectors(stage: Stage) -> bool:
    said = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}]
    stage.trails.put_event_selectors(TrailName=_trail(stage), EventSelectors=said)
    (trail,) = stage.trails.describe_trails()["trailList"]
    return bool(trail["HasCustomEventSelectors"])


TRAILS = (
    Deviation(
        "A trail without configuration logs all management events",
        API,
        selectors_at_first,
        [("All", True)],
        [],
    ),
    Deviation("Only the named trails are described", API, named_alone, 0, 1),
    Deviation(
        "A trail shows whether it has custom event selectors", API, own_selectors, True, False
    ),
)
