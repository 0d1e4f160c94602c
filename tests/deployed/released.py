"""A release as `make package` makes it, in buckets of the engine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from release.application import Publisher
from release.package import package
from tests.deployed.engine import Engine
from tests.deployed.places import HUB, SEOUL

BUCKET, PREFIX = "net-team-releases", "peerkeeper/today"


@dataclass(frozen=True)
class Release:
    """A bucket, and the files of the release in it, by name."""

    bucket: str
    files: Mapping[str, bytes]

    @property
    def address(self) -> str:
        """That of the folder. Source: S3 User Guide, path-style requests."""
        return f"https://s3.{SEOUL}.amazonaws.com/{self.bucket}/{PREFIX}"

    def moved(self, bucket: str) -> "Release":
        """Return the same, packaged for another bucket. The engine lets no account read another's."""
        names = {
            name: text.replace(self.bucket.encode(), bucket.encode())
            for name, text in self.files.items()
        }
        return Release(bucket, names)

    def upload(self, engine: Engine, account: str = HUB) -> None:
        """Do what `aws s3 sync` does, into a new bucket of the account."""
        s3 = engine.client("s3", account=account)
        where = {"LocationConstraint": SEOUL}
        s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration=where)
        for name, content in self.files.items():
            s3.put_object(Bucket=self.bucket, Key=f"{PREFIX}/{name}", Body=content)


def released(folder: Path) -> Release:
    """Package what `make deployed` built."""
    package(Path(os.environ["SAM_BUILT"]), folder, BUCKET, PREFIX, Publisher())
    return Release(BUCKET, {one.name: one.read_bytes() for one in folder.iterdir()})
