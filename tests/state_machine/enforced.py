"""IAM, for what the fleet sweep's roles ask of services other than EC2 and STS, which the local cloud holds.

Every call is judged with the resource and the condition keys it has at AWS; one that no statement allows is
refused as AWS refuses it. Source: Service Authorization Reference of each service.
"""

from botocore.exceptions import ClientError

from peerkeeper_local.iam import Decision, Request, decide
from peerkeeper_local.iam.conditions import as_list

LISTS = {"ListAccountsForParent", "ListOrganizationalUnitsForParent"}


class Enforced:
    """The roles of one stack, and which of their grants were used."""

    def __init__(self, roles, organization=""):
        self.roles = {role.name: role for role in roles}
        self.organization = organization
        self.used = set()
        """(role, statement, action, resource) of each grant that a call needed."""

    def grants(self, name):
        """Each statement that allows, in its smallest parts: one action on one resource."""
        for policy in self.roles[name].policies:
            for statement in policy["Statement"]:
                for action in as_list(statement["Action"]):
                    for resource in as_list(statement["Resource"]):
                        if statement["Effect"] == "Allow":
                            part = {**statement, "Action": action, "Resource": resource}
                            yield (name, statement["Sid"], action, resource), part

    def check(self, name, action, resource, **context):
        """Raise ClientError (AccessDenied) unless the role may do it."""
        role = self.roles[name]
        keys = {key.replace("__", ":").replace("_", "-"): value for key, value in context.items()}
        request = Request(role.arn, action, resource, keys)
        whole = [each for policy in role.policies for each in policy["Statement"]]
        if decide(whole, request) is not Decision.ALLOWED:
            words = f"{role.arn} is not authorized to perform {action} on resource {resource}"
            meta = {"HTTPStatusCode": 403, "RequestId": "request-1"}
            error = {"Code": "AccessDenied", "Message": words}
            raise ClientError({"Error": error, "ResponseMetadata": meta}, action)
        parts = self.grants(name)
        self.used |= {key for key, part in parts if decide([part], request) is Decision.ALLOWED}

    def called(self, name, client, operation, params):
        """Judge one call of a botocore client."""
        service = client.meta.service_model.service_name
        if service in ("ec2", "sts"):
            return
        for action, resource, context in self._asked(service, client, operation, params):
            self.check(name, action, resource, **context)

    def _asked(self, service, client, operation, params):
        region = client.meta.region_name
        home = next(iter(self.roles.values())).arn.split(":")[4]
        match service, operation:
            case "s3", "ListObjectsV2":
                prefix = {"s3__prefix": params["Prefix"]}
                yield "s3:ListBucket", f"arn:aws:s3:::{params['Bucket']}", prefix
            case "s3", _:
                yield f"s3:{operation}", f"arn:aws:s3:::{params['Bucket']}/{params['Key']}", {}
            case "sqs", "SendMessageBatch" | "SendMessage":
                queue = params["QueueUrl"].rpartition("/")[2]
                yield "sqs:SendMessage", f"arn:aws:sqs:{region}:{home}:{queue}", {}
            case "events", "PutEvents":
                for entry in params["Entries"]:
                    bus = entry["EventBusName"].rpartition("/")[2]
                    keys = {
                        "events__source": entry["Source"],
                        "events__detail_type": entry["DetailType"],
                    }
                    yield (
                        "events:PutEvents",
                        f"arn:aws:events:{region}:{home}:event-bus/{bus}",
                        keys,
                    )
            case "organizations", _:
                unit = (
                    f"arn:aws:organizations::{home}:ou/{self.organization}/{params.get('ParentId')}"
                )
                yield f"organizations:{operation}", unit if operation in LISTS else "*", {}
            case "stepfunctions", _:
                yield f"states:{operation}", params["stateMachineArn"], {}
            case "account", _:
                other = params.get("AccountId")
                member = f"account/{self.organization}/{other}" if other else "account"
                yield f"account:{operation}", f"arn:aws:account::{home}:{member}", {}
            case _:
                raise AssertionError(f"nobody here knows the resource of {service}:{operation}")
