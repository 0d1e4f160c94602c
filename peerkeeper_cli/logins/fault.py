"""Why a login failed, and what to do. In: a botocore exception. Out: one sentence.

Source: botocore.exceptions; STS API reference, common errors.
"""

from __future__ import annotations

import os

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConfigParseError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)

VARIABLES = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
"""Which profile counts where no option names one. Source: botocore, configprovider.py."""
OUTWORN = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
WRONG = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"})


def fault(error: ClientError | BotoCoreError, profile: str | None) -> str:
    """Return what is wrong with the credentials, and the command or setting that fixes it."""
    who = f"profile {profile}" if profile else "the environment"
    with_profile = f" --profile {profile}" if profile else ""
    login = f"aws sso login{with_profile}"
    match error:
        case ProfileNotFound():
            return f"{_absent(error, profile)}: `aws configure list-profiles` names those there are"
        case NoCredentialsError():
            return f"{who} has no credentials: name a --profile, or log in with `{login}`"
        case PartialCredentialsError():
            return f"{who} has a part of its credentials only: {error}"
        case ConfigParseError():
            return f"the AWS configuration cannot be read: {error}"
        case SSOError() | TokenRetrievalError():
            return f"the login of {who} has expired, or there was none: run `{login}`"
        case EndpointConnectionError():
            return f"STS does not answer {who} ({error}): check the network and the region"
        case ClientError():
            return _refused(error, who, login)
        case _:
            return f"{who} cannot be used: {error}"


def _absent(error: ProfileNotFound, profile: str | None) -> str:
    """Return which profile is absent; where no option names one, the environment does."""
    if profile:
        return f"there is no profile {profile}"
    name = str(error.kwargs.get("profile", ""))
    variable = next((one for one in VARIABLES if os.environ.get(one) == name), VARIABLES[-1])
    return f"{variable} says {name}, and there is no such profile"


def _refused(error: ClientError, who: str, login: str) -> str:
    said = error.response.get("Error", {})
    code = str(said.get("Code", ""))
    if code in OUTWORN:
        return f"the credentials of {who} have expired: renew them, with SSO by `{login}`"
    if code in WRONG:
        return f"AWS does not know the credentials of {who} ({code}): deleted, or of another partition?"
    return f"{who} cannot be used: {error.operation_name} says {code}: {said.get('Message', '')}"
