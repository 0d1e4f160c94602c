"""What a rule's input transformer, or its input path, makes of an event.

In: the transformer, or the path; an event. Out: what the target gets. Only text templates: quoted lines,
which keep their quotes.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from peerkeeper_local.deployment.resources import Transformer


def transformed(transformer: Transformer, event: Mapping[str, Any]) -> str:
    """Return the text, quotes and all. Raises ValueError where it is not a row of JSON strings.

    Values are put in as they are; a name without a value is left empty. Source: EventBridge User Guide, input
    transformation, the table of templates with their output; mails that users show in issue threads.
    """
    values = {name: _at(event, path) for name, path in transformer.paths.items()}
    filled = re.sub(r"<([\w-]+)>", lambda found: values[found[1]], transformer.template)
    lines = filled.strip().splitlines()
    if not all(isinstance(json.loads(line), str) for line in lines):
        raise ValueError(f"a text template is made of quoted lines: {filled}")
    return "\n".join(lines)


def part(event: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the part of the event at this path; `$` is all of it. None where there is none."""
    value: Any = event
    for name in filter(None, path.removeprefix("$").split(".")):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _at(event: Mapping[str, Any], path: str) -> str:
    found = part(event, path)
    return "" if found is None else str(found)
