"""Record what this version sends and writes, for every later version to read.

    make samples

In: schedules of the fault simulator, with the real functions. Out: a folder named by the version:

| file | what it holds |
|---|---|
| `hand_offs.json` | one message of each shape that a function puts into a queue |
| `status_tags.json` | every value that a function writes into the tag `peerkeeper:status` |

A folder of a version that has a git tag stays as it is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from peerkeeper import __version__
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.tags import STATUSES

from simulator import ec2, engine

HERE = Path(__file__).parent
HAND_OFFS, STATUS_TAGS = "hand_offs.json", "status_tags.json"
SEEDS = range(2000)
"""More schedules than tests look at, so that a rare shape is there."""


def shape(body: dict[str, Any]) -> str:
    """Return what a message is made of, in words: two messages of one shape are read in the same way."""
    kinds = sorted({(hint["id"] or "location").partition("-")[0] for hint in body["hints"]})
    parts = {
        "hints": kinds,
        "with VPC": ["yes"] if any(hint["vpc"] for hint in body["hints"]) else [],
        "expect": sorted({one["state"] for one in body["expect"]}),
        "then": [body["then"]] if body["then"] else [],
        "again": ["yes"] if body["looks"] else [],
    }
    more = {name for name in ("absent", "sights", "acts") if body.get(name)}
    said = [f"{name} {'+'.join(of)}" for name, of in parts.items() if of]
    return ", ".join([f"to {body['function']}", *said, *sorted(more)])


def recorded(seeds: range) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Return the first message of each shape, and the values of the tag, in these schedules."""
    messages: dict[str, dict[str, Any]] = {}
    values: set[str] = set()
    to_body, create_tags = HandOff.to_body, ec2.OPERATIONS["CreateTags"]

    def kept(one: HandOff) -> str:
        text = to_body(one)
        body = json.loads(text)
        messages.setdefault(shape(body), body)
        return text

    def noted(state: Any, where: Any, params: Any, moment: Any) -> Any:
        said = {tag["Value"] for tag in params["Tags"] if tag["Key"] == STATUS}
        values.update(said & STATUSES.keys())  # other hands write words of theirs
        return create_tags(state, where, params, moment)

    with patch.object(HandOff, "to_body", kept), patch.dict(ec2.OPERATIONS, CreateTags=noted):
        engine.run(seeds)
    return messages, values


def is_tagged(version: str) -> bool:
    """Tell whether the version is released: its git tag is there."""
    words = ["git", "tag", "--list", f"v{version}"]
    return bool(subprocess.run(words, cwd=HERE, capture_output=True, check=True).stdout)


def main() -> int:
    """Write the folder of this version; return the exit code."""
    if is_tagged(__version__):
        sys.stderr.write(f"{__version__} is released: make version NEW=… first\n")
        return 1
    folder = HERE / __version__
    folder.mkdir(exist_ok=True)
    messages, values = recorded(SEEDS)
    (folder / HAND_OFFS).write_text(json.dumps(messages, indent=1, sort_keys=True) + "\n")
    (folder / STATUS_TAGS).write_text(json.dumps(sorted(values), indent=1) + "\n")
    sys.stdout.write(f"{folder}: {len(messages)} messages, {len(values)} values of the tag\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
