"""Cut botocore's endpoints.json down to the services that the functions of networks make clients of.

In: the installed botocore's file, and services.txt beside this file. Out: OUT_DIR/endpoints.json, where our
loader looks first. Parsing the whole file takes a fifth of a cold start. Partitions and Regions stay as they
are: a client of these services has the same endpoint, and signs for the same Region.

Run: python trim_endpoints.py OUT_DIR
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import botocore

SERVICES = Path(__file__).with_name("services.txt").read_text().split()
DATA = Path(botocore.__file__).parent / "data"
Endpoints = dict[str, Any]


class EndpointsError(Exception):
    """botocore lacks a service that we use; the message names it."""


def packed(path: Path) -> Endpoints:
    """Return the JSON of one of botocore's files, packed or not."""
    plain = (
        path.read_bytes() if path.is_file() else gzip.decompress(Path(f"{path}.gz").read_bytes())
    )
    found: Endpoints = json.loads(plain)
    return found


def prefix_of(service: str) -> str:
    """Return what endpoints.json calls the service. Raises EndpointsError if there is no such service."""
    versions = sorted((DATA / service).glob("*"))
    if not versions:
        raise EndpointsError(f"botocore has no service {service}")
    prefix: str = packed(versions[-1] / "service-2.json")["metadata"]["endpointPrefix"]
    return prefix


def trimmed(endpoints: Endpoints, prefixes: set[str]) -> Endpoints:
    """Return all partitions with only these services."""
    return endpoints | {
        "partitions": [
            one | {"services": {k: v for k, v in one["services"].items() if k in prefixes}}
            for one in endpoints["partitions"]
        ]
    }


def write(out: Path) -> Path:
    """Write the file under `out` and return its path."""
    kept = trimmed(packed(DATA / "endpoints.json"), {prefix_of(one) for one in SERVICES})
    path = out / "endpoints.json"
    path.write_text(json.dumps(kept, separators=(",", ":")))
    print(f"endpoints of {', '.join(SERVICES)}: {path.stat().st_size:,} bytes")  # noqa: T201
    return path


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: trim_endpoints.py OUT_DIR")
    try:
        write(Path(sys.argv[1]))
    except EndpointsError as error:
        sys.exit(f"trim_endpoints: {error}")
