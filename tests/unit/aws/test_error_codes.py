"""What EC2's and other services' codes mean: it passes, or a person must act."""

import pytest
from botocore.exceptions import ClientError
from botocore.retries.standard import ThrottledRetryableChecker
from peerkeeper.aws.error_codes import trouble_from
from peerkeeper.values.trouble import Meaning

OF_OTHER_KINDS = {
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "EC2ThrottledException",
}
"""Codes of services that Peerkeeper does not call, and one that it has."""


def meaning(code: str) -> Meaning:
    said = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": 400}}
    return trouble_from(ClientError(said, "Describe"), "Describe").meaning


@pytest.mark.parametrize(
    "code", sorted({*ThrottledRetryableChecker._THROTTLED_ERROR_CODES} - OF_OTHER_KINDS)
)
def test_what_botocore_takes_for_throttling_passes(code):
    assert meaning(code) is Meaning.PASSING


@pytest.mark.parametrize(
    "code",
    ["OperationInProgress", "ExpiredTokenException", "ConcurrentTagAccess", "InvalidNextToken"],
)
def test_what_ends_by_itself_passes(code):
    assert meaning(code) is Meaning.PASSING


def test_what_is_not_known_is_a_refusal():
    assert meaning("InvalidGroup.Duplicate") is Meaning.REFUSED
