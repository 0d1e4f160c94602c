"""A bucket on this machine, for as long as something is packaged: `sam package` uploads what it packs.

In: a bucket's name. Out: variables that lead sam to it, and then what it holds. No AWS account is asked.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Bucket:
    """One that listens on the loopback."""

    name: str
    url: str
    client: Any

    def variables(self) -> dict[str, str]:
        """Return what a shell has in which sam acts on this bucket, and on nothing of AWS."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PYTHONPATH"))}
        return kept | {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "made-up",
            "AWS_SECRET_ACCESS_KEY": "made-up",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
            "SAM_CLI_TELEMETRY": "0",
            "NO_COLOR": "1",
        }

    def objects(self) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the content of each object."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        for key in [one["Key"] for page in pages for one in page.get("Contents", [])]:
            yield key, self.client.get_object(Bucket=self.name, Key=key)["Body"].read()


@contextmanager
def bucket(name: str) -> Iterator[Bucket]:
    """Yield a new, empty bucket of that name; it is gone afterwards."""
    import boto3  # noqa: PLC0415
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            region_name=REGION,
            endpoint_url=url,
            aws_access_key_id="made-up",
            aws_secret_access_key="made-up",  # noqa: S106 - of a server of our own
        )
        client.create_bucket(Bucket=name)
        yield Bucket(name, url, client)
    finally:
        server.stop()
