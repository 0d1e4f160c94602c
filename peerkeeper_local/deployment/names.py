"""The names AWS gives to what a stack makes: `Ref` and `Fn::GetAtt`.

In: a resource of a template, where it is deployed. Out: its physical id, ARN and other attributes. Never
reads a template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.cloudtrail import role_id
from peerkeeper_local.deployment.resources import DeploymentError
from peerkeeper_local.partitions import dns_suffix, partition_of

# The property that names a resource, by type. Without it a stack makes a name up.
_NAMED_BY = {
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::Role": "RoleName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Scheduler::Schedule": "Name",
    "AWS::Serverless::Function": "FunctionName",
    "AWS::Serverless::StateMachine": "Name",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stack is deployed, and its name."""

    account: str
    region: str
    stack: str

    @property
    def partition(self) -> str:
        """AWS's partition that the region is in."""
        return partition_of(self.region)

    def arn(self, service: str, resource: str, *, glob: bool = False) -> str:
        """Return an ARN of this place; `glob` for services that have no regions, such as IAM."""
        region = "" if glob else self.region
        return f"arn:{self.partition}:{service}:{region}:{self.account}:{resource}"


def name_of(logical_id: str, resource: Mapping[str, Any], place: Place) -> str:
    """Return the resource's name: as the template says, or made from the stack's.

    The template's name must be plain text, or `Fn::Sub` of where the stack is and what it is called. Any
    other reference in it raises DeploymentError.
    """
    named_by = _NAMED_BY.get(resource["Type"], "")
    name = resource.get("Properties", {}).get(named_by, f"{place.stack}-{logical_id}")
    if isinstance(name, Mapping) and isinstance(text := name.get("Fn::Sub"), str):
        name = _put_in(text, place)
    if resource["Type"] == "AWS::S3::Bucket":
        name = str(name).lower()  # as CloudFormation makes one up: a bucket's name has no capitals
    if not isinstance(name, str) or "${" in name:
        raise DeploymentError(f"{logical_id}: its {named_by} must be plain text, not {name}")
    return name


def _put_in(text: str, place: Place) -> str:
    """Return the text with the pseudo parameters of the place put in; other references stay."""
    for name, value in (("AccountId", place.account), ("Region", place.region)):
        text = text.replace(f"${{AWS::{name}}}", value)
    return text.replace("${AWS::StackName}", place.stack)


def reference(logical_id: str, resource: Mapping[str, Any], place: Place) -> str:
    """Return what `Ref` gives: a queue's URL, a state machine's ARN, anything else's name.

    Source: CloudFormation template reference, return values.
    """
    name = name_of(logical_id, resource, place)
    if resource["Type"] == "AWS::SQS::Queue":
        return f"https://sqs.{place.region}.{dns_suffix(place.partition)}/{place.account}/{name}"
    if resource["Type"] == "AWS::Serverless::StateMachine":
        return _arn(name, resource, place)
    return name


def attribute(logical_id: str, resource: Mapping[str, Any], wanted: str, place: Place) -> str:
    """Return what `Fn::GetAtt` gives. Raises DeploymentError for an attribute that is not supported yet."""
    name = name_of(logical_id, resource, place)
    match wanted:
        case "Arn":
            return _arn(name, resource, place)
        case "RoleId":
            return role_id(name)
        case "QueueName" | "Name":
            return name
        case "QueueUrl":
            return reference(logical_id, resource, place)
        case _:
            raise DeploymentError(f"{logical_id}: attribute {wanted} is not known here")


def _arn(name: str, resource: Mapping[str, Any], place: Place) -> str:
    match resource["Type"]:
        case "AWS::SQS::Queue":
            return place.arn("sqs", name)
        case "AWS::IAM::Role":
            return place.arn("iam", f"role/{name}", glob=True)
        case "AWS::Events::EventBus":
            return place.arn("events", f"event-bus/{name}")
        case "AWS::Events::Rule":
            # Source: Service Authorization Reference, Amazon EventBridge: a default bus is left out.
            bus = resource.get("Properties", {}).get("EventBusName", "default").rpartition("/")[2]
            return place.arn("events", f"rule/{name}" if bus == "default" else f"rule/{bus}/{name}")
        case "AWS::Serverless::Function":
            return place.arn("lambda", f"function:{name}")
        case "AWS::Logs::LogGroup":
            return place.arn("logs", f"log-group:{name}:*")
        case "AWS::S3::Bucket":
            return f"arn:{place.partition}:s3:::{name}"
        case "AWS::Serverless::StateMachine":
            return place.arn("states", f"stateMachine:{name}")
        case "AWS::Scheduler::Schedule":
            return place.arn("scheduler", f"schedule/default/{name}")
        case other:
            raise DeploymentError(f"{name}: the ARN of {other} is not known here")
