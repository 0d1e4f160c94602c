"""What the page says of leaving is what the templates leave behind."""

import re

import pytest

from tests.contract.deploy.templates import FUNCTIONS, HUB, ROOT, SPOKE, of_type

PAGE = (ROOT / "docs/operate/uninstall.md").read_text()


def test_the_bucket_alone_outlives_the_stack_and_not_where_making_it_failed() -> None:
    """Source: CloudFormation template reference, DeletionPolicy; UpdateReplacePolicy has no such value."""
    kept = {
        name: (each["DeletionPolicy"], each.get("UpdateReplacePolicy"))
        for template in (HUB, SPOKE)
        for name, each in template["Resources"].items()
        if "DeletionPolicy" in each
    }
    assert kept == {"SweepsBucket": ("RetainExceptOnCreate", "Retain")}
    assert "| the bucket of the fleet sweep | stays" in PAGE
    assert "SweepsBucketName" in HUB["Outputs"]


def test_the_logs_go_with_the_stack_so_the_page_saves_them_first() -> None:
    groups = [each["LogGroupName"] for each in of_type(HUB, "AWS::Logs::LogGroup").values()]
    assert "| log groups," in PAGE
    saved = set(re.findall(r"/aws/lambda/peerkeeper-[\w-]+", PAGE))
    writing = ("connect-peerings", "clean-routes", "configure-vpcs", "keep-endpoints")
    assert saved == {f"/aws/lambda/peerkeeper-{name}" for name in writing} <= set(groups)
    assert PAGE.index("logs filter-log-events") < PAGE.index("sam delete")


def test_a_persons_own_rules_on_the_bus_are_deleted_before_the_hub() -> None:
    """EventBridge deletes no bus that has rules, and CloudFormation deletes only the stack's own."""
    (bus,) = of_type(HUB, "AWS::Events::EventBus").values()
    assert PAGE.index("Delete [your own rules](#your-own-rules)") < PAGE.index("sam delete")
    _, section = PAGE.split("\n## Your own rules\n")
    for verb in ("list-rules", "remove-targets", "delete-rule"):
        assert f"events {verb} --region ap-northeast-2 --event-bus-name {bus['Name']} " in section
    own = [each["Name"] for each in of_type(HUB, "AWS::Events::Rule").values()]
    assert own
    assert all(name.startswith("peerkeeper-") for name in own)


@pytest.mark.parametrize("kind", ["AWS::SQS::Queue", "AWS::Events::Rule", "AWS::CloudWatch::Alarm"])
def test_names_are_fixed_so_an_account_has_one_hub(kind: str) -> None:
    name = {"AWS::SQS::Queue": "QueueName", "AWS::Events::Rule": "Name"}.get(kind, "AlarmName")
    for template in (HUB, SPOKE):
        named = of_type(template, kind).values()
        assert all(each[name].startswith("peerkeeper-") for each in named)
    roles = of_type(HUB, "AWS::IAM::Role")
    assert all(roles[f"{function}Role"]["RoleName"] for function in FUNCTIONS)
    assert "**Names are fixed**" in PAGE
