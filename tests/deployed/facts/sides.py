"""The two sides of a comparison, and what both are read with."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from tests.deployed.deploy import Deployed

Facts: TypeAlias = dict[str, Any]
Sides: TypeAlias = tuple[Facts, Facts]
"""What the engine says of a resource, and what we resolve: facts by name."""


def document(value: str | Mapping[str, Any]) -> Any:
    return value if isinstance(value, Mapping) else json.loads(unquote(value))


def resolved(stack: Deployed, logical_id: str) -> Any:
    return stack.resolver.value(stack.template["Resources"][logical_id].get("Properties", {}))


def in_order(documents: Any) -> list[Any]:
    return sorted(documents, key=lambda one: json.dumps(one, sort_keys=True))
