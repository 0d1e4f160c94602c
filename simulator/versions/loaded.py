"""Another version, loaded beside today's: its runner, its jobs, its settings.

In: a folder of `source`. Out: the version as one stack deploys it.

An invocation of the other version has the environment that the other version's own template gives. The
parameters are today's, as far as that template has them. The code of a version is in its layer.
CloudFormation changes layer and environment of a function in one call, so both are always of one version.
(Source: Lambda API, UpdateFunctionConfiguration.)
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from peerkeeper_local.deployment import Deployment, Function, Stack
from peerkeeper_local.deployment.template import shared_template
from simulator.client import Clients
from simulator.todays import ATTEMPTS, DELETE_ATTEMPTS, keep_report
from simulator.trail import OURS, SEOUL, TOKYO
from simulator.version import Gather
from simulator.versions.source import PACKAGE, Source, other_version

Parameters = tuple[tuple[str, str], ...]


class Loaded:
    """The modules of another version; one of them in a process."""

    def __init__(self, source: Source) -> None:
        """Import its package, by its other name."""
        self.source = source
        _run(PACKAGE, source.folder / PACKAGE / "__init__.py", [str(source.folder / PACKAGE)])
        self.runner.publish = keep_report  # type: ignore[attr-defined]

    def module(self, name: str) -> ModuleType:
        """Return a module of its package, such as `messages.hand_off`."""
        return importlib.import_module(f"{PACKAGE}.{name}")

    @cached_property
    def runner(self) -> ModuleType:
        return self.module("runner")

    @cached_property
    def functions(self) -> frozenset[str]:
        """The folders of its functions."""
        return frozenset(path.parent.name for path in self._handlers.glob("*/handler.py"))

    def job(self, folder: str) -> Any:
        """Return the job that the function's handler wires."""
        name = f"{PACKAGE}_{folder}"
        if name not in sys.modules:
            environment = {"PEERKEEPER_ACCOUNT": OURS, "AWS_REGION": SEOUL}
            with patch.dict(os.environ, environment), patch.object(self.runner, "Clients"):
                _run(name, self._handlers / folder / "handler.py")
        return sys.modules[name].RUN.job

    @cache  # noqa: B019 - there is one in a process
    def environment(self, logical_id: str, parameters: Parameters) -> dict[str, str]:
        """Return what its template gives a function, with today's parameters as far as it has them."""
        return {**self._hub(parameters).function(logical_id).environment, "AWS_REGION": SEOUL}

    @cache  # noqa: B019 - there is one in a process
    def _hub(self, parameters: Parameters) -> Stack:
        known = shared_template(self.source.folder / "template.yaml")["Parameters"]
        given = {"Regions": f"{SEOUL},{TOKYO}", **dict(parameters)}
        mine = {name: value for name, value in given.items() if name in known}
        return Deployment(self.source.folder).hub(OURS, SEOUL, mine)

    @property
    def _handlers(self) -> Path:
        return self.source.folder / "functions"


class Other:
    """The other version, as one stack deploys it."""

    def __init__(self, loaded: Loaded, parameters: Parameters, *, proof: bool) -> None:
        self.loaded = loaded
        self.parameters = parameters
        self.proof = proof
        self.name = loaded.source.name
        self.pacing = loaded.module("aws.pace")

    def attempts(self, function: Function) -> int:
        rights = self.loaded.job(function.folder.name).rights
        deletes = any(right.__name__ == "DeleteRoute" for right in rights)
        return DELETE_ATTEMPTS if deletes else ATTEMPTS

    def runner(self, function: Function, clients: Clients, gather: Gather) -> Any:
        """Return its real Runner, made by its own `__init__`, with this invocation's clients and waves."""
        environment = self.loaded.environment(function.logical_id, self.parameters)
        if not self.proof:
            environment = {**environment, "PEERKEEPER_SENDERS": ""}
        with patch.object(self.loaded.runner, "Clients", lambda *_, **__: clients):
            made = self.loaded.runner.Runner(self.loaded.job(function.folder.name), environment)
        made.gather, made.pace = gather, clients.pace
        return made


@cache
def other() -> Loaded:
    """Return the other version, loaded once a process. Raises NoHistory."""
    return Loaded(other_version())


def _run(name: str, path: Path, within: list[str] | None = None) -> None:
    """Import the file as the module of this name. `within`: where the modules of a package are."""
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=within)
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
