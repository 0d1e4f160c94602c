"""The stack that was updated by its template's address runs the code that lies in the bucket."""

import base64
import hashlib
from collections.abc import Callable

from release.version import said
from tests.deployed.conftest import Compared
from tests.deployed.deploy import outputs
from tests.deployed.released import BUCKET, Release


def test_every_function_runs_code_of_the_bucket(
    everything_on: Compared, release: Release, figure: Callable[[str], None]
) -> None:
    stack = everything_on.stack
    digests = {
        base64.b64encode(hashlib.sha256(content).digest()).decode()
        for content in release.files.values()
    }
    functions = stack.client("lambda").list_functions()["Functions"]
    assert {one["FunctionName"] for one in functions} == {one.name for one in stack.ours.functions}
    assert [one["FunctionName"] for one in functions if one["CodeSha256"] not in digests] == []
    figure(f"{len(functions):>6} functions run the code of a bucket, deployed by its address")


def test_the_stack_says_the_version_of_the_release(everything_on: Compared) -> None:
    assert outputs(everything_on.stack.engine)["Version"] == said()


def test_the_template_in_the_bucket_names_that_bucket_alone(release: Release) -> None:
    template = release.files["template.yaml"].decode()
    named = {one.split("/")[0] for one in template.split("s3://")[1:]}
    assert named == {BUCKET}
