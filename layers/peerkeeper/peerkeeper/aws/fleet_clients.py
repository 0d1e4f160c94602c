"""The clients of the fleet sweep's first and last step, on one session. In: a service. Out: its client.

They use botocore's full models. Each step loads them once a sweep, and no other work waits for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.session import Session

from peerkeeper.aws import collector
from peerkeeper.aws.clients import CONFIG


@cache
def _session() -> Session:
    return Session()


def fleet_client(service: str) -> Any:  # noqa: ANN401 - its type hangs on the service
    """Return a client of this service in the function's own account and region."""
    client: Any = _session().create_client(service, config=CONFIG)
    collector.resume()  # the first client has loaded nearly all
    return client
