"""Variables as lines for a shell. In: names and values, from a served cloud. Out: lines safe to `eval`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote

from peerkeeper_cli.served_cloud.errors import InvocationError

NAME = re.compile(r"AWS_[A-Z_]+")
IN_THE_WAY = (
    *("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_STS"),
    *("AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_ROUTE_53", "AWS_ENDPOINT_URL_SERVICE_QUOTAS"),
    *("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"),
)
"""What a shell may have from real work, and what would lead there. Source: AWS SDKs reference, settings."""

MADE_UP = "# The local cloud made these keys up. They open no real account."


def exports(variables: object) -> Iterator[str]:
    """Yield a comment, then `unset` and `export` lines.

    Raises InvocationError for what is no map of AWS variables.
    """
    if not isinstance(variables, dict) or not all(
        NAME.fullmatch(name) and isinstance(value, str) for name, value in variables.items()
    ):
        raise InvocationError("the endpoint answers with what are no variables of AWS clients")
    yield MADE_UP
    yield f"unset {' '.join(name for name in IN_THE_WAY if name not in variables)}"
    yield from (f"export {name}={quote(value)}" for name, value in variables.items())
