"""The endpoints that ship in the layer: of our services alone, and the same ones as botocore's."""

import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.session import Session
from peerkeeper.aws.model_files import SERVICES, ModelFiles

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import ROOT

SCRIPT = ROOT / "layers/peerkeeper/build/trim_endpoints.py"
KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "y"}


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    done = run(sys.executable, SCRIPT, out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("endpoints of ec2, events, ")
    return out


def regions(session: Session) -> list[str]:
    """Every Region of every partition that botocore knows."""
    return [
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("ec2", partition)
    ]


def where(session: Session, service: str, region: str) -> tuple[Any, ...]:
    """What decides where a client calls, and for what it signs."""
    client = session.create_client(service, region_name=region, **KEYS)
    signer = client._request_signer
    return (
        client.meta.endpoint_url,
        client.meta.partition,
        client.meta.region_name,
        signer.signing_name,
        signer.region_name,
        signer.signature_version,
        client.meta.config.signature_version,
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_client_calls_the_same_endpoint_in_each_region(service: str, folder: Path) -> None:
    trimmed, whole = Session(), Session()
    trimmed.register_component("data_loader", ModelFiles(folder))
    every = regions(whole)
    assert len(every) > 40
    assert len({whole.get_partition_for_region(region) for region in every}) >= 7
    for region in every:
        assert where(trimmed, service, region) == where(whole, service, region)


def test_the_build_keeps_the_services_that_the_loader_knows() -> None:
    listed = SCRIPT.with_name("services.txt").read_text().split()
    assert listed == sorted(SERVICES)


def test_the_file_is_a_fraction_of_the_whole_one(folder: Path) -> None:
    assert (folder / "endpoints.json").stat().st_size < 40_000


def test_the_build_fails_on_a_service_that_botocore_lacks(run: Run) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(SCRIPT.parent)!r})
from trim_endpoints import prefix_of
prefix_of("carrier-pigeons")
"""
    done = run(sys.executable, "-B", "-c", code)
    assert done.returncode == 1
    assert "no service carrier-pigeons" in done.stderr
