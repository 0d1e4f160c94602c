"""The floors of the house are held by import-linter, for files that nobody has written yet as well."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LAYER = ROOT / "layers/peerkeeper/peerkeeper"
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
}
FLOORS = next(c["layers"] for c in CONTRACTS.values() if c.get("exhaustive"))
ROOMS = {room.strip() for floor in FLOORS for room in floor.split("|")}


def lint(tree):
    """Judge a tree by the contracts of pyproject.toml; return the names of those that are broken."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--verbose"],
        cwd=tree,
        env={"PYTHONPATH": f"{tree}:{tree / 'layers/peerkeeper'}", "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)), done.stdout


@pytest.fixture
def tree(tmp_path):
    """The house as it stands, as links: a test adds a file of its own."""
    (tmp_path / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    for name in (
        "peerkeeper_cli",
        "peerkeeper_local",
        "simulator",
        "benchmarks",
        "checks",
        "release",
    ):
        (tmp_path / name).symlink_to(ROOT / name)
    copied(LAYER, tmp_path / "layers/peerkeeper/peerkeeper")
    return tmp_path


def copied(source, target):
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            copied(path, target / path.name)
        elif path.suffix == ".py":
            (target / path.name).write_text(path.read_text())


def broken_by(tree, place, text):
    path = tree / "layers/peerkeeper/peerkeeper" / place
    path.write_text(text)
    return lint(tree)[0]


def test_the_layer_has_at_most_sixteen_rooms_on_eight_floors():
    there = {
        path.stem
        for path in LAYER.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__"} == ROOMS
    assert len(ROOMS) <= 16
    assert len(FLOORS) <= 8


def test_the_house_as_it_stands_breaks_nothing(tree):
    broken, said = lint(tree)
    assert broken == set()
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said


@pytest.mark.parametrize(
    ("place", "text", "contract"),
    [
        ("values/made_up.py", "import peerkeeper.planning.plan\n", "The layer"),
        ("planning/rules/made_up.py", "from peerkeeper.loop import reconcile\n", "The layer"),
        ("loop/made_up.py", "from peerkeeper.aws.edge import Edge\n", "The layer"),
        ("reporting/made_up.py", "import peerkeeper.telemetry\n", "The layer"),
        ("made_up.py", "import peerkeeper.settings\n", "The layer"),
        ("planning/made_up.py", "import botocore\n", "botocore in aws"),
        ("reporting/made_up.py", "from aws_lambda_powertools import Logger\n", "botocore in aws"),
        ("aws/made_up.py", "import aws_lambda_powertools\n", "botocore in aws"),
        ("runner_of_ours/__init__.py", "", "The layer"),
        ("runner.py", "import peerkeeper_local\n", "The programs"),
    ],
)
def test_a_file_on_the_wrong_floor_turns_a_contract_red(tree, place, text, contract):
    (tree / "layers/peerkeeper/peerkeeper" / place).parent.mkdir(exist_ok=True)
    assert any(name.startswith(contract) for name in broken_by(tree, place, text))


def test_a_circle_within_one_room_turns_a_contract_red(tree):
    (tree / "layers/peerkeeper/peerkeeper/safety/one.py").write_text(
        "import peerkeeper.safety.other\n"
    )
    broken = broken_by(tree, "safety/other.py", "import peerkeeper.safety.one\n")
    assert any(name.startswith("No circle") for name in broken)


def test_the_handlers_are_wiring_and_import_no_library_of_aws():
    for handler in ROOT.glob("functions/*/handler.py"):
        imported = re.findall(r"^(?:from|import) (\w+)", handler.read_text(), re.MULTILINE)
        assert set(imported) <= {"__future__", "os", "typing", "peerkeeper"}, handler
