"""What `sam build` puts into the package, imported as Lambda would: the layer first, boto3 from outside."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import FLEET_FUNCTIONS, FUNCTIONS, HUB, ROOT

LOOK = """
import json, sys
import aws_lambda_powertools, peerkeeper, handler
from aws_lambda_powertools import Logger, Metrics
print(json.dumps({
    "powertools": aws_lambda_powertools.__file__,
    "peerkeeper": peerkeeper.__file__,
    "handler": handler.__file__,
    "callable": callable(handler.lambda_handler),
}))
"""

CLIENT = """
import json
from peerkeeper.aws.clients import Clients
from peerkeeper.values.ec2 import Location
seoul = Location("111122223333", "ap-northeast-2")
client = Clients([seoul], seoul.region).ec2(seoul)
print(json.dumps({
    "operations": sorted(client.meta.service_model.operation_names),
    "endpoint": client.meta.endpoint_url,
    "pages": client.can_paginate("describe_vpc_peering_connections"),
}))
"""


def environment() -> dict[str, str]:
    """The function's variables as a stack with default parameters would set them."""
    shared = HUB["Globals"]["Function"]["Environment"]["Variables"]
    parameters = {name: str(parameter["Default"]) for name, parameter in HUB["Parameters"].items()}
    stack = parameters | {"AWS::AccountId": "111122223333", "AWS::Partition": "aws"}
    queue = "https://sqs.ap-northeast-2.amazonaws.com/111122223333/"
    values = {
        name: value if isinstance(value, str) else stack.get(value.get("Ref", ""), queue + name)
        for name, value in shared.items()
    }
    return values | {
        "PEERKEEPER_SENDERS": "AROAAAAAAAAAAAAAAAAAA,AROABBBBBBBBBBBBBBBBB",
        "AWS_REGION": "ap-northeast-2",
    }


@pytest.fixture(scope="module")
def package(sam: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the application, by the defaults in samconfig.toml."""
    place = tmp_path_factory.mktemp("application")
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, place)
    for name in ("layers", "functions", "statemachines"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = run(sam, "build", cwd=place)
    assert done.returncode == 0, done.stderr[-3000:]
    return place / ".aws-sam" / "build"


@pytest.mark.parametrize("function", FUNCTIONS | FLEET_FUNCTIONS)
def test_a_function_starts_from_the_layer_and_its_own_code(
    function: str, package: Path, run: Run
) -> None:
    layer = package / "PeerkeeperLayer" / "python"
    path = f"{layer}:{package / function}"
    done = run(sys.executable, "-c", LOOK, cwd=package, env=environment() | {"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {
        "powertools": str(layer / "aws_lambda_powertools" / "__init__.py"),
        "peerkeeper": str(layer / "peerkeeper" / "__init__.py"),
        "handler": str(package / function / "handler.py"),
        "callable": True,
    }


def test_a_client_made_in_the_package_knows_the_shipped_operations_alone(
    package: Path, run: Run
) -> None:
    path = {"PYTHONPATH": str(package / "PeerkeeperLayer" / "python")}
    done = run(sys.executable, "-c", CLIENT, cwd=package, env=environment() | path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "operations": (ROOT / "layers/peerkeeper/build/operations.txt").read_text().split(),
        "endpoint": "https://ec2.ap-northeast-2.amazonaws.com",
        "pages": True,
    }


def test_the_layer_holds_our_code_powertools_and_what_that_needs(package: Path) -> None:
    top = {path.name.split("-")[0] for path in (package / "PeerkeeperLayer" / "python").iterdir()}
    assert top - {"__pycache__"} == {
        "aws_lambda_powertools",
        "jmespath",
        "peerkeeper",
        "typing_extensions",
        "typing_extensions.py",
    }
    assert [path.name for path in (package / "PeerkeeperLayer").iterdir()] == ["python"]


def test_the_runtimes_own_boto3_is_not_shipped_a_second_time(package: Path) -> None:
    shipped = {path.name for path in package.rglob("*") if path.is_dir()}
    assert not shipped & {"boto3", "botocore", "s3transfer"}


def test_the_layer_brings_the_ec2_model_where_the_package_looks_for_it(package: Path) -> None:
    models = package / "PeerkeeperLayer" / "python" / "peerkeeper" / "aws" / "models"
    shipped = {path.relative_to(models).as_posix() for path in models.rglob("*") if path.is_file()}
    assert shipped == {"ec2/2016-11-15/service-2.json", "endpoints.json"}


def test_the_layer_is_small(package: Path) -> None:
    """Lambda takes 250 MiB unzipped; ours stays far below, since each megabyte is paid at a cold start."""
    files = [path for path in (package / "PeerkeeperLayer").rglob("*") if path.is_file()]
    source = sum(path.stat().st_size for path in files if path.suffix != ".pyc")
    assert source < 8 * 2**20
