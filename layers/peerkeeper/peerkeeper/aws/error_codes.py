"""EC2's error codes by meaning, once.

In: a botocore exception. Out: `Trouble`. Codes are compared without regard to case, as EC2 spells
some ids now `ID`, now `Id`. Sources: EC2 API reference, errors; answers seen in issue threads.
"""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

MEANINGS: dict[Meaning, frozenset[str]] = {
    Meaning.PASSING: frozenset(
        {
            "requestlimitexceeded",
            "throttling",
            "throttlingexception",
            "throttledexception",
            "ec2throttledexception",
            "internalerror",
            "internalfailure",
            "serviceunavailable",
            "unavailable",
            "serverinternal",
            "requesttimeout",
            "requestexpired",
            "expiredtoken",
            "concurrenttagaccess",
            # The token of a page is EC2's own, and no longer valid: another read begins with the first page.
            "invalidnexttoken",
            # EC2 changes an endpoint for one caller at a time. Source: threads of Terraform's provider.
            "operationinprogress",
            # Other services' words for the same. Source: botocore, retries/standard.py and JSON protocols.
            "toomanyrequestsexception",
            "requestthrottled",
            "requestthrottledexception",
            "bandwidthlimitexceeded",
            "slowdown",
            "priorrequestnotcomplete",
            "expiredtokenexception",
        }
    ),
    Meaning.DENIED: frozenset(
        {
            "unauthorizedoperation",
            "accessdenied",
            "accessdeniedexception",
            "authfailure",
            "optinrequired",
            "regiondisabledexception",
            "pendingverification",
            "blocked",
            "invalidclienttokenid",
            "unrecognizedclientexception",
        }
    ),
    Meaning.QUOTA: frozenset(
        {
            "routelimitexceeded",
            "resourcecountlimitexceeded",
            "resourcelimitexceeded",
            "activevpcpeeringconnectionpervpclimitexceeded",
            "vpcpeeringconnectionspervpclimitexceeded",
            "outstandingvpcpeeringconnectionlimitexceeded",
            "pendingvpcpeeringconnectionlimitexceeded",
        }
    ),
    Meaning.ALREADY_SO: frozenset({"routealreadyexists"}),
    Meaning.STATE: frozenset({"invalidstatetransition"}),
}
CODES = {code: meaning for meaning, codes in MEANINGS.items() for code in codes}


UNREADABLE = (ResponseParserError, KeyError, TypeError, ValueError)
"""What a reply that is cut off, or is not EC2's, ends in: in botocore, or in our own parsing."""


def unreadable(error: Exception, action: str) -> Trouble:
    """Return the trouble of a reply that cannot be read: it may pass, so it is looked at again."""
    words = f"{type(error).__name__}: {error}"
    return Trouble(Meaning.PASSING, "UnreadableReply", words, action)


def trouble_from(error: ClientError | BotoCoreError, action: str) -> Trouble:
    """Return the trouble that this exception means for this action.

    In another account it may be STS that refuses or gives no answer, as the role is assumed on first use.
    Then that was the action.
    """
    if isinstance(error, BotoCoreError):
        # No answer at all: no connection, a time-out, a broken page. It may pass.
        if str(error.kwargs.get("endpoint_url", "")).startswith("https://sts."):
            action = ASSUME_ROLE
        return Trouble(Meaning.PASSING, type(error).__name__, str(error), action)
    if error.operation_name == ASSUME_ROLE:
        action = ASSUME_ROLE
    said = error.response.get("Error", {})
    code, message = str(said.get("Code", "")), str(said.get("Message", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return Trouble(_meaning(code, message, status), code, message, action)


def _meaning(code: str, message: str, status: int) -> Meaning:
    known = CODES.get(code.lower())
    if known:
        return known
    if code.lower().endswith(".notfound"):
        return Meaning.ABSENT
    if code == "OperationNotPermitted" and "is not active" in message:
        return Meaning.STATE
    if code == "InvalidParameterValue" and "belong to different networks" in message:
        # Also EC2's answer while a new peering is not visible to the route's side yet.
        return Meaning.STATE
    return Meaning.PASSING if status >= 500 else Meaning.REFUSED
