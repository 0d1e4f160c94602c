"""The layer compiled ahead: a start in Lambda compiles no method, and has the classes of the sources."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import FLEET_FUNCTIONS, FUNCTIONS, ROOT
from tests.contract.deploy.test_package import environment

SCRIPT = ROOT / "layers/peerkeeper/build/compile_ahead.py"
MADE = shutil.ignore_patterns("__pycache__", "*.cpython-*")
LAMBDA = {"LAMBDA_TASK_ROOT": "/var/task"}
COMPILED = """
import dataclasses, json
from peerkeeper.aws import dataclass_code
seen, compiled = [], []
make, taken = dataclass_code.code, dataclasses.exec
dataclass_code.code = lambda text: compiled.append(text) or make(text)
dataclasses.exec = lambda text, *names: seen.append(text) or taken(text, *names)
import handler
print(json.dumps([len(seen), [text for text in compiled if seen.count(text) == 1]]))
"""
"""Two classes with the same fields have the same texts, and the second one compiles them."""
CLASSES = """
import dataclasses, importlib, inspect, json, pkgutil, re, types
import peerkeeper
from peerkeeper.aws import dataclass_code
def constant(one):
    if isinstance(one, types.CodeType):
        return facts(one)
    return repr(sorted(one) if isinstance(one, frozenset) else one)
def facts(code):
    consts = [*map(constant, code.co_consts)]
    return [code.co_code.hex(), code.co_names, code.co_varnames, code.co_freevars, code.co_qualname, consts]
def ours(cls):
    return dataclasses.is_dataclass(cls) and cls.__module__.startswith("peerkeeper.")
def method(one):
    said = repr([one.__defaults__, one.__kwdefaults__, one.__annotations__])
    return [facts(one.__code__), re.sub(" at 0x[0-9a-f]+", "", said)]
classes = {}
for module in pkgutil.walk_packages(peerkeeper.__path__, "peerkeeper."):
    for name, cls in vars(importlib.import_module(module.name)).items():
        if inspect.isclass(cls) and ours(cls):
            classes[f"{cls.__module__}.{name}"] = {
                each: method(one) for each, one in vars(cls).items() if inspect.isfunction(one)
            }
print(json.dumps([hasattr(dataclasses, "exec"), classes], sort_keys=True))
"""


@pytest.fixture(scope="module")
def layer(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("layer")
    shutil.copytree(
        ROOT / "layers/peerkeeper/peerkeeper",
        out / "peerkeeper",
        ignore=MADE,
    )
    done = run(sys.executable, SCRIPT, out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("methods of dataclasses: ")
    return out


def test_every_module_is_compiled(layer: Path) -> None:
    sources = [*layer.rglob("*.py")]
    assert len(sources) > 100
    assert len([*layer.rglob("*.pyc")]) == len(sources)


def test_the_same_layer_is_made_in_every_folder(layer: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(layer / "peerkeeper", tmp_path / "peerkeeper", ignore=MADE)
    assert run(sys.executable, SCRIPT, tmp_path).returncode == 0
    made = sorted(path.relative_to(layer) for path in layer.rglob("*.cpython-*"))
    assert len(made) > 100
    for path in made:
        assert (layer / path).read_bytes() == (tmp_path / path).read_bytes(), path


@pytest.mark.parametrize("function", [*FUNCTIONS.values(), *FLEET_FUNCTIONS.values()])
def test_a_start_compiles_no_method_of_a_dataclass(function: str, layer: Path, run: Run) -> None:
    path = {"PYTHONPATH": f"{layer}:{ROOT / 'functions' / function}"}
    done = run(sys.executable, "-c", COMPILED, env=environment() | LAMBDA | path)
    assert done.returncode == 0, done.stderr
    texts, compiled = json.loads(done.stdout.splitlines()[-1])
    assert texts > 10
    assert compiled == []


def test_the_classes_are_those_of_the_sources(layer: Path, run: Run) -> None:
    path = {"PYTHONPATH": str(layer)}
    ahead, plain = (
        json.loads(run(sys.executable, "-c", CLASSES, env={**path, **where}).stdout)
        for where in (LAMBDA, {})
    )
    assert [ahead[0], plain[0]] == [True, False]
    assert len(ahead[1]) > 60
    assert ahead[1] == plain[1]


def test_a_module_that_is_no_python_ends_the_build(layer: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(layer, tmp_path / "spoilt")
    (tmp_path / "spoilt/peerkeeper/errors.py").write_text("def (")
    done = run(sys.executable, SCRIPT, tmp_path / "spoilt")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("compile_ahead: not all modules in ")
