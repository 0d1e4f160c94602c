"""What `pip install .` brings: the command, from a clone, an sdist or a wheel; small, and without moto."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from peerkeeper import __version__
from peerkeeper.telemetry import logger

from peerkeeper_cli.app import COMMANDS
from peerkeeper_cli.commands.only_in_a_clone import LOCAL
from tests.contract.deploy.templates import HUB, ROOT, SPOKE
from tests.served import run

NO_MOTO = """
import importlib.abc, sys
class Closed(importlib.abc.MetaPathFinder):
    def find_spec(self, name, *_):
        if name.partition(".")[0] in {"moto", "peerkeeper_local", "aws_lambda_powertools"}:
            raise ModuleNotFoundError(f"{name} is not installed with the package")
sys.meta_path.insert(0, Closed())
from peerkeeper_cli.app import main
main()
"""


def build(target: str, source: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=300)
    (made,) = out.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel's files, laid out as pip does; its libraries are those of this environment."""
    place = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(place)
    return place


def typed(installed, *words):
    """Run the command as a user of the package does, in a folder that is no clone."""
    return subprocess.run(
        [sys.executable, "-c", NO_MOTO, *words],
        cwd=installed,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def names(wheel):
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_the_wheel_is_small_and_holds_what_an_operator_needs_alone(wheel):
    assert wheel.stat().st_size < 1_000_000
    assert {name.partition("/")[0] for name in names(wheel)} == {"peerkeeper", "peerkeeper_cli"}


def test_the_wheel_holds_all_that_the_maps_page_is_made_of(wheel):
    assets = ROOT / "peerkeeper_cli/map/assets"
    wanted = {path.relative_to(ROOT).as_posix() for path in assets.iterdir()}
    assert {
        name for name in names(wheel) if name.startswith("peerkeeper_cli/map/assets/")
    } == wanted
    assert any(name.endswith("cytoscape.LICENSE") for name in wanted)


def test_the_wheel_holds_what_the_script_of_a_teardown_begins_with(wheel):
    assert "peerkeeper_cli/teardown/script.sh" in names(wheel)


def test_the_wheel_asks_for_boto3_rich_and_typer_and_no_moto(wheel):
    with zipfile.ZipFile(wheel) as packed:
        (metadata,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        text = packed.read(metadata).decode()
    wanted = re.findall(r"^Requires-Dist: ([\w-]+)", text, re.MULTILINE)
    assert sorted(wanted) == ["boto3", "rich", "typer"]
    assert f"\nVersion: {__version__}\n" in text


def test_a_wheel_built_from_the_sdist_is_the_same(wheel, tmp_path):
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert names(build("wheel", source, tmp_path / "again")) == names(wheel)


def test_the_installed_command_says_its_version_and_explains(installed):
    assert typed(installed, "--version").stdout == f"peerkeeper {__version__}\n"
    shown = typed(installed, "explain", "--help")
    assert shown.returncode == 0, shown.stderr
    assert "Usage: peerkeeper explain" in shown.stdout


def test_a_wrong_call_names_the_command_that_the_user_typed(installed):
    wrong = typed(installed, "explain")
    assert wrong.returncode == 2
    assert "Try 'peerkeeper explain --help' for help." in wrong.stderr
    assert "python" not in wrong.stderr
    assert "Try './peerkeeper serve --help' for help." in run("serve", "--port", "many").stderr


@pytest.mark.parametrize("words", [[], ["--pace", "3"]], ids=["bare", "with an option"])
@pytest.mark.parametrize("name", sorted(LOCAL))
def test_a_command_of_the_local_cloud_says_in_a_line_how_to_get_it(installed, name, words):
    said = typed(installed, name, *words)
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert f"then `./peerkeeper {name}`" in said.stderr


def test_a_clone_has_every_command_and_every_help_has_an_example():
    listed = set(re.findall(r"^│ (\w+)  ", run("--help").stdout, re.MULTILINE))
    assert listed == COMMANDS.keys() | LOCAL.keys()
    for name in listed:
        shown = run(name, "--help").stdout
        assert re.search(rf"Examples?:.*\./peerkeeper {name}", shown, re.DOTALL), name


def test_the_version_is_the_same_everywhere():
    assert run("--version").stdout == f"peerkeeper {__version__}\n"
    assert [stack["Outputs"]["Version"]["Value"] for stack in (HUB, SPOKE)] == [__version__] * 2
    assert logger.get_current_keys()["version"] == __version__
