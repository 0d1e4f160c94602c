"""Ask a served cloud. In: its URL. Out: what it answers. Never another host than the one named."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from peerkeeper_cli.served_cloud.errors import InvocationError


def ask(url: str, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - any JSON
    """GET our own `path`, or POST `body` there. Raises InvocationError on a refusal, or no answer."""
    if not url.startswith(("http://", "https://")):
        raise InvocationError(f"{url} is not an HTTP URL: write http://...")
    target = f"{url.rstrip('/')}/_peerkeeper/{path}"
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        target, data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=150) as reply:  # noqa: S310
            return json.load(reply)
    except urllib.error.HTTPError as error:
        raise InvocationError(_reason(error)) from error
    except (OSError, ValueError) as error:
        raise InvocationError(
            f"{url} does not answer as a served cloud ({error}): start one with `./peerkeeper serve`"
        ) from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError):
        return f"{error.url}: {error}"
