"""A call's CloudTrail record and the EventBridge envelope around it.

In: a recorded call and its number. Out: plain dicts, as they would arrive in JSON. Never decides
who gets them.
"""

import uuid
from datetime import UTC, datetime
from typing import Any, TypeAlias

from peerkeeper_local.cloudtrail.call import Call
from peerkeeper_local.cloudtrail.identity import user_identity
from peerkeeper_local.cloudtrail.legacy import legacy_reply, legacy_request
from peerkeeper_local.cloudtrail.xml_form import xml_reply, xml_request
from peerkeeper_local.partitions import dns_suffix, partition_of

Json: TypeAlias = dict[str, Any]

_XML_ACTIONS = frozenset(
    {
        "AssociateVpcCidrBlock",
        "CreateDefaultSubnet",
        "CreateDefaultVpc",
        "CreateVpcEndpoint",
        "DisassociateVpcCidrBlock",
        "ModifyVpcEndpoint",
        "ModifyVpcPeeringConnectionOptions",
    }
)
_READS = ("Describe", "Get", "List", "Search")
# EC2 lays these at its own door; all other codes are the caller's.
_SERVER_ERRORS = frozenset(
    {"InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable"}
)
_SAME_FOR_ALL: Json = {
    "readOnly": False,
    "eventType": "AwsApiCall",
    "managementEvent": True,
    "eventCategory": "Management",
}
_IDS = uuid.UUID("5a3c9f0e-7d0b-4f6e-9a52-5d5f2f6f1c11")


def emits_event(call: Call) -> bool:
    """Tell whether the call reaches EventBridge: reads do not, failed and dry-run calls do.

    Source: EventBridge User Guide, events from AWS services via CloudTrail.
    """
    return not call.action.startswith(_READS)


def record(call: Call, number: int) -> Json:
    """Return the call's CloudTrail record.

    `number` is its place in the trail; the record's ids are made from it.

    Source: CloudTrail User Guide, record contents; the encodings from genuine records.
    """
    when = datetime.fromtimestamp(call.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    request_id = _id("request", number)
    return {
        "eventVersion": "1.09",
        "userIdentity": user_identity(call.principal, when),
        "eventTime": when,
        "eventSource": "ec2.amazonaws.com",
        "eventName": call.action,
        "awsRegion": call.region,
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "Boto3",
        **_error(call),
        "requestParameters": _request(call),
        "responseElements": _reply(call, request_id),
        "requestID": request_id,
        "eventID": _id("event", number),
        "recipientAccountId": call.account,
        **_SAME_FOR_ALL,
        "tlsDetails": _tls(call.region),
    }


def envelope(detail: Json) -> Json:
    """Return the event that appears on the default bus of the record's account and region."""
    return {
        "version": "0",
        "id": str(uuid.uuid5(_IDS, detail["eventID"])),
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.ec2",
        "account": detail["recipientAccountId"],
        "time": detail["eventTime"],
        "region": detail["awsRegion"],
        "resources": [],
        "detail": detail,
    }


def _tls(region: str) -> Json:
    return {
        "tlsVersion": "TLSv1.3",
        "cipherSuite": "TLS_AES_128_GCM_SHA256",
        "clientProvidedHostHeader": f"ec2.{region}.{dns_suffix(partition_of(region))}",
    }


def _id(kind: str, number: int) -> str:
    return str(uuid.uuid5(_IDS, f"{kind}/{number}"))


def _error(call: Call) -> Json:
    if call.error is None:
        return {}
    code, message = call.error
    blame = "Server" if code in _SERVER_ERRORS else "Client"
    return {"errorCode": f"{blame}.{code}", "errorMessage": message}


def _request(call: Call) -> Json | None:
    encode = xml_request if call.action in _XML_ACTIONS else legacy_request
    return encode(call.action, call.params)


def _reply(call: Call, request_id: str) -> Json | None:
    if call.error is not None:
        return None
    encode = xml_reply if call.action in _XML_ACTIONS else legacy_reply
    return encode(call.action, call.reply or {}, request_id)
