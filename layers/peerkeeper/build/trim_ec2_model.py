"""Cut botocore's EC2 service model down to the operations Peerkeeper uses.

In: the installed botocore's model, and operations.txt beside this file.
Out: OUT_DIR/ec2/2016-11-15/service-2.json, laid out as botocore's Loader wants a search path to be. Endpoint
rules, paginators and waiters stay with the runtime's own botocore.
Never changes what an operation takes or returns: it leaves out prose and what no operation reaches.

Run: python trim_ec2_model.py OUT_DIR
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore

API_VERSION = "2016-11-15"
OPERATIONS = Path(__file__).with_name("operations.txt")
# An older model drops this field from replies without a word, and a request that costs money would look free.
INDISPENSABLE = ("VpcPeeringConnection", "MultipathResilienceStatus")

Model = dict[str, Any]


class ModelError(Exception):
    """The model lacks something Peerkeeper relies on; the message names it."""


def full_model() -> Model:
    """Read the whole EC2 model of the installed botocore, of which no more is imported than its path."""
    packed = Path(botocore.__file__).parent / "data" / "ec2" / API_VERSION / "service-2.json.gz"
    model: Model = json.loads(gzip.decompress(packed.read_bytes()))
    return model


def trimmed(model: Model, operations: list[str]) -> Model:
    """Return the model with these operations and the shapes they reach.

    Raises ModelError if the model lacks one of them, or the member in INDISPENSABLE.
    """
    if missing := [name for name in operations if name not in model["operations"]]:
        raise ModelError(f"botocore's EC2 model has no operation {', '.join(missing)}")
    kept = {name: model["operations"][name] for name in operations}
    reached = reached_from(kept, model["shapes"])
    shape, member = INDISPENSABLE
    if member not in reached.get(shape, {}).get("members", {}):
        raise ModelError(f"botocore's EC2 model has no {shape}.{member}: pin a newer botocore")
    whole = model | {"operations": kept, "shapes": reached}
    return {
        key: without_documentation(part) for key, part in whole.items() if key != "documentation"
    }


def reached_from(operations: Model, shapes: Model) -> Model:
    """Return the shapes that the operations name, and those that these name, in the model's own order."""
    waiting, reached = list(shapes_named_in(operations)), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(shapes_named_in(shapes[name]))
    return {name: shape for name, shape in shapes.items() if name in reached}


def shapes_named_in(node: object) -> Iterator[str]:
    """Yield every shape that a part of the model names as {"shape": NAME}, at any depth."""
    if isinstance(node, dict):
        if isinstance(name := node.get("shape"), str):
            yield name
        for part in node.values():
            yield from shapes_named_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from shapes_named_in(part)


def without_documentation(node: object) -> object:
    """Return a copy without the prose. A member may be called "documentation" too: an object, it stays."""
    if isinstance(node, dict):
        return {
            key: without_documentation(part)
            for key, part in node.items()
            if not (key == "documentation" and isinstance(part, str))
        }
    if isinstance(node, list):
        return [without_documentation(part) for part in node]
    return node


def write(out: Path) -> Path:
    """Write the trimmed model under `out` and return its path."""
    model = trimmed(full_model(), OPERATIONS.read_text().split())
    path = out / "ec2" / API_VERSION / "service-2.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(model, separators=(",", ":")))
    counts = f"{len(model['operations'])} operations, {len(model['shapes'])} shapes"
    print(f"EC2 model of botocore {botocore.__version__}: {counts}, {path.stat().st_size:,} bytes")  # noqa: T201
    return path


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: trim_ec2_model.py OUT_DIR")
    try:
        write(Path(sys.argv[1]))
    except ModelError as error:
        sys.exit(f"trim_ec2_model: {error}")
