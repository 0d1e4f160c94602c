"""Calls of EC2 and Route 53, with the words that steps use. In: a location, parameters. Out: `Call`."""

from __future__ import annotations

from typing import Any

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.order.call import Call


def ec2(operation: str, where: Location, **parameters: Any) -> Call:  # noqa: ANN401 - as the model says
    """Return a call of EC2."""
    return Call("ec2", operation, where, parameters)


def listed(operation: str, where: Location, query: str, **parameters: Any) -> Call:  # noqa: ANN401
    """Return a read of EC2 that prints only a part of the reply."""
    return Call("ec2", operation, where, parameters, query)


def route53(operation: str, where: Location, **parameters: Any) -> Call:  # noqa: ANN401
    """Return a call of Route 53. `where` says whose credentials it needs; the service has no Regions."""
    return Call("route53", operation, where, parameters)


def filtered(name: str, *values: str) -> list[dict[str, Any]]:
    """Return one filter of a describe call."""
    return [{"Name": name, "Values": [*values]}]
