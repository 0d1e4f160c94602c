"""The JSON documents of one run over the fleet, in the stack's bucket.

    sweeps/<run>/locations.json               the items of the Map, written before it
    sweeps/<run>/skipped.json                 what is not swept, and why
    sweeps/<run>/results/<map run>/…          what the Map wrote: manifest.json, and the files it names
    sweeps/<run>/summary.json, latest.json    the summary, of this run and of the last one

In: an S3 client, a bucket, a run's name. Out: values. Raises what botocore raises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

LATEST = "latest.json"


@dataclass(frozen=True, slots=True)
class SweepDocuments:
    """The documents of one run."""

    client: S3Client
    bucket: str
    run: str

    def key(self, name: str) -> str:
        """Return the key of one of this run's documents."""
        return f"sweeps/{self.run}/{name}"

    def put(self, key: str, value: object) -> str:
        """Write a document for people and machines to read; return its key."""
        body = json.dumps(value, indent=1).encode()
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=body, ContentType="application/json"
        )
        return key

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever JSON stands there
        """Return a document."""
        return json.loads(self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read())

    def children(self) -> Mapping[str, Iterator[Mapping[str, Any]]]:
        """Return the child executions by the kind of the Map's files they stand in, read when needed."""
        manifests = [self.get(key)["ResultFiles"] for key in self._manifests()]
        return {kind: self._of(kind, manifests) for kind in ("SUCCEEDED", "FAILED", "PENDING")}

    def _of(self, kind: str, manifests: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for manifest in manifests:
            for file in manifest.get(kind, []):
                yield from self.get(file["Key"])

    def _manifests(self) -> Iterator[str]:
        """Yield the key of each Map run's manifest: none where the Map ended before it began."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.key("results/")
        )
        for page in pages:
            for found in page.get("Contents", []):
                if found["Key"].endswith("/manifest.json"):
                    yield found["Key"]
