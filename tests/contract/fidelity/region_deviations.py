"""What plain moto does otherwise than EC2: the Regions that an account may use."""

from typing import Any

from tests.contract.fidelity.stage import SEOUL, TOKYO, Deviation, Stage

HONG_KONG = "ap-east-1"
WATCHED = {SEOUL, TOKYO, HONG_KONG}


def _seen(stage: Stage, **sent: Any) -> set[str]:
    return {
        each["RegionName"] for each in stage.seoul.describe_regions(**sent)["Regions"]
    } & WATCHED


def regions_unasked(stage: Stage) -> set[str]:
    return _seen(stage)


def regions_filtered(stage: Stage) -> list[set[str]]:
    enabled = {"Name": "opt-in-status", "Values": ["opt-in-not-required", "opted-in"]}
    japan = {"Name": "region-name", "Values": ["ap-northeast-1"]}
    return [_seen(stage, Filters=[enabled]), _seen(stage, AllRegions=True, Filters=[japan])]


API = "EC2 API, DescribeRegions"
REGIONS = (
    Deviation(
        "only Regions that the account opted in to are shown",
        API,
        regions_unasked,
        {SEOUL, TOKYO},
        WATCHED,
    ),
    Deviation(
        "Regions are filtered",
        API,
        regions_filtered,
        [{SEOUL, TOKYO}, {TOKYO}],
        [WATCHED, WATCHED],
    ),
)
