"""Roles, and the policies of what others may reach."""

import json

from tests.deployed.deploy import Deployed
from tests.deployed.facts.sides import Sides, document, in_order, resolved


def role(stack: Deployed, logical_id: str, physical: str) -> Sides:
    iam = stack.client("iam")
    found = iam.get_role(RoleName=physical)["Role"]
    names = iam.list_role_policies(RoleName=physical)["PolicyNames"]
    policies = (iam.get_role_policy(RoleName=physical, PolicyName=one) for one in names)
    name = stack.resolver.value({"Ref": logical_id})
    (ours,) = (one for one in stack.ours.roles if one.name == name)
    return {
        "arn": found["Arn"],
        "trust": document(found["AssumeRolePolicyDocument"]),
        "policies": in_order(document(one["PolicyDocument"]) for one in policies),
        "managed policies": iam.list_attached_role_policies(RoleName=physical)["AttachedPolicies"],
        "boundary": found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
    }, {
        "arn": ours.arn,
        "trust": ours.trust,
        "policies": in_order(ours.policies),
        "managed policies": [],
        "boundary": resolved(stack, logical_id).get("PermissionsBoundary"),
    }


def queue_policy(stack: Deployed, logical_id: str, _physical: str) -> Sides:
    ours = resolved(stack, logical_id)
    theirs, said = {}, stack.template["Resources"][logical_id]["Properties"]["Queues"]
    for one in said:
        (kind, url) = stack.resources[one["Ref"]]
        assert kind == "AWS::SQS::Queue"
        found = stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
        theirs[f"policy of {one['Ref']}"] = document(found["Attributes"]["Policy"])
    return theirs, {f"policy of {one['Ref']}": ours["PolicyDocument"] for one in said}


def bus_policy(stack: Deployed, logical_id: str, _physical: str) -> Sides:
    """The statement by its id; that the bus has no other is a fact of the bus."""
    ours = resolved(stack, logical_id)
    found = stack.client("events").describe_event_bus(Name=ours["EventBusName"])
    sids = [one["Sid"] for one in json.loads(found["Policy"])["Statement"]]
    return {"statement": sids}, {"statement": [ours["StatementId"]]}


def bucket_policy(stack: Deployed, logical_id: str, _physical: str) -> Sides:
    said = stack.template["Resources"][logical_id]["Properties"]
    (_, name) = stack.resources[said["Bucket"]["Ref"]]
    found = stack.client("s3").get_bucket_policy(Bucket=name)["Policy"]
    return {"policy": document(found)}, {"policy": resolved(stack, logical_id)["PolicyDocument"]}
