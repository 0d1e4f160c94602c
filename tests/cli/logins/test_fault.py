"""Credentials that do not work: one sentence each, with what mends it."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConfigParseError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOTokenLoadError,
    UnauthorizedSSOTokenError,
)

from peerkeeper_cli.logins.fault import fault


def refused(code, message="no"):
    return ClientError({"Error": {"Code": code, "Message": message}}, "GetCallerIdentity")


@pytest.mark.parametrize(
    ("error", "profile", "says"),
    [
        (ProfileNotFound(profile="netwrok"), "netwrok", "aws configure list-profiles"),
        (NoCredentialsError(), None, "the environment has no credentials: name a --profile"),
        (NoCredentialsError(), "net", "aws sso login --profile net"),
        (PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"), None, "a part"),
        (ConfigParseError(path="/x/config", error="odd"), "net", "cannot be read"),
        (UnauthorizedSSOTokenError(), "net", "run `aws sso login --profile net`"),
        (SSOTokenLoadError(error_msg="gone"), "net", "run `aws sso login --profile net`"),
        (EndpointConnectionError(endpoint_url="https://sts.x"), "net", "does not answer"),
        (refused("ExpiredToken"), "net", "have expired: renew them, with SSO by `aws sso login"),
        (refused("InvalidClientTokenId"), None, "does not know the credentials"),
        (refused("AccessDenied", "an SCP"), "net", "GetCallerIdentity says AccessDenied: an SCP"),
    ],
)
def test_each_fault_says_what_mends_it(error, profile, says):
    words = fault(error, profile)
    assert says in words
    assert "\n" not in words
    assert "Traceback" not in words
