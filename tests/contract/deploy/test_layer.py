"""The EC2 model that ships in the layer: smaller than botocore's, and the same where it matters."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape
from botocore.serialize import create_serializer

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import ROOT

LAYER = ROOT / "layers" / "peerkeeper"
SCRIPT = LAYER / "build" / "trim_ec2_model.py"
OPERATIONS = (LAYER / "build" / "operations.txt").read_text().split()


def pins(path: Path) -> dict[str, str]:
    """Version by package, without the digest, and without what follows a semicolon: where it applies."""
    lines = [
        line.split(";")[0].split(" --hash")[0].strip() for line in path.read_text().splitlines()
    ]
    return dict(line.split("==") for line in lines if "==" in line and not line.startswith("#"))


def model(*first: Path) -> ServiceModel:
    """The EC2 model that botocore loads with these folders before its own."""
    loader = Loader()
    loader.search_paths[:0] = [str(folder) for folder in first]
    return ServiceModel(loader.load_service_model("ec2", "service-2"), "ec2")


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    done = run(sys.executable, SCRIPT, out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("EC2 model of botocore")
    return out


def facts(shape: Shape | None) -> Iterator[Any]:
    """Everything that botocore's serializer and parser read of a shape, and of the shapes below it."""
    waiting, seen = [shape] if shape else [], set[str]()
    while waiting:
        at = waiting.pop()
        if at.name in seen:
            continue
        seen.add(at.name)
        members = getattr(at, "members", {})
        below = [*members.values(), *(part for part in (getattr(at, "member", None),) if part)]
        waiting.extend(below)
        enum = getattr(at, "enum", None)
        yield at.name, at.type_name, dict(at.serialization), dict(at.metadata), enum
        yield [(name, part.name, dict(part.serialization)) for name, part in members.items()]


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_takes_and_returns_what_it_does_in_the_full_model(
    name: str, folder: Path
) -> None:
    ours, theirs = (m.operation_model(name) for m in (model(folder), model()))
    assert ours.http == theirs.http
    assert list(facts(ours.input_shape)) == list(facts(theirs.input_shape)) != []
    assert list(facts(ours.output_shape)) == list(facts(theirs.output_shape))


def test_a_request_is_the_same_on_the_wire(folder: Path) -> None:
    wanted = {
        "VpcPeeringConnectionIds": ["pcx-1"],
        "Filters": [{"Name": "status-code", "Values": ["active"]}],
    }
    sent = [
        create_serializer(m.metadata["protocol"]).serialize_to_request(
            wanted, m.operation_model("DescribeVpcPeeringConnections")
        )
        for m in (model(folder), model())
    ]
    assert sent[0] == sent[1]
    assert sent[0]["body"]["Filter.1.Value.1"] == "active"


def test_the_model_knows_our_operations_and_is_a_fraction_of_the_full_one(folder: Path) -> None:
    assert sorted(model(folder).operation_names) == OPERATIONS
    (path,) = folder.rglob("*.json")
    assert path.relative_to(folder) == Path("ec2/2016-11-15/service-2.json")
    assert path.stat().st_size < 60_000
    assert model(folder).metadata == model().metadata


def test_pagination_still_comes_from_botocores_own_data(folder: Path) -> None:
    loader = Loader()
    loader.search_paths.insert(0, str(folder))
    pages = loader.load_service_model("ec2", "paginators-1")["pagination"]
    assert {
        "DescribeVpcPeeringConnections",
        "DescribeRouteTables",
        "DescribeSubnets",
        "DescribeVpcs",
    } <= set(pages)


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        (
            "del model['shapes']['VpcPeeringConnection']['members']['MultipathResilienceStatus']",
            "MultipathRes",
        ),
        ("del model['operations']['CreateRoute']", "no operation CreateRoute"),
    ],
)
def test_the_build_fails_on_a_model_that_lacks_what_we_rely_on(
    spoilt: str, complaint: str, run: Run
) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(SCRIPT.parent)!r})
from trim_ec2_model import OPERATIONS, full_model, trimmed
model = full_model()
{spoilt}
trimmed(model, OPERATIONS.read_text().split())
"""
    done = run(sys.executable, "-B", "-c", code)
    assert done.returncode == 1
    assert complaint in done.stderr.splitlines()[-1]


def test_the_layer_is_built_from_the_versions_that_the_tests_run_on() -> None:
    shipped = pins(LAYER / "requirements.txt") | pins(LAYER / "requirements-build.txt")
    tested = pins(ROOT / "requirements" / "dev.txt")
    assert shipped == {name: tested.get(name) for name in shipped}
    assert set(pins(LAYER / "requirements.txt")) == {
        *("aws-lambda-powertools", "jmespath", "typing-extensions"),
    }
    assert set(pins(LAYER / "requirements-build.txt")) == {
        *("botocore", "python-dateutil", "six", "urllib3"),
    }


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_the_layer_is_built_from_wheels_of_known_digests_and_no_others(name: str) -> None:
    lines = (LAYER / name).read_text().splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert len(pinned) == len(pins(LAYER / name))
    assert all(re.fullmatch(r"[\w-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", one) for one in pinned)
    build = (LAYER / "Makefile").read_text()
    assert "--require-hashes --no-deps --only-binary=:all:" in build
    assert build.count("-m pip install") == 1
